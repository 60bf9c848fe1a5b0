package io.interactionprocessor.client;

import io.vertx.core.Vertx;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Evens out what the loss of a node has left uneven. Its clients come back to any other by chance, since that is fastest for
 * all of them; whoever has lost one looks later, now and then, whether some node has clearly fewer clients, one that has just
 * started above all, and moves there once. On the client's context.
 */
final class Rebalancing {
    /** Each after twice the time of the one before; then what is uneven is meant to be. */
    private static final int LOOKS = 6;

    private static final long NONE = -1;

    private final Vertx vertx;
    private final ServiceLink link;
    private final ClientOptions options;
    private final Random random;
    private final BooleanSupplier settled;
    private final Consumer<Connection> move;
    private long timer = NONE;

    /**
     * Not begun.
     *
     * @param settled whether the session is bound over the present connection
     * @param move goes over to a connection, over which the service is bound
     */
    Rebalancing(
            Vertx vertx,
            ServiceLink link,
            ClientOptions options,
            Random random,
            BooleanSupplier settled,
            Consumer<Connection> move) {
        this.vertx = vertx;
        this.link = link;
        this.options = options;
        this.random = random;
        this.settled = settled;
        this.move = move;
    }

    /** A node was lost: begins, or begins anew. Those whom a node has sent elsewhere it has spread itself. */
    void begin() {
        end();
        if (options.leastLoaded() && !link.nodes().areNamed()) {
            next(0);
        }
    }

    /** Moves nowhere any more. */
    void end() {
        vertx.cancelTimer(timer);
        timer = NONE;
    }

    private void next(int looks) {
        if (looks < LOOKS) {
            long longest = Math.max(2, options.firstLook().toMillis() << looks);
            long wait = longest / 2 + random.nextLong(longest / 2);
            timer = vertx.setTimer(wait, due -> look(looks));
        }
    }

    private void look(int looks) {
        if (!settled.getAsBoolean()) {
            next(looks);
            return;
        }
        Connection present = link.connection();
        long asked = timer;
        link.look().onSuccess(service -> {
            if (timer != asked || link.connection() != present || !settled.getAsBoolean()) {
                return; // lost again, which has begun anew
            }
            String best = link.nodes().emptier(service, present.url());
            if (best.equals(present.url())) {
                next(looks + 1);
            } else {
                go(present, best, looks);
            }
        });
    }

    /** Everything that takes time is done before the present connection is left. */
    private void go(Connection present, String best, int looks) {
        long asked = timer;
        link.prepare(best).onComplete(reached -> {
            boolean stays = timer == asked && link.connection() == present && settled.getAsBoolean();
            if (reached.failed()) {
                if (stays) {
                    next(looks + 1);
                }
            } else if (stays) {
                move.accept(reached.result());
            } else {
                reached.result().leave(ServiceLink.GOING_AWAY).onComplete(left -> {});
            }
        });
    }
}
