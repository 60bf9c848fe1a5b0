package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls and sessions handled as nobody expects, and nothing hangs. */
@BlackBox
class OddCallsIT {

    private final Cluster cluster;

    OddCallsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void oneConnectionCanHaveSeveralSessions() {
        List<String> agents = Clusters.agents(2);
        try (Desktop desktop = Desktop.started(cluster.node(0), agents.get(0))) {
            String first = desktop.resource();
            desktop.prepare(agents.get(1), false);
            JsonObject answer = desktop.core("bindResource", Desktop.bindBody(desktop.resource(), new JsonObject()));
            if (!"success".equals(answer.getString("result"))) {
                return; // The contract speaks of one client for a session, not of one session for a client.
            }
            desktop.start();
            String second = desktop.resource();
            desktop.check();
            JsonObject snapshot = desktop.wire()
                    .ask(desktop.message(desktop.nextId(), "session.snapshot", first, new JsonObject())
                            .put("resourceId", first));
            assertThat(snapshot.getJsonObject("response")
                            .getJsonObject("data")
                            .getJsonObject("session")
                            .getString("id"))
                    .isEqualTo(first)
                    .isNotEqualTo(second);
            JsonObject crossed =
                    desktop.wire().ask(desktop.message(desktop.nextId(), "session.snapshot", first, new JsonObject()));
            assertThat(crossed.encode()).contains("invalidTarget");
        }
    }

    @Test
    void theOwnerCanBindAgainAndIsNotClosedByItself() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            long last = desktop.lastSequence();
            JsonObject answer = desktop.core(
                    "bindResource",
                    Desktop.bindBody(
                            desktop.resource(),
                            new JsonObject()
                                    .put("resumeKey", desktop.resumeKey())
                                    .put("lastSequence", last)));
            assertThat(answer.encode()).containsAnyOf("\"result\":\"success\"", "alreadyBound");
            desktop.ok("conversation.hold", desktop.primary());
            desktop.until("HELD", m -> m.primaryIs("HELD"));
            assertThat(desktop.wire().closed()).isFalse();
            desktop.check();
        }
    }

    @Test
    void overrideOfOnesOwnSessionIsAnswered() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            String old = desktop.resource();
            JsonObject response = desktop.tryPrepare(desktop.agent(), true);
            assertThat(response.getString("result")).isEqualTo("success");
            String id = response.getJsonObject("resource").getString("id");
            assertThat(id).isNotEqualTo(old);
            try (Desktop next = Desktop.connect(cluster.node(1))) {
                next.bindService();
                next.bind(id, null, null);
                next.start();
                next.check();
            }
        }
    }

    @Test
    void attachedDataKeepsItsTypes() {
        JsonObject data = new JsonObject()
                .put("text", "1")
                .put("number", 1)
                .put("fraction", 1.5)
                .put("yes", true)
                .put("list", new JsonArray().add(1).add("1"))
                .put("object", new JsonObject().put("deep", new JsonObject().put("n", 2)));
        try (Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
                Desktop second = Desktop.active(cluster.node(1), Clusters.agent())) {
            JsonObject dial =
                    new JsonObject().put("destination", second.agent()).put("data", data);
            JsonObject response = first.request("channel.dial", first.channel(), dial);
            if ("failure".equals(response.getString("result"))) {
                // Refusing what is no text is not converting it.
                assertThat(response.getJsonObject("failure").getString("code")).isEqualTo("invalidRequest");
                return;
            }
            second.answer();
            assertThat(second.mirror().interaction().fields().getJsonObject("data"))
                    .isEqualTo(data);
            first.ok(
                    "interaction.setdata",
                    first.interaction(),
                    new JsonObject().put("set", new JsonObject().put("number", 2)));
            second.until(
                    "2",
                    m -> Integer.valueOf(2)
                            .equals(m.interaction()
                                    .fields()
                                    .getJsonObject("data")
                                    .getValue("number")));
            second.check();
            first.check();
        }
    }

    @Test
    void attachedDataIsBounded() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            int accepted = 0;
            for (int i = 0; i < 30; i++) {
                JsonObject response = desktop.request(
                        "interaction.setdata",
                        desktop.interaction(),
                        new JsonObject().put("set", new JsonObject().put("key" + i, "x".repeat(30_000))));
                if ("failure".equals(response.getString("result"))) {
                    break;
                }
                accepted++;
            }
            assertThat(accepted).as("30 x 30,000 characters").isLessThan(30);
            desktop.check();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.start", "session.logout"})
    void theSameRequestTwiceAtOnceIsDoneOnce(String command) {
        try (Desktop desktop = command.equals("session.start")
                ? Desktop.bound(cluster.node(0), Clusters.agent())
                : Desktop.started(cluster.node(0), Clusters.agent())) {
            String one = desktop.send(command, desktop.resource(), new JsonObject());
            String two = desktop.send(command, desktop.resource(), new JsonObject());
            List<String> answers = List.of(
                    desktop.wire().answer(one).encode(),
                    desktop.wire().answer(two).encode());
            assertThat(answers).anyMatch(answer -> answer.contains("\"result\":\"success\""));
            if (command.equals("session.start")) {
                assertThat(answers)
                        .anyMatch(answer -> answer.contains("alreadyStarted")
                                || answer.contains("operationInProgress")
                                || answer.contains("notStarted"));
            }
        }
    }

    @Test
    void anAgentWhoIsCalledAndDoesNotAnswerGoesNotReadyWithRingNoAnswer() {
        try (Desktop caller = Desktop.active(cluster.node(0), Clusters.agent());
                Desktop called = Desktop.active(cluster.node(1), Clusters.agent())) {
            caller.ok("channel.dial", caller.channel(), new JsonObject().put("destination", called.agent()));
            called.until("ALERTING", m -> m.primaryIs("ALERTING"));
            long last = called.settle();
            JsonObject ended = called.event(last, "interaction.ended", java.time.Duration.ofSeconds(25));
            assertThat(ended.getJsonObject("data").getString("cause")).isEqualTo("noAnswer");
            called.until(
                    "ringNoAnswer",
                    m -> "ringNoAnswer".equals(m.channel().text("reason"))
                            && "notReady".equals(m.channel().text("availability")));
            assertThat(caller.event(0, "conversation=FAILED")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("noAnswer");
            caller.check();
            called.check();
        }
    }

    @Test
    void bothConversationsHeldAndEitherRetrieved() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            desktop.consult("5550102", "CONNECTED");
            desktop.ok("conversation.hold", desktop.consulted());
            desktop.until("both held", m -> m.primaryIs("HELD") && m.consultIs("HELD"));
            desktop.settle();
            assertThat(desktop.mirror().primary().may("conversation.retrieve")).isTrue();
            assertThat(desktop.mirror().consult().may("conversation.retrieve")).isTrue();
            desktop.check();
            desktop.ok("conversation.retrieve", desktop.primary());
            desktop.until("primary", m -> m.primaryIs("CONNECTED") && m.consultIs("HELD"));
            desktop.settle();
            assertThat(desktop.mirror().interaction().actions()).contains("interaction.alternate");
            desktop.check();
        }
    }

    @Test
    void withAFailedConsultThePrimaryCanBeRetrieved() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            desktop.consult("5550201", "FAILED");
            // HELD: "retrieve (if no other conversation is connected)".
            assertThat(desktop.mirror().primary().may("conversation.retrieve")).isTrue();
            desktop.ok("conversation.retrieve", desktop.primary());
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            desktop.check();
        }
    }

    @Test
    void releasingTheHeldPrimaryMakesTheConsultThePrimary() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            desktop.consult("5550102", "CONNECTED");
            desktop.ok("conversation.release", desktop.primary());
            desktop.until(
                    "one",
                    m -> m.all(io.interactionprocessor.testkit.Mirror.Kind.CONVERSATION)
                                    .size()
                            == 1);
            desktop.settle();
            assertThat(desktop.mirror().primary()).isNotNull();
            desktop.check();
        }
    }

    @Test
    void transferAndConferenceToABusyNumberLeaveNothingHanging() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            for (String command : List.of("conversation.conference", "conversation.transfer")) {
                for (String number : List.of("5550201", "5550401", "5550601")) {
                    if (desktop.mirror().primary() == null
                            || !desktop.mirror().primary().may(command)) {
                        continue;
                    }
                    desktop.request(command, desktop.primary(), new JsonObject().put("destination", number));
                    desktop.sleep(800);
                    desktop.settle();
                    desktop.check();
                }
            }
        }
    }
}
