package io.interactionprocessor.client;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One WebSocket, and the requests that die with it: those to the core and to services. */
final class Connection {
    /** What comes in that answers no request of this connection, and the end. */
    interface Receiver {
        /** Everything that goes out, before it does. */
        void sending(String url, JsonObject message);

        /** Everything that comes in, before anything is made of it. */
        void received(String url, JsonObject message);

        void message(JsonObject message);

        void noMessage(String text);

        void closed(Connection connection, int code, String reason);
    }

    private static final int NO_CLOSING_FRAME = 1006;

    private final String url;
    private final WebSocket socket;
    private final Receiver receiver;
    private final Map<String, Promise<JsonObject>> waiting = new HashMap<>();
    private long heard;
    private boolean left;

    /** Takes a socket over; on the socket's own context. */
    Connection(String url, WebSocket socket, Receiver receiver) {
        this.url = url;
        this.socket = socket;
        this.receiver = receiver;
        heard = System.nanoTime();
        socket.textMessageHandler(this::received);
        socket.pongHandler(pong -> heard = System.nanoTime());
        socket.exceptionHandler(failure -> {}); // what follows is the close
        socket.closeHandler(closed -> {
            List<Promise<JsonObject>> lost = new ArrayList<>(waiting.values());
            waiting.clear();
            Short code = socket.closeStatusCode();
            String reason = socket.closeReason();
            // Before the requests fail: who asked may want to know how the connection ended.
            receiver.closed(this, code == null ? NO_CLOSING_FRAME : code, reason == null ? "" : reason);
            lost.forEach(promise -> promise.tryFail(new RequestFailed("connectionLost", "the connection to " + url)));
        });
    }

    String url() {
        return url;
    }

    /** Returns how many nanoseconds ago something came. */
    long silentFor() {
        return System.nanoTime() - heard;
    }

    /** Sends a request whose answer nobody gets on another connection, and returns the answer's message. */
    Future<JsonObject> ask(String requestId, JsonObject message) {
        Promise<JsonObject> answer = Promise.promise();
        waiting.put(requestId, answer);
        send(message);
        return answer.future();
    }

    void send(JsonObject message) {
        receiver.sending(url, message);
        write(socket.writeTextMessage(message.encode()));
    }

    void reads(boolean reading) {
        if (reading) {
            socket.resume();
        } else {
            socket.pause();
        }
    }

    void ping() {
        write(socket.writePing(Buffer.buffer("?")));
    }

    /**
     * Closes in order and hears nothing more but the end: what is on its way until the other side has closed, too, will be
     * told again, or has been, over the connection that takes this one's place.
     */
    Future<Void> leave(short code) {
        left = true;
        return close(code);
    }

    /** Closes in order; {@code Receiver.closed} follows. */
    Future<Void> close(short code) {
        return socket.close(code);
    }

    /** A write that fails is followed by the close of the connection, which tells everybody. */
    private static void write(Future<Void> written) {
        Handler<Throwable> closeFollows = failure -> {};
        written.onFailure(closeFollows);
    }

    private void received(String text) {
        if (left) {
            return;
        }
        heard = System.nanoTime();
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (DecodeException e) {
            receiver.noMessage(text);
            return;
        }
        receiver.received(url, message);
        // Events carry the id of the request that caused them; they are no answers to it.
        boolean event = message.getString("messageType", "").endsWith("Event");
        String requestId = event ? null : message.getString("requestId");
        Promise<JsonObject> answer = requestId == null ? null : waiting.remove(requestId);
        if (answer == null) {
            receiver.message(message);
        } else {
            answer.complete(message);
        }
    }
}
