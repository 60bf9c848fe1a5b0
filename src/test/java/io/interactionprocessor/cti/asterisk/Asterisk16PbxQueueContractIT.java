package io.interactionprocessor.cti.asterisk;

/** The contract on Asterisk 16, with a queue of Asterisk's own. */
class Asterisk16PbxQueueContractIT extends AsteriskContract {
    Asterisk16PbxQueueContractIT() {
        super(16, "8800");
    }
}
