package io.interactionprocessor.cti.asterisk;

/** Many calls, on Asterisk 16. */
class Asterisk16LoadIT extends Load {
    Asterisk16LoadIT() {
        super(16);
    }
}
