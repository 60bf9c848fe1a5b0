package io.interactionprocessor.cti.asterisk;

/** The death of the node that holds the link, on Asterisk 22. */
class Asterisk22HolderDeathIT extends HolderDeath {
    Asterisk22HolderDeathIT() {
        super(22);
    }
}
