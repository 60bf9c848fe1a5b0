package io.interactionprocessor.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a generic client knows: the objects that the events made, by nothing but section 7.2. It has no rules of telephony; what
 * contradicts an earlier event is kept as a complaint.
 */
public final class Mirror {

    private static final Set<String> CARRY_ACTIONS = Set.of("infochanged", "updated", "created");

    /** The kinds, by the number of ids in the path. */
    public enum Kind {
        SESSION("session"),
        GROUP("channelgroup"),
        CHANNEL("channel"),
        INTERACTION("interaction"),
        CONVERSATION("conversation");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** The prefix of the kind's commands and events. */
        public String prefix() {
            return prefix;
        }

        static Kind of(String target) {
            return values()[target.split("\\.", -1).length - 1];
        }
    }

    /** One object. */
    public static final class Item {
        private final String target;
        private JsonObject fields;
        private Set<String> actions;
        private Map<String, String> blocked;

        Item(String target, JsonObject fields) {
            this.target = target;
            this.fields = fields;
        }

        /** The dotted path. */
        public String target() {
            return target;
        }

        /** What kind of object. */
        public Kind kind() {
            return Kind.of(target);
        }

        /** The object's state. */
        public String state() {
            return fields.getString("state");
        }

        /** A text field. */
        public String text(String name) {
            return fields.getString(name);
        }

        /** All fields but actions and blocked. */
        public JsonObject fields() {
            return fields;
        }

        /** The commands allowed now; null if never told. */
        public Set<String> actions() {
            return actions;
        }

        /** The codes of the others; null if never told. */
        public Map<String, String> blocked() {
            return blocked;
        }

        /** Whether a command is allowed. */
        public boolean may(String command) {
            return actions != null && actions.contains(command);
        }

        /** The members of a conversation. */
        public List<JsonObject> members() {
            return fields.getJsonArray("members", new JsonArray()).stream()
                    .map(JsonObject.class::cast)
                    .toList();
        }

        @Override
        public String toString() {
            return target + fields + actions + blocked;
        }
    }

    private final Map<String, Item> items = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private boolean initialized;
    private String ended;

    /** The mirror of these events, in order. */
    public static Mirror of(List<JsonObject> events) {
        Mirror mirror = new Mirror();
        events.forEach(mirror::apply);
        return mirror;
    }

    /** The mirror of a snapshot's data. */
    public static Mirror ofSnapshot(JsonObject data) {
        Mirror mirror = new Mirror();
        mirror.take(data);
        return mirror;
    }

    private void apply(JsonObject event) {
        String name = event.getString("name");
        String target = event.getString("target");
        JsonObject data = event.getJsonObject("data", new JsonObject()).copy();
        String verb = name.substring(name.lastIndexOf('.') + 1);
        switch (name) {
            case "session.initialized" -> initialized = true;
            case "session.ended" -> ended = data.getString("reason");
            case "session.snapshot" -> take(data);
            default -> {
                if (target.indexOf('.') < 0 && items.get(target) == null) {
                    items.put(target, new Item(target, new JsonObject()));
                }
                change(name, verb, target, data);
            }
        }
    }

    private void change(String name, String verb, String target, JsonObject data) {
        if (!name.equals("state.updated")
                && !name.equals("actions.updated")
                && !name.startsWith(Kind.of(target).prefix() + ".")) {
            complaints.add(name + " is for another kind than " + target);
        }
        Item item = items.get(target);
        if (verb.equals("created") || (verb.equals("preview") && item == null)) {
            if (item != null) {
                complaints.add(name + " twice for " + target);
            }
            item = new Item(target, new JsonObject());
            items.put(target, item);
        }
        if (item == null) {
            complaints.add(name + " for unknown " + target);
            return;
        }
        actions(name, verb, item, data);
        switch (verb) {
            case "created", "preview", "infochanged", "focuschanged", "attributeschanged" -> item.fields.mergeIn(data);
            case "datachanged" -> item.fields.put("data", data.getValue("data"));
            case "added", "changed", "removed" -> member(verb, item, data);
            case "disposed" -> items.keySet().removeIf(key -> key.equals(target) || key.startsWith(target + "."));
            case "updated" -> {
                if (name.equals("state.updated")) {
                    state(item, data);
                }
            }
            case "initialized", "ended" -> {
                // They say when, not what.
            }
            default -> complaints.add("unknown event " + name);
        }
    }

    private void state(Item item, JsonObject data) {
        Object previous = data.getValue("previous");
        if (!String.valueOf(previous).equals(String.valueOf(item.fields.getValue("state")))) {
            complaints.add(item.target + ": state.updated says previous " + previous + ", was "
                    + item.fields.getValue("state"));
        }
        item.fields.put("state", data.getValue("state"));
        if (item.kind() == Kind.CONVERSATION && data.containsKey("cause")) {
            item.fields.put("cause", data.getValue("cause"));
        }
    }

    private void actions(String name, String verb, Item item, JsonObject data) {
        Object actions = data.remove("actions");
        Object blocked = data.remove("blocked");
        if (CARRY_ACTIONS.contains(verb) && (!(actions instanceof JsonArray) || !(blocked instanceof JsonObject))) {
            complaints.add(name + " of " + item.target + " carries no actions or no blocked");
        }
        if (actions instanceof JsonArray list) {
            item.actions = new TreeSet<>();
            list.forEach(each -> item.actions.add((String) each));
        }
        if (blocked instanceof JsonObject map) {
            item.blocked = new TreeMap<>();
            map.forEach(entry -> item.blocked.put(entry.getKey(), String.valueOf(entry.getValue())));
        }
    }

    private void member(String verb, Item item, JsonObject member) {
        List<JsonObject> members = new ArrayList<>(item.members());
        String id = member.getString("id");
        boolean known = members.stream().anyMatch(each -> id.equals(each.getString("id")));
        if (known == verb.equals("added")) {
            complaints.add("member." + verb + " of " + id + ", which was" + (known ? "" : " not") + " in " + members);
        }
        members.removeIf(each -> id.equals(each.getString("id")));
        if (!verb.equals("removed")) {
            members.add(member);
        }
        item.fields.put("members", new JsonArray(members));
    }

    private void take(JsonObject data) {
        items.clear();
        initialized = true;
        JsonObject session = data.getJsonObject("session");
        String path = session.getString("id");
        add(path, session);
        for (Object group : data.getJsonArray("groups")) {
            String groupPath = nested(path, (JsonObject) group);
            for (Object channel : ((JsonObject) group).getJsonArray("channels")) {
                String channelPath = nested(groupPath, (JsonObject) channel);
                for (Object interaction : ((JsonObject) channel).getJsonArray("interactions")) {
                    String interactionPath = nested(channelPath, (JsonObject) interaction);
                    for (Object conversation : ((JsonObject) interaction).getJsonArray("conversations")) {
                        nested(interactionPath, (JsonObject) conversation);
                    }
                }
            }
        }
    }

    private String nested(String parent, JsonObject object) {
        String path = parent + "." + object.getString("id");
        add(path, object);
        return path;
    }

    private void add(String path, JsonObject object) {
        JsonObject fields = object.copy();
        // Children have entries of their own; the group's channels are compared as objects, not as a field.
        Stream.of("channels", "interactions", "conversations").forEach(fields::remove);
        Item item = new Item(path, new JsonObject());
        actions("snapshot", "created", item, fields);
        item.fields = fields;
        items.put(path, item);
    }

    /** All objects, by target. */
    public Map<String, Item> items() {
        return items;
    }

    /** All objects of one kind. */
    public List<Item> all(Kind kind) {
        return items.values().stream().filter(item -> item.kind() == kind).toList();
    }

    /** The one object of a kind, or null. */
    public Item one(Kind kind) {
        List<Item> all = all(kind);
        return all.isEmpty() ? null : all.get(0);
    }

    /** The telephony channel. */
    public Item channel() {
        return all(Kind.CHANNEL).stream()
                .filter(channel -> "Telephony".equals(channel.text("type")))
                .findFirst()
                .orElse(null);
    }

    /** The one interaction, or null. */
    public Item interaction() {
        return one(Kind.INTERACTION);
    }

    /** The conversation in that role, or null. */
    public Item conversation(String role) {
        return all(Kind.CONVERSATION).stream()
                .filter(item -> role.equals(item.text("role")))
                .findFirst()
                .orElse(null);
    }

    /** The primary conversation, or null. */
    public Item primary() {
        return conversation("primary");
    }

    /** The consult conversation, or null. */
    public Item consult() {
        return conversation("consult");
    }

    /** Whether the primary conversation is in a state. */
    public boolean primaryIs(String state) {
        return primary() != null && state.equals(primary().state());
    }

    /** Whether the consult conversation is in a state. */
    public boolean consultIs(String state) {
        return consult() != null && state.equals(consult().state());
    }

    /** Whether session.initialized came. */
    public boolean initialized() {
        return initialized;
    }

    /** The reason of session.ended, or null. */
    public String ended() {
        return ended;
    }

    /** What did not fit. */
    public List<String> complaints() {
        return complaints;
    }

    /** How a snapshot differs from this mirror; empty if it does not. */
    public List<String> differences(Mirror snapshot) {
        List<String> found = new ArrayList<>();
        Set<String> targets = new TreeSet<>(items.keySet());
        targets.addAll(snapshot.items.keySet());
        for (String target : targets) {
            Item mine = items.get(target);
            Item theirs = snapshot.items.get(target);
            if (Kind.of(target) == Kind.SESSION) {
                continue;
            }
            if (mine == null || theirs == null) {
                found.add(target + ": by events " + mine + ", in the snapshot " + theirs);
                continue;
            }
            Set<String> names = new TreeSet<>(mine.fields.fieldNames());
            names.addAll(theirs.fields.fieldNames());
            names.removeAll(Set.of("channels", "interactions", "conversations"));
            for (String name : names) {
                String left = comparable(mine.fields.getValue(name));
                String right = comparable(theirs.fields.getValue(name));
                if (!left.equals(right)) {
                    found.add(target + " " + name + ": by events " + left + ", in the snapshot " + right);
                }
            }
            if (!String.valueOf(mine.actions).equals(String.valueOf(theirs.actions))) {
                found.add(target + " actions: by events " + mine.actions + ", in the snapshot " + theirs.actions);
            }
            if (!String.valueOf(mine.blocked).equals(String.valueOf(theirs.blocked))) {
                found.add(target + " blocked: by events " + mine.blocked + ", in the snapshot " + theirs.blocked);
            }
        }
        return found;
    }

    /** Order in a list of members and of keys in an object does not matter. */
    private static String comparable(Object value) {
        if (value instanceof JsonArray list) {
            return list.stream().map(Mirror::comparable).sorted().toList().toString();
        }
        if (value instanceof JsonObject object) {
            Map<String, String> sorted = new TreeMap<>();
            object.forEach(entry -> sorted.put(entry.getKey(), comparable(entry.getValue())));
            return sorted.toString();
        }
        return String.valueOf(value);
    }
}
