package io.interactionprocessor.torture.load;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;

/** Asks a node for a connection again and again, as clients do who come anew, and counts what it says. On the load's context. */
public final class Newcomer {
    private static final long EVERY_MS = 200;
    private static final long PATIENCE_MS = 10_000;
    private static final int NO_ROOM = 503;

    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final String url;
    private long timer = -1;
    private int letIn;
    private int turnedAway;
    private int otherwise;

    Newcomer(Vertx vertx, WebSocketClient sockets, String url) {
        this.vertx = vertx;
        this.sockets = sockets;
        this.url = url;
    }

    /** Begins to ask. */
    public Future<Void> begin() {
        timer = vertx.setPeriodic(EVERY_MS, again -> ask());
        return Future.succeededFuture();
    }

    private void ask() {
        sockets.connect(new WebSocketConnectOptions().setAbsoluteURI(url).setTimeout(PATIENCE_MS))
                .onComplete(this::answered);
    }

    private void answered(AsyncResult<WebSocket> answer) {
        if (answer.succeeded()) {
            letIn++;
            answer.result().exceptionHandler(failure -> {});
            answer.result().close();
        } else if (answer.cause() instanceof UpgradeRejectedException refusal && refusal.getStatus() == NO_ROOM) {
            turnedAway++;
        } else {
            otherwise++;
        }
    }

    /** Asks no more. */
    public Future<Void> end() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    /** Returns how many attempts have been answered, or given up after {@value #PATIENCE_MS} ms. */
    public int asked() {
        return letIn + turnedAway + otherwise;
    }

    /** Returns how many were told, with status 503, that there is no room. */
    public int turnedAway() {
        return turnedAway;
    }

    /** Returns how many had neither a connection nor that answer. */
    public int otherwise() {
        return otherwise;
    }
}
