package io.interactionprocessor.auth;

import java.util.Arrays;

/** When a key failed, oldest first: the rule of {@link Attempts}, as a value for whoever stores it. Immutable. */
public final class FailureTimes {
    /** Has not failed. */
    public static final FailureTimes NONE = new FailureTimes(new long[0]);

    private final long[] millis;

    private FailureTimes(long[] millis) {
        this.millis = millis;
    }

    /** Restores what {@link #millis()} gave. */
    public static FailureTimes of(long[] millis) {
        return new FailureTimes(millis.clone());
    }

    /** Returns the times, oldest first. */
    public long[] millis() {
        return millis.clone();
    }

    /** Returns how long to wait until fewer than {@code limit} are younger than {@code windowMillis}; 0: not at all. */
    public long waitMillis(int limit, long windowMillis, long now) {
        if (millis.length < limit) {
            return 0;
        }
        return Math.max(0, millis[millis.length - limit] + windowMillis - now);
    }

    /** Returns these and one more now, without those that are too old or too many to matter. */
    public FailureTimes and(int limit, long windowMillis, long now) {
        int first = Math.max(0, millis.length - limit + 1);
        while (first < millis.length && millis[first] + windowMillis <= now) {
            first++;
        }
        long[] times = Arrays.copyOfRange(millis, first, millis.length + 1);
        times[times.length - 1] = now;
        return new FailureTimes(times);
    }

    /** Returns whether the last one is older than that. */
    public boolean isOver(long windowMillis, long now) {
        return millis.length == 0 || millis[millis.length - 1] + windowMillis <= now;
    }
}
