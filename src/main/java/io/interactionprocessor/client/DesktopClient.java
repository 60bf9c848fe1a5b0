package io.interactionprocessor.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
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
    private static final long TICK_MS = 1_000;
    private static final short GOING_AWAY = 1000;

    private final Vertx vertx;
    private final Context context;
    private final WebSocketClient sockets;
    private final ClientOptions options;
    private final ClientListener listener;
    private final Random random = new Random();
    private final NodeList nodes;
    private final SequenceCheck sequence = new SequenceCheck();
    private final UnansweredRequests unanswered = new UnansweredRequests();
    private final String idPrefix = Long.toString(random.nextLong() & Long.MAX_VALUE, 36) + '-';

    private volatile Connection connection;
    private volatile String resourceId;
    private String resumeKey;
    private String endedBecause;
    private long requests;
    private long comingBackSince;
    private long tick = -1;

    /**
     * Makes a client; nothing is sent yet.
     *
     * @param sockets to be shared by many clients, see {@link #sockets(Vertx)}
     */
    public DesktopClient(Vertx vertx, WebSocketClient sockets, ClientOptions options, ClientListener listener) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.sockets = sockets;
        this.options = options;
        this.listener = listener;
        this.nodes = new NodeList(options.urls(), random);
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
     *     a session already
     */
    public Future<JsonObject> login(boolean override, String extension) {
        return connect()
                .compose(connected -> prepareSession(override))
                .compose(Messages::successful)
                .compose(prepared -> bind())
                .compose(bound -> call(
                        "session.start",
                        resourceId,
                        extension == null ? new JsonObject() : new JsonObject().put("extension", extension)));
    }

    /** Connects to a node and binds the service. */
    public Future<Void> connect() {
        return onContext(() -> connectToOneOf(nodes.toTry(null), 0)
                .compose(connected -> options.leastLoaded() ? moveToLeastLoaded() : Future.succeededFuture())
                .compose(moved -> bindService()));
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
        return onContext(() -> bindResource(new JsonObject()).onSuccess(data -> {
            resumeKey = data.getString("resumeKey");
            tick = vertx.setPeriodic(TICK_MS, id -> lookAround());
        }));
    }

    // ---- requests

    /**
     * Sends a request to the session ({@code data} may be null) and returns its {@code response}, whatever its result. It
     * survives the loss of the connection; it fails with {@link RequestFailed} if the session or target does not exist or the client has ended.
     */
    public Future<JsonObject> request(String command, String target, JsonObject data) {
        return onContext(() -> {
            if (endedBecause != null) {
                return Future.failedFuture(new RequestFailed("ended", endedBecause));
            }
            String requestId = nextId();
            JsonObject message = Messages.resource(requestId, options.service(), resourceId, command, target, data);
            Future<JsonObject> answer = unanswered.add(requestId, message);
            if (isBound()) {
                connection.send(message.toBuffer());
            }
            return answer;
        });
    }

    /** As {@link #request}, but fails with {@link RequestFailed} unless the result is {@code success}. */
    public Future<JsonObject> call(String command, String target, JsonObject data) {
        return request(command, target, data).compose(Messages::successful);
    }

    /** Sends a request to the service and returns its {@code response}, whatever its result. */
    public Future<JsonObject> service(String command, JsonObject data) {
        return ask(Messages.service(options.service(), command, data)).map(answer -> answer.getJsonObject("response"));
    }

    /**
     * Sends a core request and returns the whole {@code coreResponse}.
     *
     * @param fields what stands beside the command: {@code serviceId}, {@code resourceId}, {@code data}
     */
    public Future<JsonObject> core(String command, JsonObject fields) {
        return ask(fields.copy().put("messageType", "coreRequest").put("command", command));
    }

    // ---- state

    /** Returns the session's id, which is also its target; null before {@link #prepareSession} has succeeded. */
    public String resourceId() {
        return resourceId;
    }

    /** Returns the node of the present connection, or null. */
    public String url() {
        Connection present = connection;
        return present == null ? null : present.url();
    }

    /** Returns the sequence of the last event. */
    public long lastSequence() {
        return sequence.last();
    }

    /** Drops the connection without a word to the session, as a broken network would; the client comes back by itself. */
    public Future<Void> drop() {
        return onContext(() -> connection == null ? Future.succeededFuture() : connection.close(GOING_AWAY));
    }

    /** Leaves for good, without logging out: the session is detached. */
    public Future<Void> close() {
        return onContext(() -> {
            end("closed");
            return connection == null ? Future.succeededFuture() : connection.close(GOING_AWAY);
        });
    }

    private Future<Void> connectToOneOf(List<String> urls, int index) {
        Future<Void> attempt = open(urls.get(index));
        return index == urls.size() - 1 ? attempt : attempt.recover(failure -> connectToOneOf(urls, index + 1));
    }

    private Future<Void> open(String url) {
        return sockets.connect(new WebSocketConnectOptions().setAbsoluteURI(url).setTimeout(5_000))
                .map(socket -> {
                    connection = new Connection(url, socket, this);
                    return null;
                });
    }

    private Future<Void> moveToLeastLoaded() {
        return core("getServices", new JsonObject()).compose(answer -> {
            JsonObject service = Messages.serviceIn(answer, options.service());
            nodes.learn(service);
            Connection first = connection;
            String best = nodes.leastLoaded(service, first.url());
            if (best.equals(first.url())) {
                return Future.succeededFuture();
            }
            return open(best)
                    .transform(moved -> moved.succeeded() ? first.close(GOING_AWAY) : Future.succeededFuture());
        });
    }

    private Future<Void> bindService() {
        return core("bindService", new JsonObject().put("serviceId", options.service()))
                .compose(Messages::successful)
                .mapEmpty();
    }

    private Future<JsonObject> bindResource(JsonObject data) {
        JsonObject fields = new JsonObject()
                .put("serviceId", options.service())
                .put("resourceId", resourceId)
                .put("data", data);
        return core("bindResource", fields).compose(Messages::successful).map(a -> a.getJsonObject("data"));
    }

    private Future<JsonObject> ask(JsonObject message) {
        return onContext(() -> {
            if (connection == null) {
                return Future.failedFuture(new RequestFailed("connectionLost", "there is no connection"));
            }
            String requestId = nextId();
            return connection
                    .ask(requestId, message.put("requestId", requestId))
                    .compose(answer -> {
                        JsonObject error = answer.getJsonObject("error");
                        return error == null
                                ? Future.succeededFuture(answer)
                                : Future.failedFuture(RequestFailed.of(error));
                    });
        });
    }

    // ---- coming back

    @Override
    public void closed(Connection which, int code, String reason) {
        if (which != connection) {
            return;
        }
        connection = null;
        nodes.learn(reason);
        listener.disconnected(which.url(), code, reason);
        if (endedBecause != null) {
            return;
        }
        switch (code) {
            case 4001 -> end("another connection took the binding");
            case 4002 -> end("the session was overridden");
            case 4003 -> end("the session was ended by an administrator");
            default -> {
                if (resumeKey != null && comingBackSince == 0) {
                    comingBackSince = System.nanoTime();
                    comeBack(nodes.toTry(which.url()), 0);
                }
            }
        }
    }

    private void comeBack(List<String> order, int attempt) {
        long longest =
                Math.min(options.longestDelay().toMillis(), options.firstDelay().toMillis() << Math.min(attempt, 20));
        long delay = 1 + (longest < 1 ? 0 : random.nextLong(longest));
        vertx.setTimer(delay, timer -> {
            if (endedBecause != null) {
                return;
            }
            if (System.nanoTime() - comingBackSince > options.giveUp().toNanos()) {
                end("no node took the session back");
                return;
            }
            String url = order.get(attempt % order.size());
            open(url).compose(opened -> resume(url)).onFailure(failure -> {
                if (isFinal(failure)) {
                    end("the session is gone: " + failure.getMessage());
                }
                Connection useless = connection;
                connection = null;
                if (useless != null) {
                    useless.close(GOING_AWAY).onComplete(closed -> {});
                }
                comeBack(order, attempt + 1);
            });
        });
    }

    private Future<Void> resume(String url) {
        return bindService()
                .compose(bound -> bindResource(
                        new JsonObject().put("resumeKey", resumeKey).put("lastSequence", sequence.last())))
                .map(data -> {
                    comingBackSince = 0;
                    resumeKey = data.getString("resumeKey");
                    boolean resumed = data.getBoolean("resumed");
                    if (!resumed) {
                        sequence.expectSnapshot();
                    }
                    listener.resumed(url, resumed);
                    unanswered.repeat(message -> connection.send(message.toBuffer()));
                    return null;
                });
    }

    /** The session does not exist any more, or somebody else has it. Everything else may be better on another node. */
    private static boolean isFinal(Throwable failure) {
        return failure instanceof RequestFailed refused
                && (refused.code().equals("unknownResource") || refused.code().equals("alreadyBound"));
    }

    private boolean isBound() {
        return connection != null && comingBackSince == 0;
    }

    /** A node that is frozen or cut off closes nothing. */
    private void lookAround() {
        if (!isBound()) {
            return;
        }
        boolean impatient = unanswered.waitsLongerThan(options.patience().toNanos());
        if (impatient || connection.silentFor() > options.silence().toNanos()) {
            Connection dead = connection;
            dead.close(GOING_AWAY).onComplete(closed -> {});
            closed(dead, 1006, impatient ? "no answer" : "silence");
        } else if (connection.silentFor() > options.silence().toNanos() / 3) {
            connection.ping();
        }
    }

    private void end(String why) {
        if (endedBecause != null) {
            return;
        }
        endedBecause = why;
        vertx.cancelTimer(tick);
        unanswered.fail(new RequestFailed("ended", why));
        listener.ended(why);
    }

    @Override
    public void message(JsonObject message) {
        switch (message.getString("messageType", "")) {
            case "resourceEvent" -> event(message.getJsonObject("event"));
            case "resourceResponse", "resourceError" -> answered(message);
            case "serviceEvent" -> {
                JsonObject event = message.getJsonObject("event", new JsonObject());
                nodes.learn(event.getJsonObject("service", new JsonObject()));
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

    private void answered(JsonObject message) {
        if (!unanswered.answered(message)) {
            listener.strange("an answer that nobody waits for: " + message.encode());
        }
    }

    private String nextId() {
        return idPrefix + ++requests;
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
