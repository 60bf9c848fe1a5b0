package io.interactionprocessor.auth;

/** What came of checking a password. */
public sealed interface Verdict {
    /** The right password. */
    record Valid() implements Verdict {}

    /** Unknown agent or wrong password; nobody learns which. */
    record Invalid() implements Verdict {}

    /**
     * Too many failures for this agent or network address: the password was not even looked at.
     *
     * @param retryAfterSeconds how long to wait, at least 1
     */
    record TooManyAttempts(int retryAfterSeconds) implements Verdict {}
}
