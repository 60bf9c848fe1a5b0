package io.interactionprocessor.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** The way to the service: the present connection, and the requests to the core and to the service over it. */
final class ServiceLink {
    static final short GOING_AWAY = 1000;
    static final long CONNECT_TIMEOUT_MS = 5_000;

    /** For the first answers, which need nothing of the cluster, as long as there are other nodes to go to. */
    private static final long BIND_TIMEOUT_MS = 5_000;

    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final ClientOptions options;
    private final Connection.Receiver receiver;
    private final NodeList nodes;
    private final String idPrefix;
    private long requests;
    private volatile Connection connection;
    private boolean over;

    ServiceLink(
            Vertx vertx, WebSocketClient sockets, ClientOptions options, Connection.Receiver receiver, Random random) {
        this.vertx = vertx;
        this.sockets = sockets;
        this.options = options;
        this.receiver = receiver;
        this.nodes = new NodeList(options.urls(), random);
        this.idPrefix = Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX) + '-';
    }

    /** Returns the present connection, or null. */
    Connection connection() {
        return connection;
    }

    NodeList nodes() {
        return nodes;
    }

    /** Returns an id that no other request of this client has, nor one of another client for the same session. */
    String nextId() {
        return idPrefix + ++requests;
    }

    /** Makes no connection any more; one that is being made is left. */
    void end() {
        over = true;
    }

    /**
     * Connects to some node, moves to the least loaded one if that is wanted, and binds the service. The last node that is
     * known has as long as any answer may take, the others have less.
     */
    Future<Void> connect() {
        return connectToOneOf(nodes.toTry(null), 0);
    }

    private Future<Void> connectToOneOf(List<String> urls, int index) {
        boolean last = index == urls.size() - 1;
        Future<Void> attempt = settle(urls.get(index), options.leastLoaded(), last ? patience() : longestBind());
        return last ? attempt : attempt.recover(failure -> connectToOneOf(urls, index + 1));
    }

    /** Connects to this node and binds the service. */
    Future<Void> connectTo(String url) {
        return settle(url, false, patience());
    }

    private Future<Void> settle(String url, boolean moving, long longest) {
        return open(url)
                .compose(opened -> moving ? moveToLeastLoaded(longest) : Future.succeededFuture(false))
                .compose(moved ->
                        moved ? Future.succeededFuture() : Deadline.within(vertx, longest, bindServiceOver(connection)))
                .recover(failure -> {
                    leave().onComplete(left -> {});
                    return Future.failedFuture(failure);
                });
    }

    private long patience() {
        return options.patience().toMillis();
    }

    private long longestBind() {
        return Math.min(BIND_TIMEOUT_MS, patience());
    }

    private Future<Void> open(String url) {
        return open(url, CONNECT_TIMEOUT_MS);
    }

    /** Connects, but fails after so many milliseconds. */
    Future<Void> open(String url, long timeout) {
        return reach(url, timeout).map(reached -> {
            connection = reached;
            return null;
        });
    }

    private Future<Connection> reach(String url, long timeout) {
        if (over) {
            return ended();
        }
        return sockets.connect(new WebSocketConnectOptions().setAbsoluteURI(url).setTimeout(timeout))
                .compose(socket -> unlessOver(new Connection(url, socket, receiver)));
    }

    /** Who has ended the client meanwhile could not close this connection. */
    private Future<Connection> unlessOver(Connection reached) {
        if (over) {
            reached.leave(GOING_AWAY).onComplete(left -> {});
            return ended();
        }
        return Future.succeededFuture(reached);
    }

    private static <T> Future<T> ended() {
        return Future.failedFuture(new RequestFailed("ended", "the client has ended meanwhile"));
    }

    /** Connects to another node and binds the service there, while the present connection stays in use. */
    Future<Connection> prepare(String url) {
        return reach(url, CONNECT_TIMEOUT_MS)
                .compose(reached -> Deadline.within(vertx, longestBind(), bindServiceOver(reached))
                        .onFailure(failure -> reached.leave(GOING_AWAY).onComplete(left -> {}))
                        .compose(bound -> unlessOver(reached)));
    }

    /** Goes over to a connection that was prepared; what the present one may still say is not heard. */
    void change(Connection prepared) {
        leave().onComplete(left -> {});
        connection = prepared;
    }

    /** Forgets the present connection and closes it; what it may still say is not heard. */
    Future<Void> leave() {
        Connection left = connection;
        connection = null;
        return left == null ? Future.succeededFuture() : left.leave(GOING_AWAY);
    }

    /** Closes the present connection as if the network had broken. */
    Future<Void> drop() {
        return connection == null ? Future.succeededFuture() : connection.close(GOING_AWAY);
    }

    Future<Void> bindService() {
        return bindServiceOver(connection);
    }

    private Future<Void> bindServiceOver(Connection on) {
        String id = nextId();
        return ask(on, id, Messages.core(id, "bindService", new JsonObject().put("serviceId", options.service())))
                .compose(Messages::successful)
                .mapEmpty();
    }

    Future<JsonObject> bindResource(String resource, JsonObject data) {
        JsonObject fields = new JsonObject()
                .put("serviceId", options.service())
                .put("resourceId", resource)
                .put("data", data);
        return core("bindResource", fields).compose(Messages::successful).map(answer -> answer.getJsonObject("data"));
    }

    Future<JsonObject> core(String command, JsonObject fields) {
        String id = nextId();
        return ask(connection, id, Messages.core(id, command, fields));
    }

    Future<JsonObject> service(String command, JsonObject data) {
        String id = nextId();
        return ask(connection, id, Messages.service(id, options.service(), command, data))
                .map(answer -> answer.getJsonObject("response"));
    }

    private static Future<JsonObject> ask(Connection on, String requestId, JsonObject message) {
        if (on == null) {
            return Future.failedFuture(new RequestFailed("connectionLost", "there is no connection"));
        }
        return on.ask(requestId, message).compose(answer -> {
            JsonObject error = answer.getJsonObject("error");
            return error == null ? Future.succeededFuture(answer) : Future.failedFuture(RequestFailed.of(error));
        });
    }

    /** Asks for the service as it is now, and learns its nodes. */
    Future<JsonObject> look() {
        return core("getServices", new JsonObject()).map(answer -> {
            JsonObject service = serviceIn(answer);
            nodes.learn(service);
            return service;
        });
    }

    /** Returns whether it has moved; then the service is bound. */
    private Future<Boolean> moveToLeastLoaded(long longest) {
        return Deadline.within(vertx, longest, look()).compose(service -> {
            String present = connection.url();
            String best = nodes.leastLoaded(service, present);
            if (best.equals(present)) {
                return Future.succeededFuture(false);
            }
            return prepare(best)
                    .map(prepared -> {
                        change(prepared);
                        return true;
                    })
                    .otherwise(false);
        });
    }

    private JsonObject serviceIn(JsonObject answer) {
        for (Object service : answer.getJsonObject("data").getJsonArray("services")) {
            if (options.service().equals(((JsonObject) service).getString("id"))) {
                return (JsonObject) service;
            }
        }
        return new JsonObject();
    }
}
