package io.interactionprocessor.cti.asterisk;

/** What the phones hear, on Asterisk 16. */
class Asterisk16SoundsIT extends Sounds {
    Asterisk16SoundsIT() {
        super(16);
    }
}
