package io.interactionprocessor.cti.asterisk;

/** What goes wrong, on Asterisk 16. */
class Asterisk16TroublesIT extends Troubles {
    Asterisk16TroublesIT() {
        super(16);
    }
}
