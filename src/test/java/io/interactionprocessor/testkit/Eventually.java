package io.interactionprocessor.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Asks again until an assertion holds or the time is up: the one place where tests wait. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = 2_000_000;

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
        get(patience, () -> {
            assertion.check();
            return null;
        });
    }

    /** Waits, for at most 10 s, until {@code assertions} hold, and returns what they returned. */
    public static <T> T eventuallyGet(Callable<T> assertions) {
        return get(PATIENCE, assertions);
    }

    private static <T> T get(Duration patience, Callable<T> assertions) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return assertions.call();
            } catch (Exception | AssertionError e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("not within " + patience + ": " + e.getMessage(), e);
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
