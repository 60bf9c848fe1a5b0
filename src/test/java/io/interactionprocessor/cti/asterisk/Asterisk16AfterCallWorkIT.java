package io.interactionprocessor.cti.asterisk;

/** After-call work, on Asterisk 16. */
class Asterisk16AfterCallWorkIT extends AfterCallWork {
    Asterisk16AfterCallWorkIT() {
        super(16);
    }
}
