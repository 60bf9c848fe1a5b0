package io.interactionprocessor.cti.asterisk;

/** The contract on Asterisk 16, with a queue that is distributed here. */
class Asterisk16ContractIT extends AsteriskContract {
    Asterisk16ContractIT() {
        super(16, "8001");
    }
}
