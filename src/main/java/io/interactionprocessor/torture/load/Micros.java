package io.interactionprocessor.torture.load;

import java.util.concurrent.TimeUnit;

/** The harness's clock: microseconds since 1970-01-01 UTC, never going back. */
public final class Micros {
    private static final long WALL = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    private static final long MONOTONIC = System.nanoTime();

    private Micros() {}

    /** Returns the time. */
    public static long now() {
        return WALL + (System.nanoTime() - MONOTONIC) / 1000;
    }
}
