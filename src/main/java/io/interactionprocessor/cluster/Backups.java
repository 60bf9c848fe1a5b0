package io.interactionprocessor.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.vertx.core.Vertx;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether all that the cluster keeps is there twice since this node has come, or has come back after a cut or a freeze: from
 * then on any one node can be killed. Only a node that has just come asks; when another one dies nobody becomes unready.
 */
public final class Backups {
    /** After this time the node counts as ready all the same: it may be another one that is at fault. */
    static final long LONGEST_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final long LOOK_AGAIN_MS = 100;

    private final Vertx vertx;
    private final HazelcastInstance hazelcast;
    private final BooleanSupplier isSafe;
    private final UUID listener;
    private final long cap;
    private volatile long since;
    private volatile boolean whole;
    private boolean looking;
    private boolean closed;

    /** Begins to look. */
    public Backups(ClusterNode node) {
        this(node, LONGEST_MS, () -> node.hazelcast().getPartitionService().isClusterSafe());
    }

    /** @param isSafe asks all members; may block */
    Backups(ClusterNode node, long longestMs, BooleanSupplier isSafe) {
        this.isSafe = isSafe;
        vertx = node.vertx();
        hazelcast = node.hazelcast();
        cap = TimeUnit.MILLISECONDS.toNanos(longestMs);
        listener = hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGING || event.getState() == LifecycleState.MERGED) {
                cameBack();
            }
        });
        cameBack();
    }

    /** Returns whether everything is there twice, or has been since this node came; on any thread, at once. */
    public boolean whole() {
        return whole;
    }

    /** Looks no more. */
    public synchronized void close() {
        closed = true;
        if (hazelcast.getLifecycleService().isRunning()) {
            hazelcast.getLifecycleService().removeLifecycleListener(listener);
        }
    }

    private synchronized void cameBack() {
        whole = false;
        since = System.nanoTime();
        if (!looking) {
            looking = true;
            look();
        }
    }

    /** Hazelcast asks all members and waits for their answers, so not on an event loop. */
    private void look() {
        long asked = System.nanoTime();
        vertx.executeBlocking(this::isWhole, false).onComplete(answer -> {
            synchronized (this) {
                boolean late = System.nanoTime() - since > cap;
                // what was asked before it came back says nothing of what is there since
                boolean yes = answer.succeeded() && answer.result() && asked - since >= 0;
                if (closed) {
                    return;
                }
                if (yes || late) {
                    looking = false;
                    whole = true;
                } else {
                    vertx.setTimer(LOOK_AGAIN_MS, again -> look());
                }
                if (late && !yes) {
                    LOG.warn(
                            "after {} s not everything has its backup yet, ready all the same: whoever kills another node now"
                                    + " can lose sessions",
                            TimeUnit.NANOSECONDS.toSeconds(cap));
                }
            }
        });
    }

    private boolean isWhole() {
        try {
            return isSafe.getAsBoolean();
        } catch (HazelcastInstanceNotActiveException e) {
            // this node is leaving: nobody asks any more
            return true;
        }
    }
}
