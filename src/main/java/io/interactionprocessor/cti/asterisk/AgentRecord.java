package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An agent as JSON, as kept in a global variable of Asterisk: Asterisk itself knows no agents. */
final class AgentRecord {
    /** So many of the newest replies outlive the holder: a client repeats no more than it had outstanding. */
    private static final int REPLIES = 12;

    private AgentRecord() {}

    /** Returns the variable's name: any id, in the letters that a variable's name may have. */
    static String variable(String app, String agent) {
        StringBuilder name =
                new StringBuilder("IPAGENT_").append(Ids.prefix(app).replace('-', '_'));
        for (int i = 0; i < agent.length(); i++) {
            char c = agent.charAt(i);
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                name.append(c);
            } else {
                name.append('_').append(Integer.toHexString(c)).append('_');
            }
        }
        return name.toString();
    }

    static String write(Agent agent) {
        JsonObject json = new JsonObject().put("on", agent.loggedOn).put("wanted", agent.wanted.name());
        json.put("since", agent.since).put("station", agent.station).put("shown", agent.availability.name());
        if (agent.reason != null) {
            json.put("reason", agent.reason);
        }
        if (agent.pending != null) {
            json.put("pending", agent.pending.name()).put("pendingReason", agent.pendingReason);
        }
        if (agent.afterCallWorkDue > 0) {
            json.put("afterCallWorkDue", agent.afterCallWorkDue);
        }
        if (agent.afterCallWork) {
            json.put("afterCallWorkUntil", agent.afterCallWorkUntil);
        }
        List<Map.Entry<String, Reply>> replies = new ArrayList<>(agent.replies().entrySet());
        JsonArray kept = new JsonArray();
        for (Map.Entry<String, Reply> entry : replies.subList(Math.max(0, replies.size() - REPLIES), replies.size())) {
            Reply reply = entry.getValue();
            JsonObject one = new JsonObject().put("id", entry.getKey()).put("version", reply.version());
            if (!reply.accepted()) {
                one.put("refusal", reply.refusal().name()).put("message", reply.message());
            }
            kept.add(one);
        }
        return json.put("replies", kept).encode();
    }

    static void read(Board board, Agent agent, JsonObject json) {
        agent.loggedOn = json.getBoolean("on", false);
        agent.station = json.getString("station", "");
        agent.wanted = Availability.valueOf(json.getString("wanted", Availability.NOT_READY.name()));
        agent.reason = json.getString("reason");
        String pending = json.getString("pending");
        agent.pending = pending == null ? null : Availability.valueOf(pending);
        agent.pendingReason = json.getString("pendingReason");
        agent.since = json.getLong("since", 0L);
        agent.availability = Availability.valueOf(json.getString("shown", Availability.NOT_READY.name()));
        agent.shownReason = agent.availability == Availability.NOT_READY ? agent.reason : null;
        agent.afterCallWorkDue = json.getLong("afterCallWorkDue", 0L);
        agent.afterCallWorkUntil = json.getLong("afterCallWorkUntil", 0L);
        agent.afterCallWork = agent.afterCallWorkUntil > 0;
        for (Object kept : json.getJsonArray("replies", new JsonArray())) {
            JsonObject one = (JsonObject) kept;
            String refusal = one.getString("refusal");
            Reply reply = new Reply(
                    refusal == null ? null : Refusal.valueOf(refusal),
                    one.getString("message", ""),
                    one.getLong("version", 0L));
            agent.remember(one.getString("id"), reply);
        }
        if (agent.loggedOn) {
            board.stations.put(agent.station, agent);
        }
    }
}
