package io.interactionprocessor.torture.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The conversations of an agent as the events have described them. */
final class CallView {

    private final Map<String, String> states = new LinkedHashMap<>();

    void apply(JsonObject event) {
        String name = event.getString("name", "");
        String target = event.getString("target", "");
        JsonObject data = event.getJsonObject("data", new JsonObject());
        switch (name) {
            case "conversation.created" -> states.put(target, data.getString("state", ""));
            case "conversation.disposed" -> states.remove(target);
            case "state.updated" -> states.computeIfPresent(target, (key, old) -> data.getString("state", old));
            case "session.snapshot" -> snapshot(target, data);
            default -> {
                if (name.equals("interaction.disposed")) {
                    states.keySet().removeIf(each -> each.startsWith(target + '.'));
                }
            }
        }
    }

    private void snapshot(String session, JsonObject data) {
        states.clear();
        for (JsonObject group : list(data, "groups")) {
            for (JsonObject channel : list(group, "channels")) {
                String path = session + '.' + group.getString("id") + '.' + channel.getString("id");
                for (JsonObject interaction : list(channel, "interactions")) {
                    for (JsonObject each : list(interaction, "conversations")) {
                        states.put(
                                path + '.' + interaction.getString("id") + '.' + each.getString("id"),
                                each.getString("state", ""));
                    }
                }
            }
        }
    }

    private static Iterable<JsonObject> list(JsonObject object, String name) {
        return object.getJsonArray(name, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Returns a conversation in a state. */
    Optional<String> in(String state) {
        return states.entrySet().stream()
                .filter(each -> each.getValue().equals(state))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Returns how many conversations are neither over nor failed. */
    int live() {
        return (int) states.values().stream()
                .filter(state -> !state.equals("DISCONNECTED") && !state.equals("FAILED"))
                .count();
    }

    /** Returns the command on a conversation that the load gives next to a lasting call. */
    Optional<String> holdable() {
        return in("CONNECTED").or(() -> in("HELD"));
    }

    String state(String target) {
        return states.getOrDefault(target, "");
    }
}
