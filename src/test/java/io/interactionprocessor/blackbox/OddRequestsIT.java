package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a strange, hasty or hostile client may send: every request still gets exactly one answer, and nobody else notices. */
@BlackBox
class OddRequestsIT {

    private final Cluster cluster;

    OddRequestsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private static JsonObject core(String id, String command) {
        return new JsonObject()
                .put("messageType", "coreRequest")
                .put("requestId", id)
                .put("command", command)
                .put("data", new JsonObject());
    }

    private static Map<String, Integer> answers(RawClient client) {
        Map<String, Integer> count = new TreeMap<>();
        client.received().stream()
                .filter(m -> !RawClient.isEvent(m))
                .forEach(m -> count.merge(String.valueOf(m.getValue("requestId")), 1, Integer::sum));
        return count;
    }

    @Test
    void aWholeLoginSentWithoutWaitingIsDoneInOrder() {
        String agent = Clusters.agent();
        try (Desktop preparing = Desktop.connect(cluster.node(0));
                RawClient client = RawClient.connect(cluster.node(1).url())) {
            preparing.bindService();
            preparing.prepare(agent, false);
            String session = preparing.resource();
            client.send(core("1", "bindService").put("serviceId", "sim"));
            client.send(Desktop.serviceMessage("2", "getCapabilities", new JsonObject()));
            client.send(core("3", "bindResource").mergeIn(Desktop.bindBody(session, new JsonObject())));
            client.send(preparing.message("4", "session.start", session, new JsonObject()));
            client.send(preparing.message("5", "session.snapshot", session, new JsonObject()));
            assertThat(client.answer("1").getString("result")).isEqualTo("success");
            assertThat(client.answer("2").getString("messageType")).isEqualTo("serviceResponse");
            assertThat(client.answer("3").getString("result")).isEqualTo("success");
            assertThat(client.answer("4").encode()).contains("\"result\":\"success\"");
            assertThat(client.answer("5").encode()).contains("\"result\":\"success\"");
        }
    }

    @Test
    void aBurstOfRequestsGetsExactlyOneAnswerEach() {
        try (Desktop desktop = Desktop.started(cluster.node(2), Clusters.agent())) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                ids.add("burst" + i);
                desktop.wire()
                        .send(
                                i % 2 == 0
                                        ? core(ids.get(i), "ping")
                                        : desktop.message(
                                                ids.get(i), "session.snapshot", desktop.resource(), new JsonObject()));
            }
            ids.forEach(id -> desktop.wire().answer(id));
            desktop.core("ping", new JsonObject());
            Map<String, Integer> count = answers(desktop.wire());
            assertThat(ids).allSatisfy(id -> assertThat(count.get(id)).as(id).isEqualTo(1));
            // More than may be outstanding are refused with their own code, no other.
            for (String id : ids) {
                String text = desktop.wire().answer(id).encode();
                if (!text.contains("\"result\":\"success\"")) {
                    assertThat(text).contains("tooManyRequests");
                }
            }
            desktop.check();
        }
    }

    @Test
    void farTooManyRequestsCloseTheConnectionWithPolicyOrAreAllAnswered() {
        try (RawClient client = RawClient.connect(cluster.node(1).url());
                Desktop other = Desktop.started(cluster.node(1), Clusters.agent())) {
            for (int i = 0; i < 4_000; i++) {
                client.send(core("flood" + i, "ping"));
            }
            client.awaitThat(
                    "an end",
                    RawClient.SOON,
                    () -> client.closed() || answers(client).size() == 4_000 ? 1 : null);
            if (client.closed()) {
                assertThat(client.awaitClose(RawClient.SOON)).isIn(1008, 1013);
            }
            other.check();
        }
    }

    @Test
    void aRequestIdWithOddCharactersIsEchoed() {
        try (RawClient client = RawClient.connect(cluster.node(0).url())) {
            for (String id : List.of("\"", "\\", "\n", "\u0001", " ", "</script>", "\u2028", "\uD83D\uDE00", "é")) {
                assertThat(client.ask(core(id, "ping")).getString("requestId")).isEqualTo(id);
            }
        }
    }

    @Test
    void aLoneSurrogateHarmsNothing() {
        try (RawClient client = RawClient.connect(cluster.node(0).url())) {
            client.askRaw(
                    "{\"messageType\":\"coreRequest\",\"requestId\":\"\\ud800\",\"command\":\"ping\",\"data\":{}}");
            assertThat(client.ask(core("after", "ping")).getString("result")).isEqualTo("success");
        }
    }

    @Test
    void aNullDataIsAnsweredOnce() {
        try (RawClient client = RawClient.connect(cluster.node(0).url())) {
            JsonObject answer = client.ask(core("n", "ping").putNull("data"));
            assertThat(answer.getString("requestId")).isEqualTo("n");
            client.ask(core("after", "ping"));
            assertThat(answers(client).get("n")).isEqualTo(1);
        }
    }

    @Test
    void nestingUpToSomeDepthIsFine() {
        try (RawClient client = RawClient.connect(cluster.node(0).url())) {
            String deep = "[".repeat(20) + "]".repeat(20);
            JsonObject answer = client.askRaw(
                    "{\"messageType\":\"coreRequest\",\"requestId\":\"d\",\"command\":\"ping\",\"data\":{\"x\":" + deep
                            + "}}");
            assertThat(answer.getString("result")).isEqualTo("success");
        }
    }

    @Test
    void bindResourceNeedsNoMoreThanTheResource() {
        try (Desktop preparing = Desktop.connect(cluster.node(0));
                Desktop binding = Desktop.connect(cluster.node(0))) {
            preparing.bindService();
            preparing.prepare(Clusters.agent(), false);
            // Whether the service must be bound first, the contract does not say.
            JsonObject answer = binding.core("bindResource", Desktop.bindBody(preparing.resource(), new JsonObject()));
            assertThat(answer.encode()).containsAnyOf("\"result\":\"success\"", "notBound");
        }
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
    void aPageFromElsewhereMayNotConnect() {
        String url = cluster.node(0).url();
        assertThatThrownBy(() -> RawClient.connect(url, null, "https://evil.example.com"))
                .hasMessageContaining("cannot connect");
        assertThatThrownBy(() -> RawClient.connect(url, null, "null")).hasMessageContaining("cannot connect");
        String own = url.replace("ws://", "http://").replace("/ws", "");
        try (RawClient client = RawClient.connect(url, null, own)) {
            assertThat(client.ask(core("o", "ping")).getString("result")).isEqualTo("success");
        }
    }

    @Test
    void prepareSessionRepeatsOddDataUnchanged() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.bindService();
            String odd =
                    "{\"big\":12345678901234567890,\"exact\":1.10,\"exp\":1e2,\"u\":\"\\u00fc\",\"none\":null,\"agent\":"
                            + "{\"id\":\"" + Clusters.agent() + "\",\"password\":\"demo\",\"x\":[]}}";
            JsonObject answer = desktop.wire()
                    .askRaw(
                            "{\"messageType\":\"serviceRequest\",\"requestId\":\"odd\",\"serviceId\":\"sim\",\"request\":"
                                    + "{\"command\":\"prepareSession\",\"data\":" + odd + "}}");
            JsonObject expected = new JsonObject(odd);
            expected.getJsonObject("agent").put("password", "***");
            assertThat(answer.getJsonObject("response")
                            .getJsonObject("resource")
                            .getJsonObject("data")
                            .encode())
                    .isEqualTo(expected.encode());
        }
    }

    @Test
    void aPasswordInOddPlacesIsNotRepeatedByFailures() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.bindService();
            String agent = Clusters.agent();
            List<JsonObject> bad = List.of(
                    Desktop.credentials(agent, "s3cret-one", false),
                    Desktop.credentials(agent, "s3cret-one", false).put("override", "yes"),
                    Desktop.credentials(agent, "s3cret-one", false).put("model", 5),
                    new JsonObject().put("agent", new JsonObject().put("id", 5).put("password", "s3cret-one")),
                    new JsonObject().put("agent", new JsonObject().put("password", "s3cret-one")));
            for (JsonObject data : bad) {
                assertThat(desktop.service("prepareSession", data).encode()).doesNotContain("s3cret-one");
            }
            JsonObject asNumber = Desktop.credentials(agent, "x", false);
            asNumber.getJsonObject("agent").put("password", 987654321);
            assertThat(desktop.service("prepareSession", asNumber).encode()).doesNotContain("987654321");
            JsonObject unknown = desktop.wire()
                    .ask(Desktop.serviceMessage("u", "nothing", Desktop.credentials(agent, "s3cret-one", false)));
            assertThat(unknown.encode()).doesNotContain("s3cret-one");
            assertThat(cluster.logs()).doesNotContain("s3cret-one");
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
