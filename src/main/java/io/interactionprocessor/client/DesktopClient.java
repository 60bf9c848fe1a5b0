package io.interactionprocessor.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A client of one agent: it connects to the least loaded node, logs in, and from then on keeps the session whatever happens
 * to connections and nodes. A connection that is lost, or closed with 1012 or 1013, is made anew to another node, the
 * session resumed, and every request without an answer sent again with the same id. After 4001, 4002 and 4003 it stays
 * away. The order of events is checked and events that come twice are left out.
 *
 * <p>Everything happens on the context of the thread that made the client; its methods may be called from any thread.
 */
public final class DesktopClient implements Connection.Receiver {
    /** The code of a connection that the client has left of its own accord, for a node with fewer clients. */
    public static final int MOVED = 1000;

    private static final long TICK_MS = 1_000;
    private static final int NO_CLOSING_FRAME = 1006;

    private final Vertx vertx;
    private final Context context;
    private final ClientOptions options;
    private final ClientListener listener;
    private final ServiceLink link;
    private final WayBack wayBack;
    private final Rebalancing rebalancing;
    private final SequenceCheck sequence = new SequenceCheck();
    private final PendingRequests pending = new PendingRequests();

    private volatile String resourceId;
    private String resumeKey;
    private String endedBecause;
    private long tick = -1;

    /**
     * Makes a client; nothing is sent yet.
     *
     * @param sockets to be shared by many clients, see {@link #sockets(Vertx)}
     */
    public DesktopClient(Vertx vertx, WebSocketClient sockets, ClientOptions options, ClientListener listener) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.options = options;
        this.listener = listener;
        Random random = new Random();
        this.link = new ServiceLink(vertx, sockets, options, this, random);
        this.wayBack = new WayBack(vertx, link, options, random, new WayBack.Session() {
            @Override
            public Future<JsonObject> bindAgain() {
                return DesktopClient.this.bindAgain();
            }

            @Override
            public void back(String url, JsonObject data) {
                DesktopClient.this.back(url, data);
            }

            @Override
            public void gone(String why) {
                end(why);
            }
        });
        this.rebalancing = new Rebalancing(vertx, link, options, random, this::isBound, this::moveTo);
    }

    /** Makes the sockets for any number of clients: snapshots may be large, connections many. */
    public static WebSocketClient sockets(Vertx vertx) {
        return vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(1_000_000)
                .setMaxFrameSize(4 << 20)
                .setMaxMessageSize(16 << 20)
                .setConnectTimeout(2_000));
    }

    // ---- logging in

    /**
     * Connects, logs in and starts the session.
     *
     * @param override whether to take the session from whoever has it
     * @param extension the station to use, or null for the agent's own
     * @return the response to {@code session.start}; fails with {@link RequestFailed}, code {@code confirm} if the agent has
     *     a session already, {@code noAnswer} if the node does not answer, or no node does
     */
    public Future<JsonObject> login(boolean override, String extension) {
        JsonObject station = extension == null ? new JsonObject() : new JsonObject().put("extension", extension);
        return connect()
                .compose(connected -> prepareSession(override))
                .compose(Messages::successful)
                .compose(prepared -> bind())
                .compose(bound -> call("session.start", resourceId, station));
    }

    /** Connects to a node and binds the service. */
    public Future<Void> connect() {
        return onContext(link::connect);
    }

    /** Connects to this node and to no other, and binds the service. */
    public Future<Void> connectTo(String url) {
        return onContext(() -> link.connectTo(url));
    }

    /** Sends {@code prepareSession} and returns its response, {@code confirm} and {@code failure} included. */
    public Future<JsonObject> prepareSession(boolean override) {
        return service("prepareSession", Messages.prepareSession(options, override))
                .onSuccess(response -> {
                    if ("success".equals(response.getString("result"))) {
                        resourceId = response.getJsonObject("resource").getString("id");
                    }
                });
    }

    /** Binds the session that was prepared, and returns the answer's {@code data}. */
    public Future<JsonObject> bind() {
        return onContext(() -> inTime(link.bindResource(resourceId, new JsonObject()))
                .compose(data -> {
                    if (endedBecause != null) {
                        return Future.failedFuture(new RequestFailed("ended", endedBecause));
                    }
                    resumeKey = data.getString("resumeKey");
                    tick = vertx.setPeriodic(TICK_MS, id -> lookAround());
                    return Future.succeededFuture(data);
                }));
    }

    // ---- requests

    /**
     * Sends a request to the session and returns its {@code response}, whatever its result. Once the session is bound it
     * survives the loss of the connection; it fails with {@link RequestFailed} if the session does not exist, if the
     * client has ended, or, with nothing bound to come back to, if there is no connection.
     *
     * @param data what the command needs, or null
     */
    public Future<JsonObject> request(String command, String target, JsonObject data) {
        return onContext(() -> {
            if (endedBecause != null) {
                return Future.failedFuture(new RequestFailed("ended", endedBecause));
            }
            if (resumeKey == null && link.connection() == null) {
                return Future.failedFuture(new RequestFailed("connectionLost", "there is no connection"));
            }
            String id = link.nextId();
            JsonObject message = Messages.resource(id, options.service(), resourceId, command, target, data);
            Future<JsonObject> answer = pending.add(id, message);
            if (isBound()) {
                link.connection().send(message);
            }
            return answer;
        });
    }

    /** As {@link #request}, but fails with {@link RequestFailed} unless the result is {@code success}. */
    public Future<JsonObject> call(String command, String target, JsonObject data) {
        return request(command, target, data).compose(Messages::successful);
    }

    /**
     * Sends a request to the service and returns its {@code response}, whatever its result. If none comes in time the node is
     * taken for dead, and the request fails with {@link RequestFailed}, code {@code noAnswer}.
     */
    public Future<JsonObject> service(String command, JsonObject data) {
        return onContext(() -> inTime(link.service(command, data)));
    }

    /**
     * Sends a core request and returns the whole {@code coreResponse}; without an answer as {@link #service}.
     *
     * @param fields what stands beside the command: {@code serviceId}, {@code resourceId}, {@code data}
     */
    public Future<JsonObject> core(String command, JsonObject fields) {
        return onContext(() -> inTime(link.core(command, fields)));
    }

    /** What the session is asked survives the connection, and {@link #lookAround} sees to it; for this nobody else does. */
    private <T> Future<T> inTime(Future<T> answer) {
        Connection asked = link.connection();
        return Deadline.within(
                vertx, options.patience().toMillis(), answer, () -> closed(asked, NO_CLOSING_FRAME, "no answer"));
    }

    // ---- state

    /** Returns the session's id, which is also its target; null before {@link #prepareSession} has succeeded. */
    public String resourceId() {
        return resourceId;
    }

    /** Returns the node of the present connection, or null. */
    public String url() {
        Connection present = link.connection();
        return present == null ? null : present.url();
    }

    /** Returns the sequence of the last event. */
    public long lastSequence() {
        return sequence.last();
    }

    /** Drops the connection without a word to the session, as a broken network would; the client comes back by itself. */
    public Future<Void> drop() {
        return onContext(link::drop);
    }

    /** Stops reading from the connection, as a client that hangs would, or goes on; what is sent still goes out. */
    public void reads(boolean reading) {
        context.runOnContext(now -> {
            if (link.connection() != null) {
                link.connection().reads(reading);
            }
        });
    }

    /** Leaves for good, without logging out: the session is detached. */
    public Future<Void> close() {
        return onContext(() -> {
            end("closed");
            return link.drop();
        });
    }

    // ---- coming back

    @Override
    public void closed(Connection which, int code, String reason) {
        if (which == link.connection()) {
            link.leave().onComplete(gone -> {});
            lost(which.url(), code, reason);
        }
    }

    private void lost(String url, int code, String reason) {
        link.nodes().learn(reason);
        listener.disconnected(url, code, reason);
        if (endedBecause != null) {
            return;
        }
        switch (code) {
            case 4001 -> end("another connection took the binding");
            case 4002 -> end("the session was overridden");
            case 4003 -> end("the session was ended by an administrator");
            default -> {
                if (resumeKey == null) {
                    // Nothing to come back to: who asked would wait for ever.
                    pending.fail(new RequestFailed("connectionLost", "the connection to " + url));
                } else if (!wayBack.isUnderWay()) {
                    wayBack.begin(url);
                    rebalancing.begin();
                }
            }
        }
    }

    private void moveTo(Connection prepared) {
        String left = url();
        link.change(prepared);
        listener.disconnected(left, MOVED, "a move to a node with fewer clients");
        wayBack.goOver(left);
    }

    private Future<JsonObject> bindAgain() {
        return link.bindResource(
                resourceId, new JsonObject().put("resumeKey", resumeKey).put("lastSequence", sequence.last()));
    }

    private void back(String url, JsonObject data) {
        resumeKey = data.getString("resumeKey");
        boolean resumed = data.getBoolean("resumed");
        if (!resumed) {
            sequence.expectSnapshot();
        }
        listener.resumed(url, resumed);
        pending.sendAgain(link.connection());
    }

    private boolean isBound() {
        return link.connection() != null && !wayBack.isUnderWay();
    }

    /** A node that is frozen or cut off closes nothing. */
    private void lookAround() {
        if (!isBound()) {
            return;
        }
        Connection present = link.connection();
        boolean unanswered = pending.oldest() > options.patience().toNanos();
        if (unanswered || present.silentFor() > options.silence().toNanos()) {
            link.leave().onComplete(gone -> {});
            lost(present.url(), NO_CLOSING_FRAME, unanswered ? "no answer" : "silence");
        } else if (present.silentFor() > options.silence().toNanos() / 3) {
            present.ping();
        }
    }

    private void end(String why) {
        if (endedBecause == null) {
            endedBecause = why;
            link.end();
            wayBack.end();
            rebalancing.end();
            vertx.cancelTimer(tick);
            pending.fail(new RequestFailed("ended", why));
            listener.ended(why);
        }
    }

    // ---- receiving

    @Override
    public void sending(String url, JsonObject message) {
        listener.sending(url, message);
    }

    @Override
    public void received(String url, JsonObject message) {
        listener.received(url, message);
    }

    @Override
    public void message(JsonObject message) {
        switch (message.getString("messageType", "")) {
            case "resourceEvent" -> event(message.getJsonObject("event"));
            case "resourceResponse", "resourceError" -> {
                if (!pending.answered(message)) {
                    listener.strange("an answer that nobody waits for: " + message.encode());
                }
            }
            case "serviceEvent" -> {
                JsonObject event = message.getJsonObject("event", new JsonObject());
                link.nodes().learn(event.getJsonObject("service", new JsonObject()));
                listener.serviceEvent(message);
            }
            default -> listener.strange(message.encode());
        }
    }

    @Override
    public void noMessage(String text) {
        listener.strange(text);
    }

    private void event(JsonObject event) {
        long number = event.getLong("sequence", 0L);
        String name = event.getString("name", "");
        boolean repeat = sequence.isRepeat(number);
        sequence.take(number, name).ifPresent(listener::disorder);
        if (!repeat) {
            listener.event(event);
            if (name.equals("session.ended")) {
                end("session.ended, " + event.getJsonObject("data").getString("reason"));
            }
        }
    }

    private <T> Future<T> onContext(Supplier<Future<T>> work) {
        if (Vertx.currentContext() == context) {
            return work.get();
        }
        Promise<T> promise = Promise.promise();
        context.runOnContext(ignored -> work.get().onComplete(promise));
        return promise.future();
    }
}
