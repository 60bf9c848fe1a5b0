package io.interactionprocessor.cti.asterisk;

/** Many calls, on Asterisk 22. */
class Asterisk22LoadIT extends Load {
    Asterisk22LoadIT() {
        super(22);
    }
}
