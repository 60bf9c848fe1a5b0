package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Section 6.2: order, and what is sent again. */
@BlackBox
class OrderIT {

    private final Cluster cluster;

    OrderIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A call through hold, mute, DTMF, data, consult and back. */
    private static void longCall(Desktop desktop) {
        desktop.talkTo("5550101");
        desktop.ok("conversation.hold", desktop.primary());
        desktop.until("HELD", m -> m.primaryIs("HELD"));
        desktop.ok("conversation.retrieve", desktop.primary());
        desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
        desktop.ok("conversation.mute", desktop.primary());
        desktop.ok("conversation.unmute", desktop.primary());
        desktop.ok("conversation.senddtmf", desktop.primary(), new JsonObject().put("digits", "12#"));
        desktop.consult("5550102", "CONNECTED");
        desktop.ok("interaction.reconnect", desktop.interaction());
        desktop.until("back", m -> m.consult() == null && m.primaryIs("CONNECTED"));
        desktop.ok("conversation.release", desktop.primary());
        desktop.untilIdle();
    }

    @Test
    void sequencesHaveNoGapAndNoRepeatOverNodesAndReconnections() {
        Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent());
        for (int round = 1; round < 5; round++) {
            longCall(desktop);
            desktop.wire().cut();
            desktop = desktop.resumeOn(cluster.node(round % 3));
        }
        desktop.check();
        assertThat(desktop.events().get(0).getLong("sequence")).isEqualTo(1);
        desktop.close();
    }

    @Test
    void theResponseComesBeforeEveryEventItCausedAndTheyCarryItsRequestId() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            List<String> commands = List.of(
                    "conversation.hold",
                    "conversation.retrieve",
                    "conversation.mute",
                    "conversation.unmute",
                    "conversation.release");
            List<String> wanted = List.of(
                    "conversation=HELD",
                    "conversation=CONNECTED",
                    "conversation.attributeschanged",
                    "conversation.attributeschanged",
                    "conversation=DISCONNECTED");
            for (int i = 0; i < commands.size(); i++) {
                long last = desktop.settle();
                int mark = desktop.wire().mark();
                String id = desktop.send(commands.get(i), desktop.primary(), new JsonObject());
                desktop.event(last, wanted.get(i));
                List<JsonObject> messages = desktop.wire().received();
                List<JsonObject> since = messages.subList(mark, messages.size());
                // Events without this id may come at any time; the first message that has the id is the response.
                JsonObject first = since.stream()
                        .filter(m -> id.equals(Desktop.eventRequestId(m)))
                        .findFirst()
                        .orElseThrow();
                assertThat(first.getString("messageType")).isEqualTo("resourceResponse");
                JsonObject event = since.stream()
                        .filter(RawClient::isEvent)
                        .filter(m -> m.containsKey("event"))
                        .findFirst()
                        .orElseThrow();
                assertThat(Desktop.eventRequestId(event)).as("%s", event).isEqualTo(id);
            }
        }
    }

    @Test
    void aRequestSentAgainGetsTheStoredAnswerAndIsNotExecutedTwice() {
        String agent = Clusters.agent();
        try (Desktop desktop = Desktop.active(cluster.node(0), agent)) {
            JsonObject dial = desktop.message(
                    "repeated", "channel.dial", desktop.channel(), new JsonObject().put("destination", "5550101"));
            JsonObject first = desktop.wire().ask(dial);
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            // A dial that took long is told to be over after the call is connected.
            long last = desktop.settle();
            for (int i = 0; i < 3; i++) {
                assertThat(desktop.wire().ask(dial)).isEqualTo(first);
            }
            assertThat(desktop.namesAfter(last)).isEmpty();
            // Over another connection on another node, too.
            desktop.wire().cut();
            try (Desktop elsewhere = desktop.resumeOn(cluster.node(2))) {
                assertThat(elsewhere.wire().ask(dial)).isEqualTo(first);
                elsewhere.check();
                assertThat(commands(agent, "MAKE_CALL")).hasSize(1);
            }
        }
    }

    @Test
    void requestsSentTwiceAtOnceAreExecutedOnce() {
        String agent = Clusters.agent();
        try (Desktop desktop = Desktop.active(cluster.node(1), agent)) {
            JsonObject dial = desktop.message(
                    "repeated", "channel.dial", desktop.channel(), new JsonObject().put("destination", "5550101"));
            for (int i = 0; i < 5; i++) {
                desktop.wire().send(dial);
            }
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            desktop.core("ping", new JsonObject());
            assertThat(commands(agent, "MAKE_CALL")).hasSize(1);
            List<JsonObject> answers = desktop.wire().received().stream()
                    .filter(m -> "repeated".equals(m.getString("requestId")) && !RawClient.isEvent(m))
                    .toList();
            assertThat(answers).isNotEmpty();
            assertThat(Set.copyOf(answers)).hasSize(1);
            assertThat(desktop.mirror().all(io.interactionprocessor.testkit.Mirror.Kind.INTERACTION))
                    .hasSize(1);
        }
    }

    @Test
    void aFailureIsStoredToo() {
        try (Desktop desktop = Desktop.started(cluster.node(1), Clusters.agent())) {
            JsonObject dial = desktop.message(
                    "repeated", "channel.dial", desktop.channel(), new JsonObject().put("destination", "5550101"));
            JsonObject first = desktop.wire().ask(dial);
            assertThat(first.encode()).contains("channelInactive");
            desktop.ok("channel.activate", desktop.channel());
            desktop.until("ACTIVE", m -> m.channel().may("channel.dial"));
            assertThat(desktop.wire().ask(dial)).isEqualTo(first);
        }
    }

    @Test
    void theWindowIsTheLast256Answers() {
        try (Desktop desktop = Desktop.started(cluster.node(1), Clusters.agent())) {
            JsonObject old = desktop.message(
                    "repeated", "channel.dial", desktop.channel(), new JsonObject().put("destination", "5550101"));
            desktop.wire().ask(old);
            desktop.ok("channel.activate", desktop.channel());
            desktop.until("ACTIVE", m -> m.channel().may("channel.dial"));
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 253; i++) {
                ids.add(desktop.send("channel.cancelpending", desktop.channel(), new JsonObject()));
                if (i % 50 == 49) {
                    desktop.wire().answer(ids.get(i));
                }
            }
            ids.forEach(id -> desktop.wire().answer(id));
            // 255 answers since: still stored.
            assertThat(desktop.wire().ask(old).encode()).contains("channelInactive");
            for (int i = 0; i < 257; i++) {
                ids.add(desktop.send("channel.cancelpending", desktop.channel(), new JsonObject()));
                if (i % 50 == 49) {
                    desktop.wire().answer(ids.get(ids.size() - 1));
                }
            }
            ids.forEach(id -> desktop.wire().answer(id));
            // Outside the window it is a new request.
            assertThat(desktop.wire().ask(old).getJsonObject("response").getString("result"))
                    .isEqualTo("success");
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
        }
    }

    @Test
    void theSuccessOfADialOnlySaysThatItWasAccepted() {
        try (Desktop desktop = Desktop.active(cluster.node(2), Clusters.agent())) {
            // Busy: accepted, and the failure comes as events.
            desktop.ok("channel.dial", desktop.channel(), new JsonObject().put("destination", "5550201"));
            JsonObject failed = desktop.event(0, "conversation=FAILED");
            assertThat(failed.getJsonObject("data").getString("cause")).isEqualTo("busy");
            desktop.check();
        }
    }

    private List<JsonObject> commands(String agent, String name) {
        return cluster.node(0).management().history(0).stream()
                .map(JsonObject.class::cast)
                .filter(entry -> agent.equals(entry.getString("agent")))
                .filter(entry -> name.equals(entry.getString("command")))
                .toList();
    }
}
