package io.interactionprocessor;

import io.interactionprocessor.config.ConfigException;
import java.io.Serial;

/** Ends a command with one line on standard error and a status, without a stack trace. */
final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String line) {
        super(line);
        this.status = status;
    }

    static Refusal of(ConfigException wrong) {
        return new Refusal(Main.USAGE, wrong.getMessage());
    }

    int status() {
        return status;
    }
}
