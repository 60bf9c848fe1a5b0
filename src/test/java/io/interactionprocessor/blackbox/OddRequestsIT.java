package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

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
}
