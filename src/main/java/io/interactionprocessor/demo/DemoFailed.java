package io.interactionprocessor.demo;

import java.io.Serial;

/** The demonstration cannot go on, or a step of it was wrong; the message is for people. */
public final class DemoFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    DemoFailed(String message) {
        super(message);
    }
}
