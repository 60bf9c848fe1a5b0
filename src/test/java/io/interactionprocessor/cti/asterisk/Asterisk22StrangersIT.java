package io.interactionprocessor.cti.asterisk;

/** Other people's phones and callers, on Asterisk 22. */
class Asterisk22StrangersIT extends Strangers {
    Asterisk22StrangersIT() {
        super(22);
    }
}
