package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.cti.LinkReply;
import io.interactionprocessor.model.Member;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** What the switch's own side can do, as JSON: written by {@link SimulatedSwitchApi} on any node, run where the switch is. */
final class SwitchOperations {
    private static final String OPERATION = "operation";

    private SwitchOperations() {}

    static JsonObject call(String from, String to, JsonObject data, long hangUpAfter) {
        return new JsonObject()
                .put(OPERATION, "call")
                .put("from", from)
                .put("to", to)
                .put("data", data)
                .put("hangupAfterMs", hangUpAfter);
    }

    static JsonObject hangUp(String call) {
        return new JsonObject().put(OPERATION, "hangUp").put("id", call);
    }

    static JsonObject calls() {
        return new JsonObject().put(OPERATION, "calls");
    }

    static JsonObject history(long after, int limit) {
        return new JsonObject().put(OPERATION, "history").put("after", after).put("limit", limit);
    }

    static JsonObject traffic(int callsPerMinute, long talk) {
        return new JsonObject()
                .put(OPERATION, "traffic")
                .put("callsPerMinute", callsPerMinute)
                .put("talkMs", talk);
    }

    static JsonObject link(String state) {
        return new JsonObject().put(OPERATION, "link").put("state", state);
    }

    /** Returns the state that the link is to have, or null if a request is about something else. */
    static String linkState(String json) {
        JsonObject request = new JsonObject(json);
        return "link".equals(request.getString(OPERATION)) ? request.getString("state") : null;
    }

    static JsonObject error(String field, String message) {
        JsonObject error = new JsonObject();
        if (field != null) {
            error.put("field", field);
        }
        return new JsonObject().put("error", error.put("message", message));
    }

    static LinkReply.Side run(SimulatedSwitch model, String json, long now) {
        JsonObject request = new JsonObject(json);
        return switch (request.getString(OPERATION)) {
            case "call" -> runCall(model, request, now);
            case "hangUp" ->
                model.customerHangsUp(request.getString("id"), now)
                        ? done(new JsonObject().put("id", request.getString("id")))
                        : failed(404, "no customer is on a call " + request.getString("id"));
            case "calls" -> done(new JsonObject().put("calls", calls(model)));
            case "history" -> runHistory(model, request);
            case "traffic" -> {
                model.setTraffic(request.getInteger("callsPerMinute"), request.getLong("talkMs"), now);
                request.remove(OPERATION);
                yield done(request);
            }
            case "link" -> {
                model.setLink(!"down".equals(request.getString("state")), now);
                request.remove(OPERATION);
                yield done(request);
            }
            default -> failed(400, "this release knows no operation " + request.getString(OPERATION));
        };
    }

    private static LinkReply.Side runCall(SimulatedSwitch model, JsonObject request, long now) {
        String id = model.customerCalls(
                request.getString("from"),
                request.getString("to"),
                request.getJsonObject("data").getMap(),
                request.getLong("hangupAfterMs"),
                now);
        return id == null
                ? failed(503, "the switch is full: end some calls first")
                : done(new JsonObject().put("id", id));
    }

    private static LinkReply.Side runHistory(SimulatedSwitch model, JsonObject request) {
        List<HistoryEntry> entries = model.history(request.getLong("after"), request.getInteger("limit"));
        JsonArray list = new JsonArray();
        for (HistoryEntry entry : entries) {
            JsonObject json = new JsonObject()
                    .put("number", entry.number())
                    .put("at", Instant.ofEpochMilli(entry.at()).toString())
                    .put("what", entry.what());
            entry.detail().forEach(json::put);
            list.add(json);
        }
        return done(new JsonObject().put("entries", list).put("last", model.lastHistoryNumber()));
    }

    private static JsonArray calls(SimulatedSwitch model) {
        JsonArray calls = new JsonArray();
        for (CallSummary call : model.calls()) {
            JsonArray parties = new JsonArray();
            for (Member party : call.parties()) {
                parties.add(new JsonObject()
                        .put("id", party.id())
                        .put("address", party.address())
                        .put("name", party.name())
                        .put("role", party.role().wire())
                        .put("state", party.state().wire()));
            }
            calls.add(new JsonObject()
                    .put("id", call.id())
                    .put("from", call.from())
                    .put("to", call.to())
                    .put("since", Instant.ofEpochMilli(call.since()).toString())
                    .put("data", new JsonObject(call.data()))
                    .put("parties", parties));
        }
        return calls;
    }

    private static LinkReply.Side done(JsonObject json) {
        return new LinkReply.Side(200, json.encode());
    }

    private static LinkReply.Side failed(int status, String message) {
        return new LinkReply.Side(status, error(null, message).encode());
    }
}
