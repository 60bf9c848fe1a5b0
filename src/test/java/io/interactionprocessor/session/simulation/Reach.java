package io.interactionprocessor.session.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a node reaches. One that is cut off or frozen has no quorum after a while; a little later the others drop it. When it
 * is back, it has to make good what it missed.
 */
final class Reach {
    /** Shorter than the real ones, in proportion. */
    private static final long LEASE = 900;

    private static final long DROPPED_AFTER = 1_500;

    private final World world;
    private final SimulatedNode node;
    private final Deque<Runnable> onTheWay = new ArrayDeque<>();
    private boolean cut;
    private boolean quorum = true;
    private boolean removed;
    private int outages;

    Reach(World world, SimulatedNode node) {
        this.world = world;
        this.node = node;
    }

    /** Nobody talks to a node that is not a member any more, until it has joined again. */
    boolean isCut() {
        return cut || removed;
    }

    boolean quorum() {
        return quorum;
    }

    boolean isRemoved() {
        return removed;
    }

    void cut(boolean now) {
        if (now == cut || node.isDead()) {
            return;
        }
        cut = now;
        int outage = ++outages;
        if (now) {
            world.time.after(LEASE, () -> {
                if (outage == outages && !node.isDead()) {
                    loseQuorum();
                }
            });
            world.time.after(DROPPED_AFTER, () -> {
                if (outage == outages && !node.isDead()) {
                    remove();
                }
            });
        } else {
            // what is on its way to a node arrives when it is heard again, unless the others have hung up
            while (!onTheWay.isEmpty()) {
                Runnable message = onTheWay.poll();
                if (!removed) {
                    message.run();
                }
            }
            back();
        }
    }

    /** Brings it something from another node. */
    void tell(Runnable message) {
        if (cut) {
            onTheWay.add(message);
        } else {
            node.does(message);
        }
    }

    /** It does nothing until then. */
    void frozen(long until) {
        long begun = world.time.now();
        int outage = ++outages;
        if (until - begun > DROPPED_AFTER) {
            world.time.after(DROPPED_AFTER, () -> {
                if (outage == outages && !node.isDead()) {
                    remove();
                }
            });
        }
        if (until - begun > LEASE) {
            // the first that it finds out when it wakes
            node.does(() -> {
                loseQuorum();
                world.time.after(
                        world.faults.between(5, 50),
                        () -> node.does(() -> {
                            if (!cut) {
                                back();
                            }
                        }));
            });
        }
    }

    void died() {
        remove();
    }

    private void loseQuorum() {
        world.trace(node, "has no quorum");
        quorum = false;
        node.sendsClientsAway();
    }

    private void remove() {
        if (!removed) {
            world.trace(node, "is removed");
            removed = true;
            world.nodes.values().stream()
                    .filter(other -> other != node)
                    .forEach(other -> other.does(() -> other.host().nodeLeft(node.node())));
        }
    }

    private void back() {
        if (removed) {
            world.time.after(world.faults.between(100, 500), () -> {
                if (!cut && !node.isDead()) {
                    removed = false;
                    regain();
                }
            });
        } else if (!quorum) {
            regain();
        }
    }

    private void regain() {
        world.trace(node, "is back");
        quorum = true;
        node.does(node.host()::regained);
    }
}
