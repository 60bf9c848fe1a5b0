package io.interactionprocessor.cti.asterisk;

/** What phones are told, on Asterisk 16. */
class Asterisk16SignallingIT extends Signalling {
    Asterisk16SignallingIT() {
        super(16);
    }
}
