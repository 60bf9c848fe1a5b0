package io.interactionprocessor;

import io.interactionprocessor.cluster.NodeInfo;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that comes to a cluster with clients rehearses before it is ready: who restarts nodes in turn stops the next one
 * then, and all its clients come here. Nodes that start together have nobody to expect, and do not. Thread-safe.
 */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    /** What a hundred sessions, four to six seconds on two busy processors, gained stands in docs/reliability.md. */
    private static final int SESSIONS = 100;

    private static final long LONGEST_MS = 8_000;
    private static final long GIVE_UP_MS = 12_000;

    private final Supplier<? extends Collection<NodeInfo>> nodes;
    private final String self;
    private final Rehearsing rehearsing;
    private volatile boolean over;

    /** Leads so many sessions that nobody has, and begins no more after so many milliseconds; completes with how many. */
    interface Rehearsing {
        Future<Integer> rehearse(int sessions, long millis);
    }

    /**
     * Not begun.
     *
     * @param nodes those of the cluster, this one among them
     */
    WarmUp(Supplier<? extends Collection<NodeInfo>> nodes, String self, Rehearsing rehearsing) {
        this.nodes = nodes;
        this.self = self;
        this.rehearsing = rehearsing;
    }

    /** Begins, once the node serves. */
    void begin() {
        if (nodes.get().stream().noneMatch(this::hasClients)) {
            over = true;
            return;
        }
        long begin = System.nanoTime();
        rehearsing
                .rehearse(SESSIONS, LONGEST_MS)
                .timeout(GIVE_UP_MS, TimeUnit.MILLISECONDS)
                .onComplete(led -> {
                    over = true;
                    if (led.succeeded()) {
                        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                        LOG.debug("rehearsed {} sessions in {} ms", led.result(), took);
                    } else {
                        LOG.info(
                                "could not rehearse, so the first clients may wait longer: {}",
                                led.cause().toString());
                    }
                });
    }

    private boolean hasClients(NodeInfo node) {
        return !node.node().equals(self)
                && node.services().values().stream().anyMatch(service -> service.clientCount() > 0);
    }

    /** Returns what the node is not ready for, or nothing. */
    Optional<String> lacks() {
        return over ? Optional.empty() : Optional.of("it rehearses what its first clients will ask for");
    }
}
