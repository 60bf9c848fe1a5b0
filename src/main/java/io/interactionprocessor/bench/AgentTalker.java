package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An agent who goes ready and not ready by turns. It logs in like anybody, with parsed answers; then it looks only at what
 * kind of message it is, and whether an answer ends as a success does.
 */
final class AgentTalker extends Talker {
    /** Where the word resource ends in the value of messageType, the first field. */
    private static final int KIND = 24;

    private static final byte[] SUCCESS = "\"result\":\"success\"}}".getBytes(StandardCharsets.UTF_8);

    private final String agent;
    private final Map<String, Promise<JsonObject>> asked = new HashMap<>();
    private final Map<String, Promise<JsonObject>> awaited = new HashMap<>();
    private boolean lean;
    private String resource;
    private String channel;
    private String prefix;
    private String ready;
    private String notReady;
    private boolean isReady;
    private boolean answered;
    private boolean told;
    private long requests;
    private int nameBase;
    private int nameAt;

    AgentTalker(WebSocket socket, String agent) {
        super(socket);
        this.agent = agent;
    }

    /** Logs in and activates the channel. */
    Future<AgentTalker> begin() {
        Future<JsonObject> created = await("channel.created");
        Future<JsonObject> initialized = await("session.initialized");
        return core("bindService", "\"serviceId\":\"sim\"")
                .compose(bound -> prepare())
                .compose(prepared ->
                        core("bindResource", "\"serviceId\":\"sim\",\"resourceId\":\"" + resource + "\",\"data\":{}"))
                .compose(bound -> request("session.start", resource))
                .compose(started -> initialized)
                .compose(known -> created)
                .compose(event -> {
                    channel = event.getString("target");
                    return request("channel.activate", channel);
                })
                .map(active -> {
                    beLean();
                    return this;
                });
    }

    private void beLean() {
        lean = true;
        nameBase = ("{\"messageType\":\"resourceEvent\",\"serviceId\":\"sim\",\"resourceId\":\"" + resource
                        + "\",\"requestId\":\"\",\"event\":{\"messageType\":\"objectEvent\",\"name\":\"")
                .length();
        prefix = "{\"messageType\":\"resourceRequest\",\"requestId\":\"";
        String middle = "\",\"serviceId\":\"sim\",\"resourceId\":\"" + resource + "\",\"request\":{\"command\":\"";
        ready = middle + "channel.ready\",\"target\":\"" + channel + "\",\"data\":{}}}";
        notReady = middle + "channel.notready\",\"target\":\"" + channel + "\",\"data\":{}}}";
    }

    @Override
    void send() {
        answered = false;
        told = false;
        String id = Long.toString(++requests);
        nameAt = nameBase + id.length();
        write(prefix + id + (isReady ? notReady : ready));
        isReady = !isReady;
    }

    @Override
    void received(Buffer message) {
        if (!lean) {
            parsed(message.toJsonObject());
            return;
        }
        if (message.length() < KIND + 2 || message.getByte(16) != 'r') {
            return; // the service's own events
        }
        if (message.getByte(KIND) == 'R') {
            answered = true;
            listener().answered(this, endsAsSuccess(message));
        } else if (message.getByte(KIND + 1) == 'v') {
            // Whatever else has changed by the command is told too, as actions.updated of the channel's group.
            told |= message.length() > nameAt && message.getByte(nameAt) == 'c';
            listener().event();
        } else {
            listener().answered(this, false);
            answered = true;
            told = true;
        }
        if (answered && told) {
            answered = false;
            listener().done(this);
        }
    }

    private static boolean endsAsSuccess(Buffer message) {
        int offset = message.length() - SUCCESS.length;
        for (int i = 0; i < SUCCESS.length; i++) {
            if (offset < 0 || message.getByte(offset + i) != SUCCESS[i]) {
                return false;
            }
        }
        return true;
    }

    // ---- logging in

    private Future<Void> prepare() {
        String id = "s" + ++requests;
        return ask(
                        id,
                        "{\"messageType\":\"serviceRequest\",\"requestId\":\"" + id
                                + "\",\"serviceId\":\"sim\",\"request\":{\"command\":\"prepareSession\",\"data\":{\"override\":true,"
                                + "\"agent\":{\"id\":\"" + agent + "\",\"password\":\"demo\"}}}}")
                .map(answer -> answer.getJsonObject("response"))
                .compose(AgentTalker::successful)
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
                .compose(AgentTalker::successful);
    }

    private Future<JsonObject> request(String command, String target) {
        String id = "s" + ++requests;
        return ask(
                        id,
                        "{\"messageType\":\"resourceRequest\",\"requestId\":\"" + id
                                + "\",\"serviceId\":\"sim\",\"resourceId\":\"" + resource
                                + "\",\"request\":{\"command\":\"" + command + "\",\"target\":\"" + target
                                + "\",\"data\":{}}}")
                .map(answer -> answer.getJsonObject("response", answer))
                .compose(AgentTalker::successful);
    }

    private Future<JsonObject> ask(String id, String text) {
        Promise<JsonObject> promise = Promise.promise();
        asked.put(id, promise);
        write(text);
        return promise.future();
    }

    private Future<JsonObject> await(String event) {
        Promise<JsonObject> promise = Promise.promise();
        awaited.put(event, promise);
        return promise.future();
    }

    private static Future<JsonObject> successful(JsonObject answer) {
        return "success".equals(answer.getString("result"))
                ? Future.succeededFuture(answer)
                : Future.failedFuture(new BenchFailed("refused: " + answer.encode()));
    }

    private void parsed(JsonObject message) {
        JsonObject event = message.getJsonObject("event");
        if (event != null) {
            Promise<JsonObject> promise = awaited.remove(event.getString("name", ""));
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
