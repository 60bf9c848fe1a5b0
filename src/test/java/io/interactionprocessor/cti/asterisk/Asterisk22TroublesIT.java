package io.interactionprocessor.cti.asterisk;

/** What goes wrong, on Asterisk 22. */
class Asterisk22TroublesIT extends Troubles {
    Asterisk22TroublesIT() {
        super(22);
    }
}
