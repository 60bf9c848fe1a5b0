package io.interactionprocessor.cluster;

import com.hazelcast.config.Config;
import io.interactionprocessor.nodes.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Three real nodes in this JVM, for tests; the project's own {@code cluster.xml}, but few partitions and threads. */
final class ThreeNodes implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final List<ClusterNode> nodes = new ArrayList<>();
    private final Set<ClusterNode> crashed = new HashSet<>();
    private final List<String> members;
    private final String name = "test-" + UUID.randomUUID();

    private final Consumer<Config> tuning;

    private ThreeNodes(int count, Consumer<Config> tuning) {
        this.tuning = tuning;
        members = freePorts(count).stream().map(port -> "127.0.0.1:" + port).toList();
    }

    /** Starts three, one after the other. */
    static ThreeNodes start() {
        return start(as -> {});
    }

    /** Starts three, one after the other, with settings of their own. */
    static ThreeNodes start(Consumer<Config> tuning) {
        ThreeNodes cluster = new ThreeNodes(3, tuning);
        for (int i = 0; i < 3; i++) {
            cluster.nodes.add(await(cluster.startNode(i)));
        }
        cluster.settle();
        return cluster;
    }

    /** Starts three at once. */
    static ThreeNodes startTogether() {
        ThreeNodes cluster = new ThreeNodes(3, as -> {});
        List<Future<ClusterNode>> starting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            starting.add(cluster.startNode(i));
        }
        starting.forEach(node -> cluster.nodes.add(await(node)));
        cluster.settle();
        return cluster;
    }

    /**
     * Waits until no partition is moved any more. A node that dies while one of its own is moved costs 3 s in which nothing
     * of what it had can be used: so long Hazelcast rests after a migration that has failed, and that cannot be configured.
     */
    private void settle() {
        until(
                "the partitions are where they belong",
                Duration.ofSeconds(PATIENCE_SECONDS),
                () -> nodes.stream()
                        .allMatch(node -> node.hazelcast().getPartitionService().isClusterSafe()));
    }

    /** Starts a node again, in place of one that is gone. */
    ClusterNode restart(int index) {
        ClusterNode node = await(startNode(index));
        nodes.set(index, node);
        return node;
    }

    private Future<ClusterNode> startNode(int index) {
        int port = Integer.parseInt(members.get(index).substring("127.0.0.1:".length()));
        ClusterSettings settings = new ClusterSettings(name, "127.0.0.1", port, members, 0, Path.of("cluster.xml"));
        return ClusterNode.start(settings, new VertxOptions(), builder -> builder, config -> {
            small(config);
            tuning.accept(config);
        });
    }

    static void small(Config config) {
        // what dies here dies on purpose
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.partition.count", "13");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.io.thread.count", "1");
        config.setProperty("hazelcast.event.thread.count", "1");
    }

    ClusterNode get(int index) {
        return nodes.get(index);
    }

    List<ClusterNode> all() {
        return List.copyOf(nodes);
    }

    /** Kills a node: it says good-bye to nobody. */
    void crash(int index) {
        crashed.add(nodes.get(index));
        nodes.get(index).hazelcast().getLifecycleService().terminate();
    }

    /** Closes the nodes that live, all at once: one after the other would take seconds. */
    @Override
    public void close() {
        List<Future<Void>> closing = nodes.stream()
                .filter(node -> !crashed.contains(node))
                .map(ClusterNode::close)
                .toList();
        closing.forEach(ThreeNodes::await);
    }

    /** Returns a result, waiting for it at most a while. */
    static <T> T await(Future<T> future) {
        return await(future.toCompletionStage());
    }

    /** Returns a result, waiting for it at most a while. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until a condition holds; returns how many milliseconds that took. */
    static long until(String what, Duration atMost, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                throw new AssertionError(what + ": not within " + atMost);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    /** Returns ports that were free a moment ago, all different. */
    static List<Integer> freePorts(int count) {
        return FreePorts.find(count);
    }
}
