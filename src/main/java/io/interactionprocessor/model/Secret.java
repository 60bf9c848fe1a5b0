package io.interactionprocessor.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password on its way to its verifier. It has no {@code toString} that shows it, is not serialisable and not a record,
 * so that no log, echo, metric or trace can print it by accident (design, rule 6).
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a secret. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** Returns the secret itself; only verifiers and the one-time stand-in (protocol 4.1) may ask. */
    public String reveal() {
        return value;
    }

    /** Returns whether both are the same secret, in time that does not depend on where they differ. */
    public boolean matches(Secret other) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
