package io.interactionprocessor.cti.asterisk;

/** What the phones hear, on Asterisk 22. */
class Asterisk22SoundsIT extends Sounds {
    Asterisk22SoundsIT() {
        super(22);
    }
}
