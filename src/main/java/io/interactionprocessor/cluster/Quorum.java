package io.interactionprocessor.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.IExecutorService;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's lease on acting at all (design 5): it has one while it has heard, within the last {@value #LEASE_MS} ms, from
 * so many members that they and itself are a majority. That is less than the time after which the others drop a silent
 * member, so a node that is cut off stops before anybody takes its work.
 *
 * <p>Heard means: a question asked then has been answered. The age of an answer is that of its question, on this node's own
 * monotonic clock, so a node that was frozen finds all it knew outdated and has no quorum until it has asked again. No
 * clocks of different machines are compared.
 */
public final class Quorum {
    /** How long an answer counts. */
    public static final long LEASE_MS = 3_000;

    private static final Logger LOG = LoggerFactory.getLogger(Quorum.class);
    private static final long ASK_EVERY_MS = 500;
    private static final long LOOK_EVERY_MS = 250;

    private final Vertx vertx;
    private final Membership membership;
    private final int size;
    private final LongSupplier nanos;
    private final IExecutorService executor;
    private final Map<UUID, Long> heard = new ConcurrentHashMap<>();
    private final List<Consumer<Boolean>> listeners = new ArrayList<>();
    private final long timer;
    private long askedAt;
    private volatile boolean told;
    private volatile boolean closed;

    /** Starts to ask. Until the first answers there is no quorum, unless a quorum of one is enough. */
    public Quorum(ClusterNode node) {
        this(node, System::nanoTime);
    }

    Quorum(ClusterNode node, LongSupplier nanos) {
        this.vertx = node.vertx();
        this.membership = node.membership();
        this.size = node.settings().quorumSize();
        this.nanos = nanos;
        this.executor = node.hazelcast().getExecutorService(GridConfig.PULSE);
        this.told = size <= 1;
        this.timer = size <= 1 ? -1 : vertx.setPeriodic(1, LOOK_EVERY_MS, id -> look());
        if (size > 1) {
            membership.listen(new Membership.Listener() {
                @Override
                public void joined(String node) {
                    askNow();
                }
            });
        }
    }

    /** Whoever comes is asked at once: while nodes start together each waits for the others. */
    private synchronized void askNow() {
        askedAt = 0;
        look();
    }

    /** Returns how many nodes have to hear each other. */
    public int size() {
        return size;
    }

    /** Returns whether this node may grant and command now. Cheap: ask before each act, and after each grant. */
    public boolean hasQuorum() {
        if (size <= 1) {
            return true;
        }
        long now = nanos.getAsLong();
        int count = 0;
        for (Member member : membership.members()) {
            if (member.localMember()) {
                count++;
                continue;
            }
            Long at = heard.get(member.getUuid());
            if (at != null && now - at < LEASE_MS * 1_000_000) {
                count++;
            }
        }
        return count >= size;
    }

    /**
     * Tells when the quorum is lost and when it is back, within {@value #LOOK_EVERY_MS} ms, on the caller's context; what was
     * told last comes first. A loss is told even if it is over by then.
     */
    public void listen(Consumer<Boolean> listener) {
        Context context = vertx.getOrCreateContext();
        Consumer<Boolean> onContext = has -> context.runOnContext(v -> listener.accept(has));
        synchronized (listeners) {
            listeners.add(onContext);
            onContext.accept(told);
        }
    }

    /** Asks no more. */
    public void close() {
        closed = true;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        long now = nanos.getAsLong();
        if (askedAt == 0 || now - askedAt >= ASK_EVERY_MS * 1_000_000) {
            askedAt = now;
            ask();
        }
        boolean has = hasQuorum();
        synchronized (listeners) {
            if (has != told) {
                told = has;
                listeners.forEach(listener -> listener.accept(has));
                if (has) {
                    LOG.info("this node hears a majority of the cluster");
                } else {
                    LOG.warn("this node does not hear a majority of the cluster: it stops acting");
                }
            }
        }
    }

    private void ask() {
        heard.keySet()
                .retainAll(membership.members().stream().map(Member::getUuid).toList());
        for (Member member : membership.members()) {
            if (!member.localMember()) {
                ask(member);
            }
        }
    }

    private void ask(Member member) {
        long at = nanos.getAsLong();
        try {
            executor.submitToMember(new Pulse(), member, new ExecutionCallback<>() {
                @Override
                public void onResponse(Boolean response) {
                    heard.merge(member.getUuid(), at, (a, b) -> a - b >= 0 ? a : b);
                    if (!told) {
                        look();
                    }
                }

                @Override
                public void onFailure(Throwable failure) {
                    LOG.debug("no answer from {}", member, failure);
                }
            });
        } catch (RejectedExecutionException | HazelcastException e) {
            // this node is leaving, or the member has just gone
            LOG.debug("cannot ask {}", member, e);
        }
    }
}
