package io.interactionprocessor.session.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.protocol.SessionCommand;
import io.interactionprocessor.session.DirectoryEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** When nothing goes wrong any more, everything has to come to rest, and everybody has to agree. */
final class Settled {
    private final World world;

    Settled(World world) {
        this.world = world;
    }

    void check() {
        world.checks.history(world.switchboard.commands());
        for (Desktop desktop : world.desktops.values()) {
            if (!desktop.isWorking() || desktop.waits()) {
                Checks.violated(desktop.agent() + " does not come to rest: " + desktop);
            }
        }
        owners();
        Map<String, AgentView> views = world.switchboard.views();
        world.desktops.values().forEach(desktop -> compare(desktop, views.get(desktop.agent())));
        snapshots();
        quiet();
    }

    /** Directory, store and nodes know the same sessions; nobody's are those of a node that has gone. */
    private void owners() {
        Set<String> owned = new TreeSet<>();
        for (DirectoryEntry entry : world.directory.all().values()) {
            if (entry.occupied()) {
                if (world.nodes.get(entry.node()).isDead()) {
                    Checks.violated("nobody has adopted " + entry);
                }
                owned.add(entry.session().value());
            }
        }
        Set<String> stored = new TreeSet<>();
        world.store.sessions().stream().map(SessionId::value).forEach(stored::add);
        if (world.nodes.values().stream().anyMatch(SimulatedNode::isDead)) {
            // one that died between releasing and removing leaves what it stored behind
            stored.retainAll(owned);
        }
        int hosted = 0;
        for (SimulatedNode node : world.nodes.values()) {
            if (!node.isDead()) {
                hosted += node.host().size();
                if (node.discrepancies() != 0) {
                    Checks.violated(node + " still finds " + node.discrepancies() + " differences");
                }
                if (node.doubts()) {
                    Checks.violated(node + " still takes what is the same for different");
                }
            }
        }
        if (!stored.equals(owned) || hosted != owned.size()) {
            Set<String> onlyStored = new TreeSet<>(stored);
            onlyStored.removeAll(owned);
            Set<String> onlyOwned = new TreeSet<>(owned);
            onlyOwned.removeAll(stored);
            Checks.violated("nodes have " + hosted + " sessions, the directory " + owned.size() + "; only stored: "
                    + onlyStored + ", only in the directory: " + onlyOwned);
        }
    }

    // ---- clients and the switch

    private static void compare(Desktop desktop, AgentView view) {
        if (view == null) {
            return;
        }
        Map<String, CallLeg> legs = new HashMap<>();
        view.legs().forEach(leg -> legs.put(leg.id(), leg));
        desktop.dialogue().tree.objects().forEach((path, object) -> {
            int depth = path.split("\\.").length;
            if (depth == 3) {
                channel(desktop, object, view);
            } else if (depth == 5) {
                String own = object.get("members").get(0).get("id").textValue();
                CallLeg leg = legs.remove(own);
                if (leg == null) {
                    differs(desktop, object, "no leg");
                } else {
                    conversation(desktop, object, leg);
                    ObjectNode interaction =
                            desktop.dialogue().tree.objects().get(path.substring(0, path.lastIndexOf('.')));
                    if (leg.consultOf() == null
                            && !interaction.get("data").toString().equals(json(leg.data()))) {
                        differs(desktop, interaction, leg);
                    }
                }
            }
        });
        if (!legs.isEmpty()) {
            differs(desktop, "nothing", legs);
        }
    }

    private static void channel(Desktop desktop, JsonNode channel, AgentView view) {
        boolean same = channel.get("state").textValue().equals(view.loggedOn() ? "ACTIVE" : "INACTIVE")
                && word(channel, "availability").equals(String.valueOf(view.availability()))
                && word(channel, "reason").equals(String.valueOf(view.reason()))
                && word(channel, "pending").equals(String.valueOf(view.pending()));
        if (!same) {
            differs(desktop, channel, view);
        }
    }

    private static void conversation(Desktop desktop, JsonNode conversation, CallLeg leg) {
        boolean same = word(conversation, "state").equals(leg.state().wire())
                && conversation.get("muted").booleanValue() == leg.muted()
                && word(conversation, "role").equals(leg.consultOf() == null ? "primary" : "consult")
                && conversation.get("members").size() == leg.members().size();
        Map<String, String> members = new HashMap<>();
        conversation.get("members").forEach(member -> members.put(word(member, "id"), word(member, "state")));
        for (Member member : leg.members()) {
            same &= member.state().wire().equals(members.get(member.id()));
        }
        if (!same) {
            differs(desktop, conversation, leg);
        }
    }

    private static String word(JsonNode object, String name) {
        JsonNode word = object.get(name);
        return word == null || word.isNull() ? "null" : word.textValue();
    }

    private static String json(Map<String, Object> data) {
        StringBuilder json = new StringBuilder("{");
        data.forEach((key, value) -> json.append(json.length() == 1 ? "" : ",")
                .append('"')
                .append(key)
                .append("\":")
                .append(value));
        return json.append('}').toString();
    }

    private static void differs(Desktop desktop, Object client, Object at) {
        Checks.violated(desktop.agent() + ": the client has " + client + "\n  the switch " + at);
    }

    // ---- clients and their nodes

    private void snapshots() {
        world.desktops
                .values()
                .forEach(desktop -> desktop.worker()
                        .send(new SessionCommand.Snapshot(), desktop.dialogue().session()));
        world.time.pass(1_000);
        world.desktops.values().forEach(desktop -> {
            if (desktop.waits()) {
                Checks.violated(desktop.agent() + ": no snapshot");
            }
        });
    }

    /** Nothing is due any more but what is far away. */
    private void quiet() {
        int steps = 0;
        long end = world.time.now() + 10_000;
        while (world.time.step(end)) {
            steps++;
        }
        // every session is compared with directory and switch every four seconds; something that does not end runs each
        // one
        if (steps > 10_000 / 4) {
            Checks.violated(steps + " things still happen");
        }
    }
}
