package io.interactionprocessor.cluster;

import com.hazelcast.map.IMap;
import io.interactionprocessor.model.Epoch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Who holds which CTI link: at most one node of the cluster, under an epoch that grows with every holder. A node that wants
 * a link takes part with a {@link LinkLease}; every node can ask who holds it.
 */
public final class LinkLeases {
    /**
     * A link's holder.
     *
     * @param node its node id
     * @param lease the lease's epoch
     */
    public record Holder(String node, Epoch lease) {}

    private final Vertx vertx;
    private final Membership membership;
    private final Quorum quorum;
    private final GridCalls calls;
    private final IMap<String, LeaseEntry> map;
    private final Mirror<LeaseEntry> mirror;
    private final List<LinkLease> candidates = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<String, Optional<Holder>>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Optional<Holder>> told = new HashMap<>();

    /** The leases of all links; one for each node. {@link #start()} comes next. */
    public LinkLeases(ClusterNode node, Quorum quorum) {
        this.vertx = node.vertx();
        this.membership = node.membership();
        this.quorum = quorum;
        this.calls = new GridCalls(vertx);
        this.map = node.hazelcast().getMap(GridConfig.LEASES);
        this.mirror = new Mirror<>(node, GridConfig.LEASES, this::changed);
        membership.listen(new Membership.Listener() {
            @Override
            public void joined(String node) {
                membersChanged();
            }

            @Override
            public void left(String node) {
                membersChanged();
            }

            @Override
            public void merged() {
                mirror.refresh();
            }
        });
        quorum.listen(has -> candidates.forEach(LinkLease::reconsider));
    }

    /** Begins to follow who holds what. */
    public Future<Void> start() {
        return mirror.start();
    }

    /** Ends; leases that are held are released by their own {@link LinkLease#release()} before. */
    public void stop() {
        mirror.stop();
    }

    /**
     * Makes a candidate for a link; it does not take part before {@link LinkLease#start()}. Both callbacks come on the
     * caller's context, in turn.
     *
     * @param granted this node holds the link from now on, under this epoch
     * @param lost it does no longer: stop at once; another may hold it already
     */
    public LinkLease lease(String link, Consumer<Epoch> granted, Runnable lost) {
        LinkLease lease = new LinkLease(this, link, granted, lost);
        candidates.add(lease);
        return lease;
    }

    /** Returns a link's holder, if it has one that is in the cluster. Answered from this node's own copy. */
    public Optional<Holder> holderOf(String link) {
        LeaseEntry entry = mirror.values().get(link);
        return entry == null || entry.node() == null || !membership.contains(entry.node())
                ? Optional.empty()
                : Optional.of(new Holder(entry.node(), new Epoch(entry.epoch())));
    }

    /** Tells of a link that has another holder, or none, on the caller's context. */
    public void listen(BiConsumer<String, Optional<Holder>> listener) {
        Context context = vertx.getOrCreateContext();
        listeners.add((link, holder) -> context.runOnContext(v -> listener.accept(link, holder)));
    }

    private void changed(String link, LeaseEntry entry) {
        review(link);
        candidates.stream().filter(lease -> lease.link().equals(link)).forEach(lease -> lease.seen(entry));
    }

    private void membersChanged() {
        mirror.values().keySet().forEach(this::review);
        candidates.forEach(LinkLease::reconsider);
    }

    private void review(String link) {
        Optional<Holder> holder = holderOf(link);
        if (!holder.equals(told.put(link, holder))) {
            listeners.forEach(listener -> listener.accept(link, holder));
        }
    }

    void remove(LinkLease lease) {
        candidates.remove(lease);
    }

    /** Runs a change; it has failed when it is not known to have happened before the holder would have to stop anyway. */
    Future<LeaseEntry> change(String link, LeaseChange change) {
        return calls.within(Quorum.LEASE_MS, GridCalls.on(map, link, change));
    }

    /**
     * Returns this node's place among those who may want a link: 0 goes first. Whoever holds the fewest others does; among
     * equals each link has another first one, so that links spread over the nodes.
     */
    int place(String link) {
        List<String> order = new ArrayList<>(membership.nodes());
        order.sort(Comparator.naturalOrder());
        int turn = (int) candidates.stream()
                .filter(other -> other.link().compareTo(link) < 0)
                .count();
        Collections.rotate(order, -turn);
        order.sort(Comparator.comparingInt(node -> load(node, link)));
        return Math.max(0, order.indexOf(membership.self()));
    }

    /** Returns whether some other node has less to do with links than this one. */
    boolean isCrowded(String link) {
        int own = load(membership.self(), link);
        return own > 0 && membership.nodes().stream().anyMatch(node -> load(node, link) < own);
    }

    /** How many links other than this one a node holds; of its own this node knows also what it is about to hold. */
    private int load(String node, String link) {
        if (node.equals(membership.self())) {
            return (int) candidates.stream()
                    .filter(other -> !other.link().equals(link) && other.isTaken())
                    .count();
        }
        return (int) mirror.values().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(link)
                        && node.equals(entry.getValue().node()))
                .count();
    }

    LeaseEntry present(String link) {
        return mirror.values().get(link);
    }

    Vertx vertx() {
        return vertx;
    }

    Membership membership() {
        return membership;
    }

    Quorum quorum() {
        return quorum;
    }
}
