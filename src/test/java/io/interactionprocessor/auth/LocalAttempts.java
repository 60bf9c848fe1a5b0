package io.interactionprocessor.auth;

import io.vertx.core.Future;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts in memory. Bounded: the key that failed longest ago goes first, so an
 * attacker who wants to be forgotten has to fail that many times under other names.
 */
final class LocalAttempts implements Attempts {
    private static final int KEYS = 100_000;

    private final LongSupplier clock;
    private final Map<String, FailureTimes> failures = new LinkedHashMap<>();

    /**
     * Nothing counted.
     *
     * @param clock milliseconds on any clock that does not go back
     */
    public LocalAttempts(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Future<Long> waitMillis(String key, int limit, long windowMillis) {
        return Future.succeededFuture(of(key).waitMillis(limit, windowMillis, clock.getAsLong()));
    }

    @Override
    public synchronized Future<Long> take(String key, int limit, long windowMillis) {
        long now = clock.getAsLong();
        FailureTimes before = of(key);
        long wait = before.waitMillis(limit, windowMillis, now);
        if (wait == 0) {
            // Taken out first, so that the map stays in the order of the last failures.
            failures.remove(key);
            failures.put(key, before.and(limit, windowMillis, now));
            forgetOldest(windowMillis, now);
        }
        return Future.succeededFuture(wait);
    }

    @Override
    public synchronized Future<Long> forgive(String key, int limit, long windowMillis) {
        long wait = of(key).waitMillis(limit, windowMillis, clock.getAsLong());
        if (wait == 0) {
            failures.remove(key);
        }
        return Future.succeededFuture(wait);
    }

    synchronized int keys() {
        return failures.size();
    }

    private FailureTimes of(String key) {
        return failures.getOrDefault(key, FailureTimes.NONE);
    }

    private void forgetOldest(long windowMillis, long now) {
        Iterator<FailureTimes> each = failures.values().iterator();
        while (each.hasNext()) {
            FailureTimes oldest = each.next();
            if (failures.size() <= KEYS && !oldest.isOver(windowMillis, now)) {
                return;
            }
            each.remove();
        }
    }
}
