package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Commands;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Section 7: the objects, their fields, paths, and what may be asked of them. */
@BlackBox
class ObjectsIT {

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "channelgroup", Set.of("id", "name", "channels"),
            "channel", Set.of("id", "name", "type", "state", "endpoint", "availability", "reason", "since", "pending"),
            "interaction", Set.of("id", "type", "state", "direction", "queue", "from", "to", "data", "focus", "since"),
            "conversation", Set.of("id", "role", "state", "muted", "recording", "members", "since", "cause"));

    private static final Map<String, Set<String>> STATES = Map.of(
            "channel", Set.of("INACTIVE", "ACTIVE"),
            "interaction", Set.of("ALERTING", "DIALING", "STARTED", "ENDED", "COMPLETED"),
            "conversation", Set.of("INITIATED", "ALERTING", "CONNECTED", "HELD", "FAILED", "DISCONNECTED"));

    private final Cluster cluster;

    ObjectsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private Desktop withConsult() {
        Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent());
        desktop.talkTo("5550101");
        desktop.consult("5550102", "CONNECTED");
        return desktop;
    }

    @Test
    void createdHasEveryField() {
        try (Desktop desktop = withConsult()) {
            for (JsonObject event : desktop.events()) {
                if (event.getString("name").endsWith(".created")) {
                    String kind = event.getString("name").replace(".created", "");
                    Set<String> wanted = new HashSet<>(FIELDS.get(kind));
                    wanted.addAll(Set.of("actions", "blocked"));
                    assertThat(event.getJsonObject("data").fieldNames())
                            .as("%s", event)
                            .containsAll(wanted);
                }
            }
        }
    }

    @Test
    void theSnapshotHasEveryObjectNestedWithEveryField() {
        try (Desktop desktop = withConsult()) {
            JsonObject snapshot = desktop.snapshot();
            assertThat(snapshot.getLong("sequence")).isEqualTo(desktop.lastSequence());
            JsonObject session = snapshot.getJsonObject("session");
            assertThat(session.fieldNames()).contains("id", "agent", "model", "state", "since", "actions", "blocked");
            assertThat(session.getString("id")).isEqualTo(desktop.resource());
            assertThat(session.getString("state")).isEqualTo("active");
            assertThat(session.getJsonObject("agent").getString("id")).isEqualTo(desktop.agent());
            assertThat(session.getJsonObject("agent").getString("name")).isNotBlank();
            Instant.parse(session.getString("since"));
            JsonObject group = only(snapshot.getJsonArray("groups"), "channelgroup");
            JsonObject channel = only(group.getJsonArray("channels"), "channel");
            JsonObject interaction = only(channel.getJsonArray("interactions"), "interaction");
            JsonArray conversations = interaction.getJsonArray("conversations");
            assertThat(conversations).hasSize(2);
            conversations.forEach(each -> complete((JsonObject) each, "conversation"));
        }
    }

    private static JsonObject only(JsonArray list, String kind) {
        assertThat(list).hasSize(1);
        complete(list.getJsonObject(0), kind);
        return list.getJsonObject(0);
    }

    private static void complete(JsonObject object, String kind) {
        assertThat(object.fieldNames()).containsAll(FIELDS.get(kind)).contains("actions", "blocked");
        assertThat(object.getString("id")).doesNotContain(".");
        if (STATES.containsKey(kind)) {
            assertThat(STATES.get(kind)).contains(object.getString("state"));
        }
    }

    @Test
    void fieldsHaveTheirValues() {
        try (Desktop desktop = withConsult()) {
            Mirror now = Mirror.ofSnapshot(desktop.snapshot());
            Mirror.Item channel = now.channel();
            assertThat(channel.text("endpoint")).isEqualTo(desktop.agent());
            assertThat(channel.text("availability")).isEqualTo("busy");
            assertThat(channel.fields().getValue("pending")).isNull();
            recent(channel);
            Mirror.Item interaction = now.interaction();
            assertThat(interaction.text("type")).isEqualTo("Telephony");
            assertThat(interaction.text("direction")).isEqualTo("outbound");
            assertThat(interaction.text("from")).isEqualTo(desktop.agent());
            assertThat(interaction.text("to")).isEqualTo("5550101");
            assertThat(interaction.fields().getValue("queue")).isNull();
            assertThat(interaction.fields().getJsonObject("data")).isEmpty();
            assertThat(interaction.text("focus"))
                    .as("the conversation that is spoken in")
                    .isEqualTo(now.consult().text("id"));
            recent(interaction);
            Mirror.Item primary = now.primary();
            assertThat(primary.fields().getBoolean("muted")).isFalse();
            assertThat(primary.fields().getBoolean("recording")).isFalse();
            recent(primary);
            assertThat(primary.members()).hasSize(2).allSatisfy(member -> {
                assertThat(member.fieldNames()).contains("id", "address", "name", "role", "state");
                assertThat(member.getString("role")).isIn("agent", "customer", "other");
                assertThat(STATES.get("conversation")).contains(member.getString("state"));
            });
            assertThat(desktop.memberRoles()).isEqualTo(List.of("agent", "customer"));
        }
    }

    private static void recent(Mirror.Item item) {
        assertThat(Instant.parse(item.text("since"))).isAfter(Instant.now().minusSeconds(120));
    }

    @Test
    void everyInstantIsReal() {
        try (Desktop desktop = Desktop.started(cluster.node(0), Clusters.agent())) {
            desktop.mirror().items().values().stream()
                    .filter(item -> item.text("since") != null)
                    .forEach(ObjectsIT::recent);
        }
    }

    @Test
    void aNewlyCreatedChannelKnowsItsStation() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            assertThat(desktop.mirror().channel().text("endpoint")).isEqualTo(desktop.agent());
        }
    }

    @Test
    void theChannelsOfAGroupAreListedByTheirIds() {
        try (Desktop desktop = Desktop.started(cluster.node(0), Clusters.agent())) {
            JsonObject group = desktop.event(0, "channelgroup.created").getJsonObject("data");
            List<String> ids = desktop.mirror().all(Mirror.Kind.CHANNEL).stream()
                    .map(channel -> channel.text("id"))
                    .toList();
            assertThat(group.getJsonArray("channels")).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void actionsAndBlockedTogetherAreEveryCommandOfTheKind() {
        try (Desktop desktop = withConsult()) {
            desktop.ok("interaction.reconnect", desktop.interaction());
            desktop.until("back", m -> m.consult() == null && m.primaryIs("CONNECTED"));
            desktop.settle();
            desktop.ok("conversation.release", desktop.primary());
            desktop.untilIdle();
            for (JsonObject event : desktop.events()) {
                JsonObject data = event.getJsonObject("data");
                if (data.containsKey("actions")) {
                    assertTogether(event.getString("target"), data);
                }
            }
            Mirror.ofSnapshot(desktop.snapshot())
                    .items()
                    .values()
                    .forEach(item -> assertTogether(
                            item.target(),
                            new JsonObject()
                                    .put("actions", new JsonArray(List.copyOf(item.actions())))
                                    .put("blocked", new JsonObject(Map.copyOf(item.blocked())))));
        }
    }

    private static void assertTogether(String target, JsonObject data) {
        String kind = List.of("session", "channelgroup", "channel", "interaction", "conversation")
                .get(target.split("\\.", -1).length - 1);
        Set<String> all = new TreeSet<>(data.getJsonObject("blocked").fieldNames());
        for (Object action : data.getJsonArray("actions")) {
            assertThat(all.add((String) action))
                    .as("%s both allowed and blocked", action)
                    .isTrue();
        }
        assertThat(all).as("%s %s", target, data).isEqualTo(new TreeSet<>(Commands.ALL.get(kind)));
    }

    @Test
    void aTargetOfAnotherKindIsAnInvalidTarget() {
        try (Desktop desktop = withConsult()) {
            List<String> targets = List.of(
                    desktop.resource(), desktop.group(), desktop.channel(), desktop.interaction(), desktop.primary());
            List<String> commands = List.of(
                    "session.snapshot",
                    "channelgroup.ready",
                    "channel.ready",
                    "interaction.alternate",
                    "conversation.hold");
            long last = desktop.lastSequence();
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 5; j++) {
                    if (i != j) {
                        desktop.fails("invalidTarget", commands.get(i), targets.get(j), new JsonObject());
                    }
                }
            }
            assertThat(desktop.namesAfter(last)).isEmpty();
        }
    }

    @Test
    void aTargetThatDoesNotExistIsAnInvalidTarget() {
        try (Desktop desktop = withConsult()) {
            String session = desktop.resource();
            String group = desktop.group();
            String interaction = desktop.interaction();
            desktop.fails("invalidTarget", "channelgroup.ready", session + ".g99", new JsonObject());
            desktop.fails("invalidTarget", "channel.ready", group + ".c99", new JsonObject());
            desktop.fails("invalidTarget", "interaction.alternate", desktop.channel() + ".i99", new JsonObject());
            desktop.fails("invalidTarget", "conversation.hold", interaction + ".v99", new JsonObject());
            desktop.fails("invalidTarget", "session.snapshot", "another", new JsonObject());
            desktop.fails("invalidTarget", "channel.ready", "another.g1.c1", new JsonObject());
            for (String odd : List.of(session + ".", "." + session, session + "..c1", " ", "....", session + ".g1.")) {
                JsonObject answer =
                        desktop.wire().ask(desktop.message(desktop.nextId(), "channel.ready", odd, new JsonObject()));
                assertThat(answer.encode()).as("target '%s'", odd).containsAnyOf("invalidTarget", "invalidRequest");
            }
            desktop.check();
        }
    }

    @Test
    void requestIsReadAsIfItWereNotThere() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            JsonObject response = desktop.request("conversation.request.hold", desktop.primary(), new JsonObject());
            assertThat(response.getString("result")).isEqualTo("success");
            desktop.until("HELD", m -> m.primaryIs("HELD"));
            desktop.ok("conversation.request.retrieve", desktop.primary());
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            desktop.ok("session.request.snapshot", desktop.resource());
            desktop.check();
        }
    }

    @Test
    void inEveryStateBlockedRequestsFailWithTheirCodeAndChangeNothing() {
        try (Desktop desktop = Desktop.started(cluster.node(0), Clusters.agent())) {
            desktop.checkBlocked();
            desktop.ok("channel.activate", desktop.channel());
            desktop.until("ACTIVE", m -> m.channel().may("channel.dial"));
            desktop.settle();
            desktop.checkBlocked();
            desktop.ok("channel.dial", desktop.channel(), new JsonObject().put("destination", "5550301"));
            desktop.until("ringing", m -> m.primaryIs("ALERTING"));
            desktop.settle();
            desktop.checkBlocked();
            desktop.ok("conversation.release", desktop.primary());
            desktop.untilIdle();
            desktop.talkTo("5550101");
            desktop.checkBlocked();
            desktop.ok("conversation.mute", desktop.primary());
            desktop.until("muted", m -> m.primary().fields().getBoolean("muted"));
            desktop.settle();
            desktop.checkBlocked();
            desktop.ok("conversation.unmute", desktop.primary());
            desktop.ok("conversation.hold", desktop.primary());
            desktop.until("HELD", m -> m.primaryIs("HELD"));
            desktop.settle();
            desktop.checkBlocked();
            desktop.ok("conversation.retrieve", desktop.primary());
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            desktop.consult("5550301", "ALERTING");
            desktop.checkBlocked();
            desktop.ok("conversation.release", desktop.consulted());
            desktop.until("no consult", m -> m.consult() == null);
            desktop.check();
        }
    }

    @Test
    void inEveryStateOfAConsultAndAConferenceBlockedRequestsFailAndChangeNothing() {
        try (Desktop desktop = withConsult()) {
            desktop.checkBlocked();
            desktop.ok("interaction.alternate", desktop.interaction());
            desktop.until("alternated", m -> m.primaryIs("CONNECTED") && m.consultIs("HELD"));
            desktop.settle();
            desktop.checkBlocked();
            desktop.ok("interaction.consultconference", desktop.interaction());
            desktop.until(
                    "conference",
                    m -> m.consult() == null && m.primary().members().size() == 3);
            desktop.settle();
            desktop.checkBlocked();
            desktop.ok("conversation.release", desktop.primary());
            desktop.untilIdle();
            desktop.ok("channel.dial", desktop.channel(), new JsonObject().put("destination", "5550201"));
            desktop.until("FAILED", m -> m.primaryIs("FAILED"));
            desktop.settle();
            desktop.checkBlocked();
            desktop.check();
        }
    }

    @Test
    void whileAlertingBlockedRequestsFailAndChangeNothing() {
        try (Desktop caller = Desktop.active(cluster.node(0), Clusters.agent());
                Desktop called = Desktop.active(cluster.node(1), Clusters.agent())) {
            caller.ok("channel.dial", caller.channel(), new JsonObject().put("destination", called.agent()));
            called.until("ALERTING", m -> m.primaryIs("ALERTING"));
            called.settle();
            called.checkBlocked();
            called.check();
            caller.check();
        }
    }
}
