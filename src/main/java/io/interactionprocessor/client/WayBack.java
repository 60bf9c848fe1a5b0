package io.interactionprocessor.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The way back to a session whose connection was lost: from node to node, each time after a wait, until one has taken the
 * session back or it is too late (docs/protocol.md 6.2). On the client's context.
 */
final class WayBack {
    private static final long RESUME_TIMEOUT_MS = 5_000;
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

    /** Sets out, after a wait. */
    void begin(String lost) {
        setOut(link.nodes().toTry(lost));
        attempt(0, delay(0));
    }

    /** Asks for the session over a connection that was made to move to, and then as if it had been lost. */
    void goOver(String left) {
        String url = link.connection().url();
        Set<String> all = new LinkedHashSet<>();
        all.add(url);
        all.addAll(link.nodes().toTry(left));
        setOut(List.copyOf(all));
        follow(0, take(url, session.bindAgain(), answering(0)));
    }

    private void setOut(List<String> nodes) {
        underWay = true;
        begun = System.nanoTime();
        order = nodes;
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
            // composed, so that what is thrown is an attempt that failed, too
            follow(number, Future.succeededFuture().compose(now -> go(number)));
        });
    }

    private void follow(int number, Future<Void> attempt) {
        attempt.onFailure(failure -> {
            if (isFinal(failure)) {
                session.gone("the session is gone: " + failure.getMessage());
            }
            link.leave().onComplete(left -> {});
            attempt(number + 1, delay(number + 1));
        });
    }

    private Future<Void> go(int number) {
        String url = order.get(number % order.size());
        int round = number / order.size();
        return link.open(url, growing(ServiceLink.CONNECT_TIMEOUT_MS, round))
                .compose(opened ->
                        take(url, link.bindService().compose(bound -> session.bindAgain()), answering(round)));
    }

    private Future<Void> take(String url, Future<JsonObject> binding, long longest) {
        return Deadline.within(vertx, longest, binding).compose(data -> {
            if (over) {
                return Future.failedFuture(new RequestFailed("ended", "the client has ended meanwhile"));
            }
            underWay = false;
            session.back(url, data);
            return Future.succeededFuture();
        });
    }

    private long answering(int round) {
        return growing(Math.min(RESUME_TIMEOUT_MS, options.patience().toMillis()), round);
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
