package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A call as JSON, short, since it is kept in a channel's variable. */
final class CallRecord {
    private CallRecord() {}

    static JsonObject write(Call call) {
        JsonArray parties = new JsonArray();
        call.parties.forEach(party -> parties.add(write(party)));
        JsonObject json = new JsonObject()
                .put("id", call.id)
                .put("from", call.from)
                .put("to", call.to)
                .put("since", call.since)
                .put("parties", parties);
        if (!call.data.isEmpty()) {
            json.put("data", new JsonObject(call.data));
        }
        if (!call.keptFrom.isEmpty()) {
            JsonObject kept = new JsonObject();
            call.keptFrom.forEach(kept::put);
            json.put("kept", kept);
        }
        text(json, "waiting", call.waitingIn);
        text(json, "pbxQueue", call.pbxQueue);
        return json;
    }

    private static JsonObject write(Party party) {
        JsonObject json = new JsonObject()
                .put("id", party.id)
                .put("number", party.number)
                .put("kind", party.kind.name())
                .put("address", party.address)
                .put("name", party.name)
                .put("since", party.since)
                .put("state", party.state.name())
                .put("cause", party.cause.name())
                .put("direction", party.direction.name());
        text(json, "agent", party.agent == null ? null : party.agent.id);
        text(json, "line", party.line == null ? null : party.line.id);
        text(json, "endpoint", party.line == null ? null : party.line.endpoint);
        text(json, "queue", party.queue);
        text(json, "from", party.from);
        text(json, "to", party.to);
        text(json, "consultOf", party.consultOf);
        text(json, "called", party.calledId);
        flag(json, "made", party.line != null && party.line.phase != Line.Phase.WANTED);
        flag(json, "muted", party.muted);
        flag(json, "calling", party.calling);
        flag(json, "answered", party.answered);
        flag(json, "offered", party.offered);
        flag(json, "accepted", party.accepted);
        flag(json, "phoneHeld", party.phoneHeld);
        flag(json, "movedRinging", party.movedRinging);
        if (party.deadline != 0) {
            json.put("deadline", party.deadline);
        }
        return json;
    }

    private static void text(JsonObject json, String key, String value) {
        if (value != null && !value.isEmpty()) {
            json.put(key, value);
        }
    }

    private static void flag(JsonObject json, String key, boolean value) {
        if (value) {
            json.put(key, true);
        }
    }

    /**
     * Puts a call that has been written down onto a board. Lines that had been made, and that the board does not have yet,
     * are {@code GONE} until somebody has seen them.
     */
    static Call read(Board board, JsonObject json) {
        Call call = new Call(json.getString("id"), json.getString("from"), json.getString("to"), json.getLong("since"));
        call.revision = json.getLong("rev", 0L);
        call.data.putAll(json.getJsonObject("data", new JsonObject()).getMap());
        json.getJsonObject("kept", new JsonObject())
                .forEach(kept -> call.keptFrom.put(kept.getKey(), ((Number) kept.getValue()).longValue()));
        call.pbxQueue = json.getString("pbxQueue");
        board.calls.put(call.id, call);
        for (Object party : json.getJsonArray("parties")) {
            read(board, call, (JsonObject) party);
        }
        if (json.containsKey("waiting")) {
            board.wait(call, json.getString("waiting"));
        }
        return call;
    }

    private static void read(Board board, Call call, JsonObject json) {
        Agent agent = board.agents.get(json.getString("agent", ""));
        Party party = new Party(
                json.getString("id"),
                json.getLong("number"),
                Party.Kind.valueOf(json.getString("kind")),
                agent,
                json.getString("address"),
                json.getString("name"),
                json.getLong("since"));
        party.call = call;
        party.state = ConversationState.valueOf(json.getString("state"));
        party.cause = Cause.valueOf(json.getString("cause"));
        party.direction = Direction.valueOf(json.getString("direction"));
        party.queue = json.getString("queue");
        party.from = json.getString("from", "");
        party.to = json.getString("to", "");
        party.consultOf = json.getString("consultOf");
        party.calledId = json.getString("called");
        party.muted = json.getBoolean("muted", false);
        party.calling = json.getBoolean("calling", false);
        party.answered = json.getBoolean("answered", false);
        party.offered = json.getBoolean("offered", false);
        party.accepted = json.getBoolean("accepted", false);
        party.phoneHeld = json.getBoolean("phoneHeld", false);
        party.movedRinging = json.getBoolean("movedRinging", false);
        party.deadline = json.getLong("deadline", 0L);
        call.parties.add(party);
        if (agent != null) {
            agent.legs.add(party);
        }
        String line = json.getString("line");
        if (line != null) {
            party.join(board.lines.computeIfAbsent(
                    line,
                    id -> new Line(
                            id,
                            json.getString("endpoint", ""),
                            json.getBoolean("made", false) ? Line.Phase.GONE : Line.Phase.WANTED)));
        }
    }
}
