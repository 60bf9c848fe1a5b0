package io.interactionprocessor.cti.asterisk;

/** Other people's phones and callers, on Asterisk 16. */
class Asterisk16StrangersIT extends Strangers {
    Asterisk16StrangersIT() {
        super(16);
    }
}
