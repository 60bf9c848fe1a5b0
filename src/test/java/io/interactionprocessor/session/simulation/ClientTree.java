package io.interactionprocessor.session.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The objects of a session as a client knows them that has only its events (protocol 7.2), by path. Complains of every
 * event that does not fit what came before.
 */
public final class ClientTree {
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private boolean initialized;
    private boolean ended;

    /** Returns the objects by path. */
    public Map<String, ObjectNode> objects() {
        return objects;
    }

    /** Returns whether {@code session.initialized} or a snapshot has come. */
    public boolean initialized() {
        return initialized;
    }

    /** Returns whether {@code session.ended} has come. */
    public boolean ended() {
        return ended;
    }

    /** Takes one event: the {@code event} of a {@code resourceEvent}. */
    public void apply(JsonNode event) {
        String name = event.get("name").textValue();
        String target = event.get("target").textValue();
        JsonNode data = event.get("data");
        expect(!ended, event, "comes after session.ended");
        switch (name) {
            case "session.initialized" -> initialized = true;
            case "session.ended" -> {
                ended = true;
                expect(objects.isEmpty() || !data.get("reason").textValue().equals("logout"), event, "leaves objects");
            }
            case "session.snapshot" -> reset(data);
            case "interaction.preview" -> expect(fields(data).equals(fields(at(target, event))), event, "differs");
            default -> {
                if (name.endsWith(".created")) {
                    created(target, data, event);
                } else {
                    changed(name, at(target, event), target, data, event);
                }
            }
        }
    }

    private void created(String target, JsonNode data, JsonNode event) {
        expect(!objects.containsKey(target), event, "creates what is there");
        expect(target.endsWith('.' + data.get("id").textValue()), event, "has another id in its target");
        String parent = target.substring(0, target.lastIndexOf('.'));
        expect(parent.indexOf('.') < 0 || objects.containsKey(parent), event, "has no parent");
        ObjectNode object = data.deepCopy();
        object.remove("channels");
        objects.put(target, object);
    }

    private void changed(String name, ObjectNode object, String target, JsonNode data, JsonNode event) {
        switch (name) {
            case "state.updated" -> {
                expect(object.get("state").equals(data.get("previous")), event, "was " + object.get("state"));
                expect(!object.get("state").equals(data.get("state")), event, "changes nothing");
                object.set("state", data.get("state"));
                if (object.has("cause")) {
                    object.set("cause", data.get("cause"));
                }
                actions(object, data);
            }
            case "channel.infochanged" -> {
                object.remove("pendingReason");
                object.setAll((ObjectNode) data);
            }
            case "conversation.attributeschanged", "interaction.focuschanged" -> object.setAll((ObjectNode) data);
            case "interaction.datachanged" -> object.set("data", data.get("data"));
            case "conversation.member.added" -> {
                expect(member(object, data) < 0, event, "adds a member twice");
                members(object).add(data);
            }
            case "conversation.member.changed" -> {
                int index = member(object, data);
                expect(index >= 0, event, "changes an unknown member");
                members(object).set(index, data);
            }
            case "conversation.member.removed" -> {
                int index = member(object, data);
                expect(index >= 0, event, "removes an unknown member");
                members(object).remove(index);
            }
            case "actions.updated" -> {
                expect(
                        !data.get("actions").equals(object.get("actions"))
                                || !data.get("blocked").equals(object.get("blocked")),
                        event,
                        "changes nothing");
                actions(object, data);
            }
            case "interaction.ended" ->
                expect("ENDED".equals(object.get("state").textValue()), event, "is not ENDED");
            default -> {
                if (name.endsWith(".disposed")) {
                    objects.remove(target);
                    expect(objects.keySet().stream().noneMatch(p -> p.startsWith(target + '.')), event, "has children");
                } else {
                    expect(name.endsWith(".initialized"), event, "is not known");
                }
            }
        }
    }

    private static void actions(ObjectNode object, JsonNode data) {
        object.set("actions", data.get("actions"));
        object.set("blocked", data.get("blocked"));
    }

    private static ArrayNode members(ObjectNode object) {
        return (ArrayNode) object.get("members");
    }

    private static int member(ObjectNode object, JsonNode member) {
        ArrayNode members = members(object);
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).get("id").equals(member.get("id"))) {
                return i;
            }
        }
        return -1;
    }

    private ObjectNode at(String target, JsonNode event) {
        ObjectNode object = objects.get(target);
        expect(object != null, event, "is about nothing");
        return object;
    }

    private static JsonNode fields(JsonNode data) {
        ObjectNode fields = data.deepCopy();
        fields.remove(List.of("actions", "blocked"));
        return fields;
    }

    private static void expect(boolean condition, JsonNode event, String otherwise) {
        if (!condition) {
            throw new AssertionError("this event " + otherwise + ": " + event);
        }
    }

    /** Forgets everything and begins with a snapshot. */
    public void reset(JsonNode snapshot) {
        objects.clear();
        objects.putAll(flat(snapshot));
        initialized = !objects.isEmpty();
    }

    /** Returns how this tree differs from a snapshot's data; empty if it does not. */
    public List<String> differences(JsonNode snapshot) {
        Map<String, ObjectNode> theirs = flat(snapshot);
        List<String> differences = new ArrayList<>();
        theirs.forEach((path, object) -> {
            JsonNode mine = objects.get(path);
            if (mine == null) {
                differences.add("no event told of " + path + ' ' + object);
            } else if (!comparable(mine).equals(comparable(object))) {
                differences.add(path + "\n  by events   " + comparable(mine) + "\n  by snapshot " + comparable(object));
            }
        });
        objects.keySet().stream()
                .filter(path -> !theirs.containsKey(path))
                .forEach(path -> differences.add("no event disposed of " + path));
        return differences;
    }

    /** Without what no event tells: the station is known once the agent is logged on. The order of members says nothing. */
    private static JsonNode comparable(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("endpoint");
        if (copy.has("members")) {
            List<JsonNode> members = new ArrayList<>();
            copy.get("members").forEach(members::add);
            members.sort((a, b) -> a.get("id").textValue().compareTo(b.get("id").textValue()));
            copy.set("members", JsonNodeFactory.instance.arrayNode().addAll(members));
        }
        return copy;
    }

    private static Map<String, ObjectNode> flat(JsonNode snapshot) {
        Map<String, ObjectNode> objects = new TreeMap<>();
        String root = snapshot.get("session").get("id").textValue();
        flatten(root, snapshot.get("groups"), List.of("channels", "interactions", "conversations"), objects);
        return objects;
    }

    private static void flatten(String parent, JsonNode list, List<String> below, Map<String, ObjectNode> objects) {
        for (JsonNode node : list) {
            String path = parent + '.' + node.get("id").textValue();
            ObjectNode object = node.deepCopy();
            JsonNode children = below.isEmpty() ? null : object.remove(below.get(0));
            objects.put(path, object);
            if (children != null) {
                flatten(path, children, below.subList(1, below.size()), objects);
            }
        }
    }
}
