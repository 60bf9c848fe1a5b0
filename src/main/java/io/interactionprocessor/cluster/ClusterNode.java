package io.interactionprocessor.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as a member of its cluster: Vert.x with its event bus, and Hazelcast under it. The other classes of this
 * package are made from it.
 */
public final class ClusterNode {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);
    /** Connecting to a node that just vanished must not keep messages to it waiting for a minute. */
    private static final int BUS_CONNECT_TIMEOUT_MS = 1_000;

    /**
     * How often each bus connection is tried, and how long an answer may take. After a cut TCP itself tries again only
     * when as much time has passed once more, and until then nothing gets through although the cluster is whole. Together
     * they are longer than a node may be silent before it is out, so that a pause breaks no connection.
     */
    private static final long BUS_PING_MS = 1_000;

    private static final long BUS_PONG_MS = 5_000;

    private final ClusterSettings settings;
    private final Vertx vertx;
    private final HazelcastInstance hazelcast;
    private final Membership membership;

    private ClusterNode(ClusterSettings settings, Vertx vertx, HazelcastClusterManager manager) {
        this.settings = settings;
        this.vertx = vertx;
        this.hazelcast = manager.getHazelcastInstance();
        this.membership = new Membership(vertx, hazelcast, manager.getNodeId());
    }

    /** Starts a node; the same as {@link #start(ClusterSettings, VertxOptions, UnaryOperator)} with nothing special. */
    public static Future<ClusterNode> start(ClusterSettings settings) {
        return start(settings, new VertxOptions(), builder -> builder);
    }

    /**
     * Starts Hazelcast and a clustered Vert.x on it. The event bus listens on the cluster's host.
     *
     * @param options Vert.x's options; those of the event bus are completed
     * @param builder adds to Vert.x what options cannot say, metrics for example
     * @return the node, or why it did not start: a setting, or a port in use
     */
    public static Future<ClusterNode> start(
            ClusterSettings settings, VertxOptions options, UnaryOperator<VertxBuilder> builder) {
        return start(settings, options, builder, config -> {});
    }

    static Future<ClusterNode> start(
            ClusterSettings settings,
            VertxOptions options,
            UnaryOperator<VertxBuilder> builder,
            Consumer<Config> tuning) {
        HeadStart.await();
        Config config;
        try {
            config = GridConfig.load(settings);
        } catch (IOException | RuntimeException e) {
            return Future.failedFuture(e);
        }
        tuning.accept(config);
        GridConfig.violations(config, settings.quorumSize())
                .forEach(rule -> LOG.warn("{}: {}; an acknowledged write can be lost", settings.file(), rule));
        if (ForkJoinPool.getCommonPoolParallelism() < 2) {
            LOG.warn("the common pool has one thread, so Hazelcast starts one for each callback, which is many times"
                    + " slower: start java with -Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
        }
        options.getEventBusOptions()
                .setHost(settings.host())
                .setPort(settings.busPort())
                .setConnectTimeout(BUS_CONNECT_TIMEOUT_MS)
                .setClusterPingInterval(BUS_PING_MS)
                .setClusterPingReplyInterval(BUS_PONG_MS);
        HazelcastClusterManager manager = new HazelcastClusterManager(config);
        return builder.apply(Vertx.builder().with(options).withClusterManager(manager))
                .buildClustered()
                .map(vertx -> new ClusterNode(settings, vertx, manager))
                .compose(ClusterNode::amongItsLike);
    }

    /**
     * A node of a release that keeps its data in another format would lose what the others have, and they what it has. It goes
     * as if it had been killed: it has nothing yet that is worth handing over. The oldest member stays, so that of nodes
     * which start together some do.
     */
    private static Future<ClusterNode> amongItsLike(ClusterNode node) {
        Cluster cluster = node.hazelcast.getCluster();
        Member oldest = cluster.getMembers().iterator().next();
        String format = GridConfig.format(cluster.getLocalMember());
        String others = GridConfig.format(oldest);
        if (format.equals(others)) {
            return Future.succeededFuture(node);
        }
        String why = "cluster " + node.settings.name() + ": the node at " + oldest.getAddress()
                + " is of a release that keeps its data in format " + others + ", this one in format " + format
                + ": end all nodes before this one is started, or start it from their release";
        node.hazelcast.getLifecycleService().terminate();
        return node.close().transform(closed -> Future.failedFuture(new IllegalStateException(why)));
    }

    /** Returns this node's Vert.x. */
    public Vertx vertx() {
        return vertx;
    }

    /** Returns this node's id: unique among all nodes that ever were, the same over a partition and its healing. */
    public String nodeId() {
        return membership.self();
    }

    /** Returns who is in the cluster. */
    public Membership membership() {
        return membership;
    }

    /** Returns what the node was started with. */
    public ClusterSettings settings() {
        return settings;
    }

    HazelcastInstance hazelcast() {
        return hazelcast;
    }

    /**
     * Leaves the cluster, handing this node's share of the data over, and closes Vert.x. Whoever is connected must have
     * been told before: this does not close sockets in an orderly way.
     */
    public Future<Void> close() {
        membership.close();
        return vertx.close();
    }
}
