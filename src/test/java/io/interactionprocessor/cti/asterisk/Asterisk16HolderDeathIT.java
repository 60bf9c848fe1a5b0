package io.interactionprocessor.cti.asterisk;

/** The death of the node that holds the link, on Asterisk 16. */
class Asterisk16HolderDeathIT extends HolderDeath {
    Asterisk16HolderDeathIT() {
        super(16);
    }
}
