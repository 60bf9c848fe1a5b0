package io.interactionprocessor.cti.asterisk;

/** What phones are told, on Asterisk 22. */
class Asterisk22SignallingIT extends Signalling {
    Asterisk22SignallingIT() {
        super(22);
    }
}
