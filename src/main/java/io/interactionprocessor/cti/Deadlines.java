package io.interactionprocessor.cti;

import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What must be done within a time that is the same for all: one timer for the oldest instead of one for each. Used on one
 * context.
 */
final class Deadlines<T> {
    private final Vertx vertx;
    private final long within;
    private final Consumer<T> overdue;
    private final Map<T, Long> due = new LinkedHashMap<>();
    private boolean watching;

    /**
     * Nothing is under way.
     *
     * @param within milliseconds
     * @param overdue is told what was not done in time; it is under way no more
     */
    Deadlines(Vertx vertx, long within, Consumer<T> overdue) {
        this.vertx = vertx;
        this.within = within;
        this.overdue = overdue;
    }

    void begin(T what) {
        due.put(what, now() + within);
        watch();
    }

    /** Returns whether it was under way still. */
    boolean end(T what) {
        return due.remove(what) != null;
    }

    boolean isUnderWay(T what) {
        return due.containsKey(what);
    }

    int size() {
        return due.size();
    }

    /** Returns all that is under way, the oldest first. */
    List<T> all() {
        return List.copyOf(due.keySet());
    }

    private void watch() {
        if (watching || due.isEmpty()) {
            return;
        }
        watching = true;
        long first = due.values().iterator().next();
        vertx.setTimer(Math.max(1, first - now()), timer -> {
            watching = false;
            long now = now();
            for (T what : due.entrySet().stream()
                    .takeWhile(entry -> entry.getValue() <= now)
                    .map(Map.Entry::getKey)
                    .toList()) {
                if (end(what)) {
                    overdue.accept(what);
                }
            }
            watch();
        });
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
