package io.interactionprocessor.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The way back to a session whose connection was lost: from node to node, each time after a wait, until one has taken the
 * session back or it is too late (docs/protocol.md 6.2). On the client's context.
 */
final class WayBack {
    private static final long RESUME_TIMEOUT_MS = 5_000;
    private static final long AT_ONCE = 1;
    private static final int LONGEST_TIMEOUT_SHIFT = 3;

    /** The session that is to be taken back. */
    interface Session {
        /** Asks the node of the present connection for the session; returns the answer's {@code data}. */
        Future<JsonObject> bindAgain();

        /** A node has it again. */
        void back(String url, JsonObject data);

        /** It cannot be had any more. */
        void gone(String why);
    }

    private final Vertx vertx;
    private final ServiceLink link;
    private final ClientOptions options;
    private final Random random;
    private final Session session;

    private List<String> order;
    private long begun;
    private boolean underWay;
    private boolean over;

    WayBack(Vertx vertx, ServiceLink link, ClientOptions options, Random random, Session session) {
        this.vertx = vertx;
        this.link = link;
        this.options = options;
        this.random = random;
        this.session = session;
    }

    /** Returns whether there is a connection at most, but no session behind it. */
    boolean isUnderWay() {
        return underWay;
    }

    /** Sets out, unless that has been done, after a wait. */
    void begin(String lost) {
        if (!underWay) {
            underWay = true;
            begun = System.nanoTime();
            order = link.nodes().toTry(lost);
            attempt(0, delay(0));
        }
    }

    /** Sets out at once, to this node first; the connection has been left for it. */
    void moveTo(String url, String left) {
        underWay = true;
        begun = System.nanoTime();
        Set<String> all = new LinkedHashSet<>();
        all.add(url);
        all.addAll(link.nodes().toTry(left));
        order = List.copyOf(all);
        attempt(0, AT_ONCE);
    }

    /** Gives up for good. */
    void end() {
        over = true;
    }

    private void attempt(int number, long delay) {
        vertx.setTimer(delay, timer -> {
            if (over) {
                return;
            }
            if (System.nanoTime() - begun > options.giveUp().toNanos()) {
                session.gone("no node took the session back");
                return;
            }
            go(number).onFailure(failure -> {
                if (isFinal(failure)) {
                    session.gone("the session is gone: " + failure.getMessage());
                }
                link.leave().onComplete(left -> {});
                attempt(number + 1, delay(number + 1));
            });
        });
    }

    private Future<Void> go(int number) {
        String url = order.get(number % order.size());
        int round = number / order.size();
        // A node that freezes between the handshake and the answer closes nothing.
        long longest = growing(Math.min(RESUME_TIMEOUT_MS, options.patience().toMillis()), round);
        return link.open(url, growing(ServiceLink.CONNECT_TIMEOUT_MS, round))
                .compose(opened -> link.bindService()
                        .compose(bound -> session.bindAgain())
                        .map(data -> {
                            underWay = false;
                            session.back(url, data);
                            return (Void) null;
                        })
                        .timeout(longest, TimeUnit.MILLISECONDS));
    }

    /** By chance, so that the clients of a lost node do not all come at once; longer with each attempt. */
    private long delay(int attempt) {
        long first = options.firstDelay().toMillis();
        long longest = Math.min(options.longestDelay().toMillis(), first << Math.min(attempt, 20));
        return 1 + (longest < 1 ? 0 : random.nextLong(longest));
    }

    /**
     * Longer each time that no node has had the session: when all clients of a node come to the others at once, each waits
     * for its turn, and if all gave up before that and began anew, none would ever have it.
     */
    private static long growing(long timeout, int round) {
        return timeout << Math.min(round, LONGEST_TIMEOUT_SHIFT);
    }

    /** The session does not exist any more, or somebody else has it. Everything else may be better on another node. */
    private static boolean isFinal(Throwable failure) {
        return failure instanceof RequestFailed refused
                && (refused.code().equals("unknownResource") || refused.code().equals("alreadyBound"));
    }
}
