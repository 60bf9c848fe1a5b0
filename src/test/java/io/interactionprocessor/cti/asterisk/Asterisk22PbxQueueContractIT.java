package io.interactionprocessor.cti.asterisk;

/** The contract on Asterisk 22, with a queue of Asterisk's own. */
class Asterisk22PbxQueueContractIT extends AsteriskContract {
    Asterisk22PbxQueueContractIT() {
        super(22, "8800");
    }
}
