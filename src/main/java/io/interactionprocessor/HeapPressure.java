package io.interactionprocessor;

import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what lives in the heap leaves too little room: a node that takes more clients then loses those that it has. Looks at
 * what the last collection of the old generation left, not at garbage.
 */
final class HeapPressure {
    private static final Logger LOG = LoggerFactory.getLogger(HeapPressure.class);
    private static final double TOO_MUCH = 0.7;
    private static final long LOOK_EVERY_MS = 1_000;

    private final Vertx vertx;
    private final Consumer<Boolean> listener;
    private final Optional<MemoryPoolMXBean> old;
    private long timer;
    private volatile boolean high;

    /** Looks at the JVM's heap. {@code listener} hears of changes, on a context of its own. */
    HeapPressure(Vertx vertx, Consumer<Boolean> listener) {
        this.vertx = vertx;
        this.listener = listener;
        // the pool where things end up: the largest of those that a collection has something to say about
        this.old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported())
                .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
    }

    void start() {
        timer = vertx.setPeriodic(LOOK_EVERY_MS, tick -> look());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    boolean isHigh() {
        return high;
    }

    private void look() {
        boolean now = old.map(MemoryPoolMXBean::getCollectionUsage)
                .filter(usage -> usage.getMax() > 0)
                .map(HeapPressure::isTooMuch)
                .orElse(false);
        if (now != high) {
            high = now;
            if (now) {
                LOG.warn(
                        "more than {} % of the heap are in use after a collection: no new clients until there is room;"
                                + " give the node more (-Xmx) or add a node",
                        (int) (100 * TOO_MUCH));
            } else {
                LOG.info("there is room in the heap again: new clients are welcome");
            }
            listener.accept(now);
        }
    }

    static boolean isTooMuch(MemoryUsage afterCollection) {
        return afterCollection.getUsed() > TOO_MUCH * afterCollection.getMax();
    }
}
