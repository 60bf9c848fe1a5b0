package io.interactionprocessor.cti.asterisk;

/** After-call work, on Asterisk 22. */
class Asterisk22AfterCallWorkIT extends AfterCallWork {
    Asterisk22AfterCallWorkIT() {
        super(22);
    }
}
