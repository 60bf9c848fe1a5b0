package io.interactionprocessor.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * A node with one service and one session {@code R} that says what it is told to: enough to hold the client to its side of
 * the protocol. What it has received can be looked at.
 */
final class ScriptedServer {
    static final String SESSION = "R";

    private final HttpServer http;
    private final NetServer network;
    private final List<NetSocket> wires = new CopyOnWriteArrayList<>();
    private final List<NetSocket> ends = new CopyOnWriteArrayList<>();
    private final List<Future<Void>> gone = new CopyOnWriteArrayList<>();
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    private volatile BiPredicate<ServerWebSocket, JsonObject> script = (socket, message) -> false;
    private volatile BiFunction<String, JsonObject, JsonObject> core = (command, message) -> null;
    private volatile JsonArray nodes = new JsonArray();
    private volatile Future<Void> passable = Future.succeededFuture();

    ScriptedServer(Vertx vertx) {
        http = vertx.createHttpServer().webSocketHandler(socket -> {
            sockets.add(socket);
            socket.textMessageHandler(text -> answer(socket, new JsonObject(text)));
        });
        http.listen(0, "127.0.0.1").await();
        NetClient inner = vertx.createNetClient();
        network = vertx.createNetServer().connectHandler(wire -> {
            wires.add(wire);
            Promise<Void> closed = Promise.promise();
            gone.add(closed.future());
            wire.closeHandler(closed::complete);
            wire.pause();
            Context here = vertx.getOrCreateContext();
            passable.onSuccess(free -> here.runOnContext(now -> pass(inner, wire)));
        });
        network.listen(0, "127.0.0.1").await();
    }

    private void pass(NetClient inner, NetSocket wire) {
        inner.connect(http.actualPort(), "127.0.0.1").onSuccess(end -> {
            ends.add(end);
            wire.pipeTo(end);
            end.pipeTo(wire);
        });
    }

    String url() {
        return "ws://127.0.0.1:" + network.actualPort() + "/ws";
    }

    /** What the script answers itself (it says so with true), the usual answers leave alone. */
    void script(BiPredicate<ServerWebSocket, JsonObject> ownAnswers) {
        script = ownAnswers;
    }

    /** Requests of this command are never answered, as by a node that freezes in that moment. */
    void swallows(String command) {
        script = (socket, message) -> command.equals(commandOf(message));
    }

    /** Other answers to core requests; null: the usual one. */
    void core(BiFunction<String, JsonObject, JsonObject> answers) {
        core = answers;
    }

    void nodes(JsonObject... all) {
        nodes = new JsonArray(List.of((Object[]) all));
    }

    static JsonObject node(String url, int clients, boolean accepting) {
        return new JsonObject()
                .put("url", url)
                .put("acceptingClients", accepting)
                .put("clientCount", clients);
    }

    /** The requests of one command, in the order in which they came. */
    List<JsonObject> received(String command) {
        return received.stream()
                .filter(message -> command.equals(commandOf(message)))
                .toList();
    }

    int connections() {
        return (int) sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    /** Who connects from now on waits for the end of the handshake until this is completed. */
    Promise<Void> isHeldUp() {
        Promise<Void> free = Promise.promise();
        passable = free.future();
        return free;
    }

    /** How many have come, whether or not their handshake is over. */
    int arrivals() {
        return wires.size();
    }

    /** How many handshakes are over. */
    int handshakes() {
        return sockets.size();
    }

    /** Closes the present connection. */
    void close(int code, String reason) {
        last().close((short) code, reason);
    }

    /** Cuts the network: every TCP connection goes without a closing frame. */
    void cut() {
        wires.forEach(wire -> wire.close().await());
        wires.clear();
    }

    /** What is sent from now on is on its way for a while: until {@link #arrives}. What clients send gets through. */
    void isSlow() {
        ends.forEach(NetSocket::pause);
    }

    /** What has been on its way arrives; completes when the clients have had it and have closed their connections. */
    Future<Void> arrives() {
        ends.forEach(NetSocket::resume);
        return Future.all(gone).mapEmpty();
    }

    private ServerWebSocket last() {
        return sockets.get(sockets.size() - 1);
    }

    void send(JsonObject message) {
        last().writeTextMessage(message.encode());
    }

    void event(long sequence, String name, JsonObject data) {
        send(new JsonObject()
                .put("messageType", "resourceEvent")
                .put("serviceId", "sim")
                .put("resourceId", SESSION)
                .put(
                        "event",
                        new JsonObject()
                                .put("messageType", "objectEvent")
                                .put("name", name)
                                .put("target", SESSION)
                                .put("sequence", sequence)
                                .put("data", data)));
    }

    void stop() {
        network.close().await();
        cut();
    }

    private static String commandOf(JsonObject message) {
        JsonObject request = message.getJsonObject("request");
        return request == null ? message.getString("command") : request.getString("command");
    }

    private void answer(ServerWebSocket socket, JsonObject message) {
        received.add(message);
        if (script.test(socket, message)) {
            return;
        }
        String command = commandOf(message);
        JsonObject answer = switch (message.getString("messageType")) {
            case "coreRequest" -> {
                JsonObject own = core.apply(command, message);
                yield own == null ? coreAnswer(command) : own;
            }
            case "serviceRequest" ->
                new JsonObject()
                        .put("messageType", "serviceResponse")
                        .put(
                                "response",
                                new JsonObject()
                                        .put("command", command)
                                        .put("result", "success")
                                        .put("resource", new JsonObject().put("id", SESSION)));
            default -> success(command);
        };
        socket.writeTextMessage(
                answer.put("requestId", message.getString("requestId")).encode());
    }

    static JsonObject success(String command) {
        return new JsonObject()
                .put("messageType", "resourceResponse")
                .put("response", new JsonObject().put("command", command).put("result", "success"));
    }

    static JsonObject failure(String command, String code) {
        return new JsonObject()
                .put("messageType", "coreResponse")
                .put("command", command)
                .put("result", "failure")
                .put("failure", new JsonObject().put("code", code).put("message", "because"));
    }

    static JsonObject error(String code) {
        return new JsonObject()
                .put("messageType", "resourceError")
                .put("error", new JsonObject().put("code", code).put("message", "because"));
    }

    static JsonObject bound(boolean resumed) {
        return new JsonObject()
                .put("messageType", "coreResponse")
                .put("command", "bindResource")
                .put("result", "success")
                .put(
                        "data",
                        new JsonObject()
                                .put("resumeKey", "key")
                                .put("epoch", 1)
                                .put("resumed", resumed)
                                .put("state", "active"));
    }

    private JsonObject coreAnswer(String command) {
        if (command.equals("bindResource")) {
            return bound(true);
        }
        JsonObject answer = new JsonObject()
                .put("messageType", "coreResponse")
                .put("command", command)
                .put("result", "success");
        return command.equals("getServices")
                ? answer.put(
                        "data",
                        new JsonObject()
                                .put(
                                        "services",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("id", "sim")
                                                        .put("serviceStatus", new JsonObject().put("nodes", nodes)))))
                : answer.put("data", new JsonObject());
    }
}
