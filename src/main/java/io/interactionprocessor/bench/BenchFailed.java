package io.interactionprocessor.bench;

import java.io.Serial;

/** Nothing could be measured; the message is for people. */
public final class BenchFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BenchFailed(String message) {
        super(message);
    }
}
