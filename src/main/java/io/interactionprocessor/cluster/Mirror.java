package io.interactionprocessor.cluster;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's copy of a small map of the grid: events keep it, and since an event can be lost it is compared with the map
 * every {@value #REFRESH_MS} ms. A value is replaced only by a newer one, whatever the order they come in.
 */
final class Mirror<V extends Ranked> {
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    private static final long REFRESH_MS = 2_000;

    private final Vertx vertx;
    private final GridCalls calls;
    private final IMap<String, V> map;
    private final Context context;
    private final BiConsumer<String, V> changed;
    private final Map<String, V> values = new ConcurrentHashMap<>();
    private long timer = -1;

    /**
     * Prepares a mirror.
     *
     * @param changed called on the creator's context with each newer value
     */
    Mirror(ClusterNode node, String map, BiConsumer<String, V> changed) {
        this.vertx = node.vertx();
        this.calls = new GridCalls(vertx);
        this.map = node.hazelcast().getMap(map);
        this.context = vertx.getOrCreateContext();
        this.changed = changed;
    }

    /** Begins; completes when the first values are there, or could not be read for want of a majority. */
    Future<Void> start() {
        return calls.blocking(() -> map.addEntryListener(new Events(), true)).compose(id -> {
            timer = vertx.setPeriodic(REFRESH_MS, tick -> refresh());
            return refresh();
        });
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    /** Returns the copy; other threads may read it too. */
    Map<String, V> values() {
        return values;
    }

    void forget(String key) {
        values.remove(key);
    }

    Future<Void> refresh() {
        return calls.blocking(map::entrySet)
                .<Void>map(entries -> {
                    entries.forEach(entry -> offer(entry.getKey(), entry.getValue()));
                    return null;
                })
                .otherwise(failure -> {
                    LOG.debug("{} cannot be read now", map.getName(), failure);
                    return null;
                });
    }

    private void offer(String key, V value) {
        context.runOnContext(v -> {
            V present = values.get(key);
            if (present == null || value.isNewerThan(present)) {
                values.put(key, value);
                changed.accept(key, value);
            }
        });
    }

    private final class Events
            implements EntryAddedListener<String, V>, EntryUpdatedListener<String, V>, EntryMergedListener<String, V> {
        @Override
        public void entryAdded(EntryEvent<String, V> event) {
            offer(event.getKey(), event.getValue());
        }

        @Override
        public void entryUpdated(EntryEvent<String, V> event) {
            offer(event.getKey(), event.getValue());
        }

        @Override
        public void entryMerged(EntryEvent<String, V> event) {
            offer(event.getKey(), event.getValue());
        }
    }
}
