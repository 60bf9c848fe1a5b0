package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** An agent with a session of its own. It logs in like anybody, with parsed answers; what it does then is fast or not. */
abstract class Desk extends Talker {
    private final String agent;
    private final Map<String, Promise<JsonObject>> asked = new HashMap<>();
    private final Map<String, Promise<JsonObject>> awaited = new HashMap<>();
    private String resource;
    private String channel;
    private long requests;

    Desk(WebSocket socket, String agent) {
        super(socket);
        this.agent = agent;
    }

    String agent() {
        return agent;
    }

    String resource() {
        return resource;
    }

    String channel() {
        return channel;
    }

    /** Logs in and activates the channel. */
    Future<Void> login() {
        Future<JsonObject> created = await("channel.created");
        Future<JsonObject> initialized = await("session.initialized");
        return core("bindService", "\"serviceId\":\"sim\"")
                .compose(bound -> prepare())
                .compose(prepared ->
                        core("bindResource", "\"serviceId\":\"sim\",\"resourceId\":\"" + resource + "\",\"data\":{}"))
                .compose(bound -> request("session.start", resource, "{}"))
                .compose(started -> initialized)
                .compose(known -> created)
                .compose(event -> {
                    channel = event.getString("target");
                    return request("channel.activate", channel, "{}");
                })
                .mapEmpty();
    }

    @Override
    void received(Buffer message) {
        parsed(message.toJsonObject());
    }

    private Future<Void> prepare() {
        String id = "s" + ++requests;
        return ask(
                        id,
                        "{\"messageType\":\"serviceRequest\",\"requestId\":\"" + id
                                + "\",\"serviceId\":\"sim\",\"request\":{\"command\":\"prepareSession\",\"data\":{\"override\":true,"
                                + "\"agent\":{\"id\":\"" + agent + "\",\"password\":\"demo\"}}}}")
                .map(answer -> answer.getJsonObject("response"))
                .compose(Desk::successful)
                .map(response -> {
                    resource = response.getJsonObject("resource").getString("id");
                    return null;
                });
    }

    private Future<JsonObject> core(String command, String fields) {
        String id = "s" + ++requests;
        return ask(
                        id,
                        "{\"messageType\":\"coreRequest\",\"requestId\":\"" + id + "\",\"command\":\"" + command + "\","
                                + fields + "}")
                .compose(Desk::successful);
    }

    Future<JsonObject> request(String command, String target, String data) {
        String id = "s" + ++requests;
        return ask(
                        id,
                        "{\"messageType\":\"resourceRequest\",\"requestId\":\"" + id
                                + "\",\"serviceId\":\"sim\",\"resourceId\":\"" + resource
                                + "\",\"request\":{\"command\":\"" + command + "\",\"target\":\"" + target
                                + "\",\"data\":" + data + "}}")
                .map(answer -> answer.getJsonObject("response", answer))
                .compose(Desk::successful);
    }

    private Future<JsonObject> ask(String id, String text) {
        Promise<JsonObject> promise = Promise.promise();
        asked.put(id, promise);
        write(text);
        return promise.future();
    }

    Future<JsonObject> await(String event) {
        Promise<JsonObject> promise = Promise.promise();
        awaited.put(event, promise);
        return promise.future();
    }

    private static Future<JsonObject> successful(JsonObject answer) {
        return "success".equals(answer.getString("result"))
                ? Future.succeededFuture(answer)
                : Future.failedFuture(new BenchFailed("refused: " + answer.encode()));
    }

    void parsed(JsonObject message) {
        JsonObject event = message.getJsonObject("event");
        if (event != null) {
            // a change of state is awaited by the state
            String name = event.getString("name", "");
            JsonObject data = event.getJsonObject("data", new JsonObject());
            Promise<JsonObject> promise =
                    awaited.remove(name.equals("state.updated") ? data.getString("state", "") : name);
            if (promise != null) {
                promise.complete(event);
            }
            return;
        }
        Promise<JsonObject> promise = asked.remove(message.getString("requestId", ""));
        if (promise != null) {
            promise.complete(message);
        }
    }
}
