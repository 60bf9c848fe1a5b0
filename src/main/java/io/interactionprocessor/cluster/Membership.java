package io.interactionprocessor.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Which nodes are in the cluster, as this one sees it. A node that was killed is out within a second, one that is frozen
 * or cut off after {@code max.no.heartbeat} (5 s).
 */
public final class Membership {
    /** The member attribute under which the cluster manager keeps the node id. */
    private static final String NODE_ID = "__vertx.nodeId";

    /** Hears of changes, on the context that it was added from. */
    public interface Listener {
        /** A node has come. */
        default void joined(String node) {}

        /** A node has gone: closed, killed, frozen or cut off. */
        default void left(String node) {}

        /**
         * This node was on the smaller side of a partition and has joined the others again, empty-handed: whoever keeps
         * entries in the grid for what lives here puts them again.
         */
        default void merged() {}
    }

    private final Vertx vertx;
    private final HazelcastInstance hazelcast;
    private final String self;
    private final List<Consumer<Consumer<Listener>>> listeners = new CopyOnWriteArrayList<>();
    private final UUID membershipListener;
    private final UUID lifecycleListener;

    Membership(Vertx vertx, HazelcastInstance hazelcast, String self) {
        this.vertx = vertx;
        this.hazelcast = hazelcast;
        this.self = self;
        this.membershipListener = hazelcast.getCluster().addMembershipListener(new Events());
        this.lifecycleListener = hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                tell(Listener::merged);
            }
        });
    }

    /** Returns this node's id. */
    public String self() {
        return self;
    }

    /** Returns the ids of all nodes in the cluster, this one among them. */
    public Set<String> nodes() {
        return members().stream().map(Membership::nodeOf).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the ids of the nodes that have joined the cluster after this one. */
    public Set<String> younger() {
        // Hazelcast gives the members in the order in which they came
        List<String> nodes = members().stream().map(Membership::nodeOf).toList();
        return Set.copyOf(nodes.subList(nodes.indexOf(self) + 1, nodes.size()));
    }

    /** Returns whether a node is in the cluster. */
    public boolean contains(String node) {
        for (Member member : members()) {
            if (nodeOf(member).equals(node)) {
                return true;
            }
        }
        return false;
    }

    /** Adds a listener; it is called on the caller's context. */
    public void listen(Listener listener) {
        Context context = vertx.getOrCreateContext();
        listeners.add(call -> context.runOnContext(v -> call.accept(listener)));
    }

    /** Returns the members; none, not even this one, when it has left. */
    Set<Member> members() {
        try {
            return hazelcast.getCluster().getMembers();
        } catch (HazelcastInstanceNotActiveException e) {
            return Set.of();
        }
    }

    static String nodeOf(Member member) {
        // a member that is no node of ours has no such attribute
        return Optional.ofNullable(member.getAttribute(NODE_ID))
                .orElseGet(() -> member.getUuid().toString());
    }

    void close() {
        if (hazelcast.getLifecycleService().isRunning()) {
            hazelcast.getCluster().removeMembershipListener(membershipListener);
            hazelcast.getLifecycleService().removeLifecycleListener(lifecycleListener);
        }
    }

    private void tell(Consumer<Listener> call) {
        listeners.forEach(listener -> listener.accept(call));
    }

    private final class Events implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            tell(listener -> listener.joined(nodeOf(event.getMember())));
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            tell(listener -> listener.left(nodeOf(event.getMember())));
        }
    }
}
