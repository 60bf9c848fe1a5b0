package io.interactionprocessor.cti.asterisk;

/** The contract on Asterisk 22, with a queue that is distributed here. */
class Asterisk22ContractIT extends AsteriskContract {
    Asterisk22ContractIT() {
        super(22, "8001");
    }
}
