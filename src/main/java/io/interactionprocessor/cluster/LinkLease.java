package io.interactionprocessor.cluster;

import io.interactionprocessor.model.Epoch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in who holds one CTI link.
 *
 * <p>The holder renews twice a second and stops of itself when it could not for {@link Quorum#LEASE_MS}, counted from when
 * the last successful renewal was <em>sent</em>, or when it does not hear a majority. A candidate takes the lease when it is
 * free, when its holder has left the cluster, or when it has watched it for {@value #EXPIRES_MS} ms without a renewal. Each
 * side uses only its own monotonic clock, and the one is shorter than the other. A holder that was frozen between a check
 * and its deed is stopped by the epoch, which the switch side checks.
 *
 * <p>Everything runs on the context that the lease was made on; {@link #held()} may be asked from anywhere.
 */
public final class LinkLease {
    private static final Logger LOG = LoggerFactory.getLogger(LinkLease.class);
    private static final long LOOK_EVERY_MS = 250;
    /** Often enough that the grid may stand still for 2 s, as it does when a node dies, before a lease runs out. */
    private static final long RENEW_EVERY_MS = 500;
    /** More than {@link Quorum#LEASE_MS}, with time for the slowest renewal that still counts. */
    private static final long EXPIRES_MS = 5_000;
    /** So much later goes each further candidate, so that links spread and do not race. */
    private static final long STAGGER_MS = 40;
    /** So much later goes who holds more links than another: that one may be about to find out. */
    private static final long CROWDED_MS = 600;
    /** The same while nodes start, one before the other; not for ever, for the others may not come. */
    private static final long CROWDED_AT_START_MS = 2_500;

    private static final long START_MS = 10_000;

    private enum State {
        NEW,
        CANDIDATE,
        ACQUIRING,
        HOLDING,
        STOPPED
    }

    private final LinkLeases leases;
    private final String link;
    private final Consumer<Epoch> granted;
    private final Runnable lost;
    private final Context context;
    private volatile State state = State.NEW;
    private volatile long renewedAt;
    private volatile long epoch;
    private boolean renewing;
    private LeaseEntry seen;
    private long seenAt;
    private long timer = -1;
    private long startedAt;

    LinkLease(LinkLeases leases, String link, Consumer<Epoch> granted, Runnable lost) {
        this.leases = leases;
        this.link = link;
        this.granted = granted;
        this.lost = lost;
        this.context = leases.vertx().getOrCreateContext();
    }

    /** Returns the link it is about. */
    public String link() {
        return link;
    }

    /** Begins to take part. */
    public void start() {
        context.runOnContext(v -> {
            if (state == State.NEW) {
                state = State.CANDIDATE;
                startedAt = System.nanoTime();
                note(leases.present(link));
                timer = leases.vertx().setPeriodic(1, LOOK_EVERY_MS, id -> look());
            }
        });
    }

    /**
     * Takes no further part, and hands the lease over at once if it is held. The caller has stopped using the link before;
     * neither callback comes any more.
     *
     * @return completes when others can have it; never fails
     */
    public Future<Void> release() {
        Promise<Void> released = Promise.promise();
        context.runOnContext(v -> stop().onComplete(released));
        return released.future();
    }

    private Future<Void> stop() {
        State before = state;
        state = State.STOPPED;
        leases.vertx().cancelTimer(timer);
        leases.remove(this);
        if (before != State.HOLDING) {
            return Future.succeededFuture();
        }
        return leases.change(link, LeaseChange.release(leases.membership().self(), epoch))
                .<Void>mapEmpty()
                .otherwise(failure -> {
                    LOG.warn("link {}: lease not handed over, it has to run out: {}", link, failure.getMessage());
                    return null;
                });
    }

    /** Returns whether this node holds the link at this moment. Ask before each command. */
    public boolean held() {
        return state == State.HOLDING
                && System.nanoTime() - renewedAt < Quorum.LEASE_MS * 1_000_000
                && leases.quorum().hasQuorum();
    }

    /** Returns the epoch of the last lease that this node was granted. */
    public Epoch epoch() {
        return new Epoch(epoch);
    }

    void seen(LeaseEntry entry) {
        context.runOnContext(v -> {
            note(entry);
            look();
        });
    }

    void reconsider() {
        context.runOnContext(v -> look());
    }

    private void note(LeaseEntry entry) {
        if (entry != null && (seen == null || entry.isNewerThan(seen))) {
            seen = entry;
            seenAt = System.nanoTime();
        }
    }

    private void look() {
        if (state == State.HOLDING) {
            keep();
        } else if (state == State.CANDIDATE && leases.quorum().hasQuorum() && isToBeHad()) {
            boolean mine = seen != null && leases.membership().self().equals(seen.node());
            long delay = mine ? 0 : delay();
            if (delay == 0) {
                acquire();
            } else {
                leases.vertx().setTimer(delay, id -> {
                    if (state == State.CANDIDATE && isToBeHad() && delay() <= delay) {
                        acquire();
                    }
                });
            }
        }
    }

    private long delay() {
        long delay = leases.place(link) * STAGGER_MS;
        if (leases.isCrowded(link)) {
            delay += System.nanoTime() - startedAt < START_MS * 1_000_000 ? CROWDED_AT_START_MS : CROWDED_MS;
        }
        return delay;
    }

    /** Returns whether this node holds the link or is about to. */
    boolean isTaken() {
        return state == State.HOLDING || state == State.ACQUIRING;
    }

    private boolean isToBeHad() {
        return seen == null || seen.node() == null || isMine() || isGone() || hasRunOut();
    }

    private boolean isMine() {
        return leases.membership().self().equals(seen.node());
    }

    private boolean isGone() {
        return !leases.membership().contains(seen.node());
    }

    private boolean hasRunOut() {
        return System.nanoTime() - seenAt >= EXPIRES_MS * 1_000_000;
    }

    private void acquire() {
        state = State.ACQUIRING;
        String self = leases.membership().self();
        boolean unused = seen == null || seen.node() == null || isMine();
        LeaseChange change;
        if (unused || isGone()) {
            change = LeaseChange.acquire(
                    self, unused ? null : seen.node(), Math.max(epoch, seen == null ? 0 : seen.epoch()));
        } else {
            change = LeaseChange.acquireUnchanged(self, seen);
        }
        long sentAt = System.nanoTime();
        leases.change(link, change).onComplete(result -> {
            LeaseEntry entry = result.result();
            if (state == State.STOPPED) {
                if (entry != null) {
                    leases.change(link, LeaseChange.release(self, entry.epoch()));
                }
                return;
            }
            state = State.CANDIDATE;
            note(entry);
            if (entry == null) {
                LOG.debug("link {}: lease not acquired", link, result.cause());
                if (result.succeeded()) {
                    // refused: somebody was quicker, or the holder lives after all
                    seenAt = System.nanoTime();
                }
                return;
            }
            epoch = entry.epoch();
            renewedAt = sentAt;
            state = State.HOLDING;
            if (held()) {
                LOG.info("link {}: lease acquired, epoch {}", link, epoch);
                granted.accept(epoch());
            } else {
                state = State.CANDIDATE;
            }
        });
    }

    private void keep() {
        if (!held()) {
            lose("not renewed in time, or no majority");
        } else if (!renewing && System.nanoTime() - renewedAt >= RENEW_EVERY_MS * 1_000_000) {
            renew();
        }
    }

    private void renew() {
        renewing = true;
        long sentAt = System.nanoTime();
        long renewed = epoch;
        leases.change(link, LeaseChange.renew(leases.membership().self(), renewed))
                .onComplete(result -> {
                    renewing = false;
                    if (state != State.HOLDING || renewed != epoch) {
                        return;
                    }
                    if (result.failed()) {
                        LOG.debug("link {}: lease not renewed", link, result.cause());
                        keep();
                    } else if (result.result() == null) {
                        lose("another node has it");
                    } else {
                        renewedAt = sentAt;
                    }
                });
    }

    private void lose(String why) {
        LOG.warn("link {}: lease lost, epoch {}: {}", link, epoch, why);
        state = State.CANDIDATE;
        lost.run();
    }
}
