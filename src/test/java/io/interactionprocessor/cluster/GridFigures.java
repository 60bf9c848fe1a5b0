package io.interactionprocessor.cluster;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.SessionState;
import io.interactionprocessor.session.StoredSession.Append;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * Measures what the grid costs: three nodes in this JVM, every call from a node's event loop. Not a test: run its
 * {@code main} on an idle machine.
 */
final class GridFigures {
    private static final int WARM_UP = 20_000;
    private static final int CALLS = 20_000;
    private static final String TEXT = "x".repeat(400);

    private GridFigures() {}

    public static void main(String[] args) {
        long start = System.nanoTime();
        ThreeNodes.startTogether().close();
        print("three nodes at once, cold, ms " + millisSince(start));
        start = System.nanoTime();
        try (ThreeNodes cluster = ThreeNodes.start()) {
            print("three nodes one after the other, warm, ms " + millisSince(start));
            claims(cluster);
            appends(cluster);
            batches(cluster);
        }
        System.exit(0);
    }

    private static void claims(ThreeNodes cluster) {
        HazelcastDirectory directory = new HazelcastDirectory(cluster.get(0));
        long[] epochs = new long[5_000];
        IntFunction<Future<?>> claim = i -> {
            int agent = i % epochs.length;
            return Future.fromCompletionStage(directory.override(
                    new AgentKey("demo", "a" + agent),
                    new Epoch(epochs[agent]++),
                    false,
                    new SessionId("s" + i),
                    cluster.get(0).nodeId(),
                    0));
        };
        run(cluster.get(0), WARM_UP, 64, claim);
        report("claim, 1 at a time", run(cluster.get(0), CALLS, 1, claim));
        report("claim, 64 at a time", run(cluster.get(0), CALLS, 64, claim));
    }

    private static void appends(ThreeNodes cluster) {
        HazelcastSessionStore store = new HazelcastSessionStore(cluster.get(0));
        SessionState state = state();
        long[] steps = new long[300];
        IntFunction<Future<?>> append = i -> {
            int session = i % steps.length;
            long step = ++steps[session];
            return Future.fromCompletionStage(store.append(
                    new SessionId("s" + session),
                    new Append(
                            new Epoch(1),
                            step,
                            state,
                            List.of(new StoredAnswer("r" + step, 1, TEXT)),
                            List.of(new StoredEvent(step, TEXT)),
                            256,
                            1_000)));
        };
        run(cluster.get(0), 5 * WARM_UP, 64, append);
        report("append, 1 at a time", run(cluster.get(0), CALLS, 1, append));
        report("append, 64 at a time", run(cluster.get(0), CALLS, 64, append));
    }

    private static void batches(ThreeNodes cluster) {
        for (ClusterNode node : cluster.all()) {
            GridByteStore store = new GridByteStore(node, "switch");
            boolean owner = node.hazelcast()
                    .getPartitionService()
                    .getPartition("switch")
                    .getOwner()
                    .localMember();
            IntFunction<Future<?>> batch = i -> {
                Map<String, byte[]> puts = new HashMap<>();
                for (int entry = 0; entry < 5; entry++) {
                    puts.put("k" + (i * 5 + entry) % 2_000, new byte[300]);
                }
                return store.write(puts, Set.of(), new Epoch(1));
            };
            run(node, WARM_UP, 1, batch);
            String where = owner ? " (partition is here)" : " (partition is elsewhere)";
            report("batch of 5, 1 at a time" + where, run(node, CALLS, 1, batch));
            report("batch of 5, 64 at a time" + where, run(node, CALLS, 64, batch));
        }
    }

    private record Result(Histogram micros, double perSecond) {}

    private static Result run(ClusterNode node, int calls, int atATime, IntFunction<Future<?>> call) {
        Histogram micros = new Histogram(3);
        Promise<Void> done = Promise.promise();
        int[] counts = new int[2];
        long start = System.nanoTime();
        node.vertx().runOnContext(v -> {
            for (int i = 0; i < atATime; i++) {
                next(calls, call, micros, counts, done);
            }
        });
        ThreeNodes.await(done.future());
        return new Result(micros, calls * 1e9 / (System.nanoTime() - start));
    }

    /** {@code counts}: begun, finished. */
    private static void next(
            int calls, IntFunction<Future<?>> call, Histogram micros, int[] counts, Promise<Void> done) {
        if (counts[0] == calls) {
            return;
        }
        long start = System.nanoTime();
        call.apply(counts[0]++).onComplete(result -> {
            if (result.failed()) {
                done.tryFail(result.cause());
                return;
            }
            micros.recordValue((System.nanoTime() - start) / 1_000);
            if (++counts[1] == calls) {
                done.complete();
            } else {
                next(calls, call, micros, counts, done);
            }
        });
    }

    private static void report(String what, Result result) {
        print("%-50s %,8.0f/s  p50 %4d us  p99 %5d us  max %6d us"
                .formatted(
                        what,
                        result.perSecond(),
                        result.micros().getValueAtPercentile(50),
                        result.micros().getValueAtPercentile(99),
                        result.micros().getMaxValue()));
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private static SessionState state() {
        return new SessionState(
                new SessionId("s"),
                "sim",
                new AgentKey("demo", "1001"),
                "Agent 1001",
                "default",
                1000,
                SessionState.Phase.BOUND,
                true,
                "0".repeat(64),
                "",
                1,
                1,
                0,
                0,
                null,
                List.of(),
                null,
                0,
                Set.of());
    }
}
