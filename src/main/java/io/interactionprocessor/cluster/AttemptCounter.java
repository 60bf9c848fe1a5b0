package io.interactionprocessor.cluster;

import com.hazelcast.map.IMap;
import io.vertx.core.Future;

/**
 * Counts failed logins over all nodes, each key within a window that slides; what is older is forgotten by itself. Each
 * method is one atomic entry operation, repeated while a member is silent or gone (then a failure may count twice); it fails
 * if the grid does not answer, and completes on the caller's context.
 */
public final class AttemptCounter {
    /** Long enough for a frozen member to be dropped, and less than a client waits. */
    private static final long DEADLINE_MS = 8_000;

    private final GridCalls calls;
    private final IMap<String, AttemptWindow> map;

    /** The counter; one for each node. */
    public AttemptCounter(ClusterNode node) {
        this.calls = new GridCalls(node.vertx());
        this.map = node.hazelcast().getMap(GridConfig.ATTEMPTS);
    }

    /** Returns for how many milliseconds the key is at its limit; 0 if it is not. */
    public Future<Long> waitMillis(String key, int limit, long windowMillis) {
        return count(key, AttemptCount.LOOK, limit, windowMillis);
    }

    /** Counts one failure more, unless the key is at its limit: then returns how many milliseconds to wait, else 0. */
    public Future<Long> take(String key, int limit, long windowMillis) {
        return count(key, AttemptCount.COUNT, limit, windowMillis);
    }

    /** Forgets the failures of a key, unless it is at its limit: then returns how many milliseconds to wait, else 0. */
    public Future<Long> forgive(String key, int limit, long windowMillis) {
        return count(key, AttemptCount.FORGIVE, limit, windowMillis);
    }

    private Future<Long> count(String key, int kind, int limit, long windowMillis) {
        return calls.repeatingWithin(DEADLINE_MS, GridCalls.on(map, key, new AttemptCount(kind, limit, windowMillis)));
    }
}
