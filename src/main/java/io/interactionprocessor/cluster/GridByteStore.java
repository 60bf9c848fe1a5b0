package io.interactionprocessor.cluster;

import com.hazelcast.map.IMap;
import io.interactionprocessor.model.Epoch;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A map of bytes in the grid that only the holder of the highest lease writes: where the simulated switch keeps its calls.
 * All keys lie in one partition with one backup, so a batch is one operation, all or nothing.
 *
 * <p>Batches are written one after the other, in the order of the calls; those that wait meanwhile go together as one. A
 * batch is repeated while its outcome is unknown, for up to {@value #PATIENCE_MS} ms. Futures complete on the caller's
 * context. What was handed in or came out must not be changed.
 */
public final class GridByteStore {
    static final long PATIENCE_MS = 8_000;
    private static final int MAX_WAITING = 10_000;

    private record Batch(
            Epoch lease, Map<String, byte[]> puts, Collection<String> removes, Context caller, Promise<Boolean> done) {
        void complete(AsyncResult<Boolean> result) {
            if (Vertx.currentContext() == caller) {
                done.handle(result);
            } else {
                caller.runOnContext(v -> done.handle(result));
            }
        }
    }

    private final GridCalls calls;
    private final IMap<String, ByteTable> map;
    private final String name;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private boolean writing;

    /** The store of that name, the same on every node. */
    public GridByteStore(ClusterNode node, String name) {
        this.calls = new GridCalls(node.vertx());
        this.map = node.hazelcast().getMap(GridConfig.SWITCHES);
        this.name = name;
    }

    /**
     * Returns all that is stored, and refuses writes of lower leases from now on.
     *
     * @return empty if a higher lease has been seen
     */
    public Future<Optional<Map<String, byte[]>>> loadAll(Epoch lease) {
        return calls.repeating(PATIENCE_MS, GridCalls.on(map, name, new ByteTableLoad(lease.value())))
                .map(table -> Optional.ofNullable(table).map(ByteTable::values));
    }

    /**
     * Writes a batch: the removes, then the puts.
     *
     * @return true when it is stored and replicated; false if a higher lease has been seen, and then nothing was written;
     *     failed: unknown
     */
    public Future<Boolean> write(Map<String, byte[]> puts, Collection<String> removes, Epoch lease) {
        Promise<Boolean> done = Promise.promise();
        synchronized (this) {
            if (waiting.size() >= MAX_WAITING) {
                return Future.failedFuture(new IllegalStateException("too many writes wait for the grid"));
            }
            waiting.add(new Batch(lease, puts, removes, calls.caller(), done));
            if (writing) {
                return done.future();
            }
            writing = true;
        }
        flush();
        return done.future();
    }

    private void flush() {
        List<Batch> group = new ArrayList<>();
        synchronized (this) {
            while (!waiting.isEmpty()
                    && (group.isEmpty()
                            || waiting.peek().lease().equals(group.get(0).lease()))) {
                group.add(waiting.remove());
            }
            if (group.isEmpty()) {
                writing = false;
                return;
            }
        }
        ByteTableWrite write = merge(group);
        calls.repeating(PATIENCE_MS, GridCalls.on(map, name, write)).onComplete(result -> {
            group.forEach(batch -> batch.complete(result));
            flush();
        });
    }

    private static ByteTableWrite merge(List<Batch> group) {
        long lease = group.get(0).lease().value();
        if (group.size() == 1) {
            Batch only = group.get(0);
            return new ByteTableWrite(lease, only.puts(), List.copyOf(only.removes()));
        }
        Map<String, byte[]> puts = new HashMap<>();
        Set<String> removes = new LinkedHashSet<>();
        for (Batch batch : group) {
            batch.removes().forEach(puts::remove);
            removes.addAll(batch.removes());
            puts.putAll(batch.puts());
        }
        return new ByteTableWrite(lease, puts, List.copyOf(removes));
    }
}
