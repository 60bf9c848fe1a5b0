package io.interactionprocessor.auth;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keys that have failed on this node within a window: only for them is it worth asking the cluster before a password is
 * looked at. Bounded: a key that was dropped costs its next attempt the look at the password, no more. Thread-safe.
 */
final class Suspects {
    private static final int MOST = 10_000;

    private final LongSupplier clock;
    private final long windowMillis;
    private final Map<String, Long> failedAt = new LinkedHashMap<>();

    Suspects(LongSupplier clock, long windowMillis) {
        this.clock = clock;
        this.windowMillis = windowMillis;
    }

    synchronized void add(String key) {
        // Taken out first, so that the map stays in the order of the last failures.
        failedAt.remove(key);
        failedAt.put(key, clock.getAsLong());
        Iterator<Long> oldest = failedAt.values().iterator();
        while (oldest.hasNext() && (isOver(oldest.next()) || failedAt.size() > MOST)) {
            oldest.remove();
        }
    }

    synchronized boolean contains(String key) {
        Long at = failedAt.get(key);
        return at != null && !isOver(at);
    }

    synchronized int size() {
        return failedAt.size();
    }

    private boolean isOver(long at) {
        return clock.getAsLong() - at >= windowMillis;
    }
}
