package io.interactionprocessor.cluster;

import com.hazelcast.map.IMap;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every node tells of itself, known to every node. A change of status is told at once, a mere change of the numbers
 * of clients at most once a second. A node that has left the cluster is gone from the list at once; after a partition has
 * healed, and whenever a node has come, each tells of itself again.
 */
public final class NodeRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistry.class);
    private static final long REPEAT_MS = 5_000;
    private static final long COUNTS_EVERY_MS = 1_000;

    private final Vertx vertx;
    private final Membership membership;
    private final GridCalls calls;
    private final IMap<String, StoredNodeInfo> map;
    private final Mirror<StoredNodeInfo> mirror;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private NodeInfo own;
    private NodeInfo published;
    private long version;
    private boolean scheduled;
    private boolean publishing;
    private long repeat = -1;
    private boolean again;
    private boolean stopped;

    /** The registry; one for each node. {@link #start(NodeInfo)} comes next. */
    public NodeRegistry(ClusterNode node) {
        this.vertx = node.vertx();
        this.membership = node.membership();
        this.calls = new GridCalls(vertx);
        this.map = node.hazelcast().getMap(GridConfig.NODES);
        this.mirror = new Mirror<>(node, GridConfig.NODES, (id, info) -> told());
        membership.listen(new Membership.Listener() {
            @Override
            public void joined(String joined) {
                publish();
            }

            @Override
            public void left(String left) {
                forget(left);
            }

            @Override
            public void merged() {
                publish();
                mirror.refresh();
            }
        });
    }

    /** Tells of this node for the first time and begins to listen to the others. */
    public Future<Void> start(NodeInfo info) {
        synchronized (this) {
            own = info;
        }
        // what was stored in a partition that has been lost or merged comes back by itself
        repeat = vertx.setPeriodic(REPEAT_MS, id -> publish());
        return mirror.start().compose(v -> publish());
    }

    /** Takes this node from the list. */
    public Future<Void> stop() {
        synchronized (this) {
            stopped = true;
        }
        vertx.cancelTimer(repeat);
        mirror.stop();
        return calls.call(GridCalls.of(() -> map.deleteAsync(membership.self())))
                .mapEmpty();
    }

    /** Tells the others that something about this node is different now. May be called from anywhere, often. */
    public void update(NodeInfo info) {
        synchronized (this) {
            if (info.equals(own)) {
                return;
            }
            own = info;
            if (published != null && info.differsOnlyInCounts(published)) {
                if (!scheduled) {
                    scheduled = true;
                    vertx.setTimer(COUNTS_EVERY_MS, id -> publish());
                }
                return;
            }
        }
        publish();
    }

    /** Returns all nodes that are in the cluster and have told of themselves, in the order of their ids. */
    public List<NodeInfo> nodes() {
        return mirror.values().values().stream()
                .map(StoredNodeInfo::info)
                .filter(info -> membership.contains(info.node()))
                .sorted(Comparator.comparing(NodeInfo::node))
                .toList();
    }

    /** Returns what a node tells of itself, if it is in the cluster. */
    public Optional<NodeInfo> node(String id) {
        return Optional.ofNullable(mirror.values().get(id))
                .map(StoredNodeInfo::info)
                .filter(info -> membership.contains(id));
    }

    /** Calls back, on the caller's context, after {@link #nodes()} has changed. */
    public void listen(Runnable listener) {
        Context context = vertx.getOrCreateContext();
        listeners.add(() -> context.runOnContext(v -> listener.run()));
    }

    /** One write at a time: two at once could be stored in the wrong order, and the older would stand. */
    private Future<Void> publish() {
        StoredNodeInfo next;
        synchronized (this) {
            scheduled = false;
            if (own == null || stopped) {
                return Future.succeededFuture();
            }
            if (publishing) {
                again = true;
                return Future.succeededFuture();
            }
            publishing = true;
            published = own;
            next = new StoredNodeInfo(own, ++version);
        }
        return calls.call(GridCalls.of(() -> map.setAsync(membership.self(), next)))
                .transform(written -> published(written.cause()))
                .mapEmpty();
    }

    private Future<Void> published(Throwable failure) {
        boolean now;
        synchronized (this) {
            publishing = false;
            now = again && failure == null;
            again = false;
            if (failure != null && !scheduled && !stopped) {
                scheduled = true;
                vertx.setTimer(COUNTS_EVERY_MS, id -> publish());
            }
        }
        if (failure != null) {
            LOG.warn("this node could not tell the others of itself: {}", failure.getMessage());
        }
        return now ? publish() : Future.succeededFuture();
    }

    private void forget(String node) {
        mirror.forget(node);
        told();
        calls.call(GridCalls.of(() -> map.deleteAsync(node)));
    }

    private void told() {
        listeners.forEach(Runnable::run);
    }
}
