package io.interactionprocessor.torture.load;

import io.interactionprocessor.client.ClientListener;
import io.interactionprocessor.torture.history.ClientHistory;
import io.interactionprocessor.torture.history.Happening;
import io.interactionprocessor.torture.history.Happening.Level;
import io.interactionprocessor.torture.history.Tokens;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Writes a client's history: everything that goes out and comes in, before the client makes anything of it. */
class Recorder implements ClientListener {
    static final String OVERRIDE = "prepareSession+override";

    private final ClientHistory history;
    private final Map<String, Asked> open = new HashMap<>();
    private boolean leaving;

    private record Asked(long at, String resource) {}

    Recorder(ClientHistory history) {
        this.history = history;
    }

    ClientHistory history() {
        return history;
    }

    /** From now on the session's end is what the harness wants. */
    void leave() {
        leaving = true;
    }

    @Override
    public void sending(String url, JsonObject message) {
        long now = Micros.now();
        JsonObject request = message.getJsonObject("request", message);
        String command = request.getString("command");
        JsonObject data = request.getJsonObject("data");
        if (command.equals("prepareSession") && data.getBoolean("override", false)) {
            command = OVERRIDE;
        }
        Level level = switch (message.getString("messageType")) {
            case "resourceRequest" -> Level.SESSION;
            case "serviceRequest" -> Level.SERVICE;
            default -> Level.CORE;
        };
        if (level != Level.SESSION) {
            open.put(message.getString("requestId"), new Asked(now, message.getString("resourceId")));
        }
        history.add(new Happening.Sent(
                now, url, level, message.getString("requestId"), command, request.getString("target"), token(data)));
    }

    private static String token(JsonObject data) {
        JsonObject set = data != null && data.getValue("set") instanceof JsonObject object ? object : new JsonObject();
        return set.fieldNames().stream().filter(Tokens::is).findFirst().orElse(null);
    }

    @Override
    public void received(String url, JsonObject message) {
        long now = Micros.now();
        switch (message.getString("messageType", "")) {
            case "resourceEvent" -> event(now, url, message.getJsonObject("event"));
            case "coreResponse" -> core(now, url, message);
            case "serviceResponse" -> service(now, url, message);
            case "resourceResponse" -> answered(now, url, message, message.getJsonObject("response"));
            case "coreError", "serviceError", "resourceError" -> error(now, url, message);
            default -> {
                // events of services are nobody's session
            }
        }
    }

    private void event(long now, String url, JsonObject event) {
        JsonObject data = event.getJsonObject("data", new JsonObject());
        history.add(new Happening.Event(
                now,
                url,
                event.getLong("sequence", 0L),
                event.getString("name", "").intern(),
                event.getString("target", "").intern(),
                event.getString("requestId"),
                data.getValue("state") instanceof String state ? state.intern() : null));
    }

    private void core(long now, String url, JsonObject message) {
        answered(now, url, message, message);
        Asked asked = open.remove(message.getString("requestId"));
        JsonObject data = message.getJsonObject("data");
        boolean bound =
                "bindResource".equals(message.getString("command")) && "success".equals(message.getString("result"));
        if (bound && asked != null && data != null) {
            history.add(new Happening.Bound(
                    now, url, asked.resource(), data.getLong("epoch", -1L), data.getBoolean("resumed", false)));
        }
    }

    private void service(long now, String url, JsonObject message) {
        JsonObject response = message.getJsonObject("response");
        Asked asked = open.remove(message.getString("requestId"));
        JsonObject resource = response.getJsonObject("resource");
        if (resource != null && asked != null && "success".equals(response.getString("result"))) {
            history.add(new Happening.Granted(now, url, asked.at(), resource.getString("id")));
        }
        answered(now, url, message, response);
    }

    private void answered(long now, String url, JsonObject message, JsonObject response) {
        JsonObject failure = response.getJsonObject("failure");
        history.add(new Happening.Answered(
                now,
                url,
                message.getString("requestId"),
                response.getString("result", "").intern(),
                failure == null ? null : failure.getString("code", "").intern()));
    }

    private void error(long now, String url, JsonObject message) {
        JsonObject error = message.getJsonObject("error", new JsonObject());
        open.remove(message.getString("requestId", ""));
        history.add(new Happening.Answered(
                now, url, message.getString("requestId", ""), "error", error.getString("code", "")));
    }

    @Override
    public void disconnected(String url, int code, String reason) {
        history.add(new Happening.Closed(Micros.now(), url, code, reason));
    }

    @Override
    public void ended(String why) {
        history.add(new Happening.Ended(Micros.now(), why, leaving));
    }
}
