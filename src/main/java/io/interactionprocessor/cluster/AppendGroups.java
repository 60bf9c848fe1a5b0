package io.interactionprocessor.cluster;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.MapEntries;
import com.hazelcast.map.impl.MapService;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.spi.impl.NodeEngine;
import io.interactionprocessor.session.StoredSession;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes what is appended to sessions, those of one partition in one operation: while it is under way the next gather. An
 * operation that is replicated costs far more than what it writes (docs/performance.md).
 *
 * <p>Not {@code IMap.submitToKeys}, which does not wait for backups: the promise rests on an operation that fails without
 * its backup, as {@code executeOnKey} does.
 */
final class AppendGroups {
    /** Bounds how long one operation keeps its partition. */
    private static final int MOST_IN_A_GROUP = 256;

    private final GridCalls calls;
    private final long patienceMillis;
    private final MapProxyImpl<String, SessionHolder> map;
    private final NodeEngine engine;
    private final Map<Integer, Group> groups = new HashMap<>();

    /** Repeats an operation whose outcome is unknown for up to {@code patienceMillis}. */
    AppendGroups(GridCalls calls, IMap<String, SessionHolder> map, long patienceMillis) {
        this.calls = calls;
        this.patienceMillis = patienceMillis;
        this.map = (MapProxyImpl<String, SessionHolder>) map;
        this.engine = this.map.getNodeEngine();
    }

    private record Waiting(
            String session, Data key, StoredSession.Append append, Context caller, CompletableFuture<Boolean> done) {
        void complete(Boolean accepted, Throwable failure) {
            if (GridCalls.isOn(caller)) {
                completeHere(accepted, failure);
            } else {
                caller.runOnContext(hop -> completeHere(accepted, failure));
            }
        }

        private void completeHere(Boolean accepted, Throwable failure) {
            if (failure == null) {
                done.complete(accepted);
            } else {
                done.completeExceptionally(failure);
            }
        }
    }

    /** Appends; completes on the caller's context as {@link HazelcastSessionStore#append} does. */
    CompletionStage<Boolean> add(String session, StoredSession.Append append) {
        Data key = engine.getSerializationService().toData(session, map.getPartitionStrategy());
        int partition = engine.getPartitionService().getPartitionId(key);
        Waiting waiting = new Waiting(session, key, append, calls.caller(), new CompletableFuture<>());
        Group group;
        synchronized (groups) {
            group = groups.computeIfAbsent(partition, Group::new);
        }
        group.add(waiting);
        return waiting.done();
    }

    /** What goes to one partition. */
    private final class Group {
        private final int partition;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private boolean busy;

        Group(int partition) {
            this.partition = partition;
        }

        /** Whatever else is said in the same turn of the event loop goes with it. */
        void add(Waiting one) {
            synchronized (this) {
                waiting.addLast(one);
                if (busy) {
                    return;
                }
                busy = true;
            }
            one.caller().runOnContext(endOfTurn -> write());
        }

        private void write() {
            Map<Data, Waiting> together = take();
            if (!together.isEmpty()) {
                calls.hurrying(patienceMillis, appendAll(together)).onComplete(result -> {
                    for (Waiting one : together.values()) {
                        one.complete(result.succeeded() && isAccepted(one, result.result()), result.cause());
                    }
                    write();
                });
            }
        }

        /** Two owners of one session, of which one does not know yet that it is none, append one after the other. */
        private synchronized Map<Data, Waiting> take() {
            Map<Data, Waiting> together = new LinkedHashMap<>();
            while (!waiting.isEmpty()
                    && together.size() < MOST_IN_A_GROUP
                    && !together.containsKey(waiting.peekFirst().key())) {
                Waiting one = waiting.removeFirst();
                together.put(one.key(), one);
            }
            busy = !together.isEmpty();
            return together;
        }

        private GridCalls.Operation<MapEntries> appendAll(Map<Data, Waiting> together) {
            Map<String, StoredSession.Append> appends = new HashMap<>();
            together.values().forEach(one -> appends.put(one.session(), one.append()));
            return GridCalls.of(() -> engine.getOperationService()
                    .invokeOnPartitionAsync(
                            MapService.SERVICE_NAME,
                            new AppendOperation(map.getName(), together.keySet(), new SessionAppends(appends)),
                            partition));
        }
    }

    /** Only a refusal has a result. */
    private static boolean isAccepted(Waiting one, MapEntries refused) {
        return refused.isEmpty()
                || refused.entries().stream().noneMatch(entry -> entry.getKey().equals(one.key()));
    }
}
