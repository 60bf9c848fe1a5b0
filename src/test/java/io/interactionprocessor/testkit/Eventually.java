package io.interactionprocessor.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting for what happens on other threads: the one place where tests sleep. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Eventually() {}

    /** Repeats assertions until they hold, for 5 s at most; then the last failure is the test's. */
    public static void eventually(Runnable assertions) {
        eventually(() -> {
            assertions.run();
            return true;
        });
    }

    /** Repeats assertions until they hold, for 5 s at most, and returns what they returned. */
    public static <T> T eventually(Supplier<T> assertions) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return assertions.get();
            } catch (AssertionError | RuntimeException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
