package io.interactionprocessor.protocol;

import java.util.Objects;

/**
 * Why a request failed or a message was not understood (protocol 2, 5 and 8).
 *
 * @param code says it to programs
 * @param message says it to people, and what to do
 * @param field JSON Pointer of the offending field in the client's message, or null
 * @param context an error id that the log has too, or null
 */
public record Failure(FailureCode code, String message, String field, String context) {
    public Failure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /** Returns a failure with neither field nor context. */
    public static Failure of(FailureCode code, String message) {
        return new Failure(code, message, null, null);
    }
}
