package io.interactionprocessor.testkit;

import java.time.Duration;

/** Asks again until an assertion holds or the time is up: the one place where tests wait. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 5;

    private Eventually() {}

    /** An assertion, which may throw. */
    public interface Assertion {
        /** Throws if it does not hold. */
        void check() throws Exception;
    }

    /** Waits for at most 10 s. */
    public static void eventually(Assertion assertion) {
        eventually(PATIENCE, assertion);
    }

    /** Waits until {@code assertion} holds; when the time is up its last failure is thrown. */
    public static void eventually(Duration patience, Assertion assertion) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (Exception | AssertionError e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("not within " + patience + ": " + e.getMessage(), e);
                }
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
