package io.interactionprocessor.gateway;

import java.util.function.LongSupplier;

/**
 * Milliseconds that this process has been awake. When it was frozen (a stopped virtual machine, a long collection) its
 * clients were neither silent nor unanswered: they were not listened to. So a gap counts for little. Monotonic; not
 * thread-safe: one for each event loop.
 */
final class AwakeClock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanos;
    private final long longestGapNanos;
    private long lastNanos;
    private long awakeNanos;

    /**
     * Starts at 0.
     *
     * @param nanos a monotonic clock
     * @param longestGapMillis what a longer gap between two calls counts for; longer than the pause between two sweeps
     */
    AwakeClock(LongSupplier nanos, long longestGapMillis) {
        this.nanos = nanos;
        this.longestGapNanos = longestGapMillis * NANOS_PER_MILLI;
        this.lastNanos = nanos.getAsLong();
    }

    long millis() {
        long at = nanos.getAsLong();
        awakeNanos += Math.min(at - lastNanos, longestGapNanos);
        lastNanos = at;
        return awakeNanos / NANOS_PER_MILLI;
    }
}
