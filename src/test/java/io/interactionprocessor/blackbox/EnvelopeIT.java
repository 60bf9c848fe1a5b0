package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2: the envelope. */
@BlackBox
class EnvelopeIT {

    private final Cluster cluster;

    EnvelopeIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private RawClient connect() {
        return RawClient.connect(cluster.node(0).url());
    }

    private JsonObject answerTo(String text) {
        try (RawClient client = connect()) {
            return client.askRaw(text);
        }
    }

    private static String code(JsonObject error) {
        return error.getJsonObject("error").getString("code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nonsense",
                "{",
                "{}}",
                "{} {}",
                "[]",
                "[{}]",
                "null",
                "true",
                "42",
                "\"text\"",
                "{\"messageType\":coreRequest}",
                "{'messageType':'coreRequest'}",
                "{\"messageType\":\"coreRequest\",}",
                "{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\",\"data\":{}} trailing",
                "{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\",\"data\":{}",
                "{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\",\"data\":{\"n\":NaN}}",
                "{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\",\"data\":{\"n\":01}}",
                "/* no */{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\",\"data\":{}}"
            })
    void whatIsNoJsonObjectIsMalformed(String text) {
        JsonObject error = answerTo(text);
        assertThat(error.getString("messageType")).isEqualTo("coreError");
        assertThat(code(error)).isEqualTo("malformedMessage");
        assertThat(error.getJsonObject("error").getString("message")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messageType\":\"coreRequest\",\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\"}",
                "{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"requestId\":\"b\",\"command\":\"ping\",\"data\":{}}",
                "{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\",\"data\":{\"x\":1,\"x\":1}}",
                "{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\",\"data\":{\"x\":1,\"\\u0078\":1}}",
                "{\"messageType\":\"serviceRequest\",\"requestId\":\"a\",\"serviceId\":\"sim\",\"request\":"
                        + "{\"command\":\"prepareSession\",\"data\":{\"agent\":{\"id\":\"1999\",\"id\":\"1998\",\"password\":\"x\"}}}}"
            })
    void aKeyThatComesTwiceIsMalformed(String text) {
        assertThat(code(answerTo(text))).isEqualTo("malformedMessage");
    }

    @Test
    void aMessageNestedTooDeeplyIsMalformed() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        JsonObject error =
                answerTo("{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\",\"data\":{\"x\":"
                        + deep + "}}");
        assertThat(code(error)).isEqualTo("malformedMessage");
    }

    @Test
    void aHugeNumberHarmsNothing() {
        try (RawClient client = connect()) {
            client.askRaw(
                    "{\"messageType\":\"coreRequest\",\"requestId\":\"a\",\"command\":\"ping\",\"data\":{\"x\":1e999999999}}");
            client.askRaw("{\"messageType\":\"coreRequest\",\"requestId\":\"b\",\"command\":\"ping\",\"data\":{\"x\":"
                    + "9".repeat(10_000) + "}}");
            assertThat(client.ask(request("c", "ping")).getString("result")).isEqualTo("success");
        }
    }

    private static JsonObject request(String id, String command) {
        return new JsonObject()
                .put("messageType", "coreRequest")
                .put("requestId", id)
                .put("command", command)
                .put("data", new JsonObject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fooRequest", "", "COREREQUEST", "corerequest", "coreRequest "})
    void anotherMessageTypeIsUnknown(String type) {
        JsonObject error =
                answerTo(request("t", "ping").put("messageType", type).encode());
        assertThat(error.getString("messageType")).isEqualTo("coreError");
        assertThat(code(error)).isEqualTo("unknownMessageType");
        assertThat(error.getString("requestId")).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"coreResponse", "serviceEvent", "resourceError", "coreError"})
    void whatOnlyTheServerSaysIsNotUnderstood(String type) {
        JsonObject error =
                answerTo(request("t", "ping").put("messageType", type).encode());
        assertThat(error.getString("messageType")).isEqualTo("coreError");
        assertThat(code(error)).isIn("unknownMessageType", "invalidRequest");
    }

    @Test
    void requestIdsOf1And128CharactersAreEchoed() {
        try (RawClient client = connect()) {
            assertThat(client.ask(request("x", "ping")).getString("requestId")).isEqualTo("x");
            String longest = "y".repeat(128);
            assertThat(client.ask(request(longest, "ping")).getString("requestId"))
                    .isEqualTo(longest);
        }
    }

    @Test
    void unknownPropertiesAreIgnored() {
        try (RawClient client = connect()) {
            JsonObject odd = new JsonObject().put("deep", List.of(1, 2, new JsonObject()));
            JsonObject ping = request("u1", "ping").put("unknown", odd).put("data", odd);
            assertThat(client.ask(ping).getString("result")).isEqualTo("success");
            JsonObject bind =
                    request("u2", "bindService").put("serviceId", "sim").put("more", true);
            assertThat(client.ask(bind).getString("result")).isEqualTo("success");
            JsonObject service =
                    Desktop.serviceMessage("u3", "getCapabilities", odd).put("extra", 1);
            service.getJsonObject("request").put("unknown", odd);
            assertThat(client.ask(service).getJsonObject("response").getString("result"))
                    .isEqualTo("success");
        }
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.ok(
                    "channel.dial",
                    desktop.channel(),
                    new JsonObject().put("destination", "5550101").put("unknown", new JsonObject()));
        }
    }

    @Test
    void theOrderOfPropertiesDoesNotMatter() {
        JsonObject answer =
                answerTo("{\"data\":{},\"command\":\"ping\",\"requestId\":\"o\",\"messageType\":\"coreRequest\"}");
        assertThat(answer.getString("result")).isEqualTo("success");
    }

    @Test
    void anUnknownCommandIsAResponse() {
        try (Desktop desktop = Desktop.started(cluster.node(0), Clusters.agent())) {
            JsonObject core = desktop.core("dance", new JsonObject());
            assertThat(core.getString("messageType")).isEqualTo("coreResponse");
            assertThat(core.getString("command")).isEqualTo("dance");
            assertThat(core.getString("result")).isEqualTo("failure");
            assertThat(core.getJsonObject("failure").getString("code")).isEqualTo("unknownCommand");
            JsonObject service = desktop.service("dance", new JsonObject());
            assertThat(service.getString("messageType")).isEqualTo("serviceResponse");
            assertThat(service.getJsonObject("response")
                            .getJsonObject("failure")
                            .getString("code"))
                    .isEqualTo("unknownCommand");
            desktop.fails("unknownCommand", "session.dance", desktop.resource(), new JsonObject());
            desktop.fails("unknownCommand", "dance", desktop.resource(), new JsonObject());
        }
    }

    @Test
    void everyAnswerHasTheShapeOfTheEnvelope() {
        try (Desktop desktop = Desktop.started(cluster.node(0), Clusters.agent())) {
            JsonObject core = desktop.core("ping", new JsonObject());
            assertThat(core.fieldNames()).contains("messageType", "requestId", "command", "result", "data");
            JsonObject service = desktop.service("getCapabilities", new JsonObject());
            assertThat(service.getString("serviceId")).isEqualTo("sim");
            assertThat(service.getJsonObject("response").getString("command")).isEqualTo("getCapabilities");
            JsonObject resource = desktop.wire()
                    .ask(desktop.message("shape", "session.snapshot", desktop.resource(), new JsonObject()));
            assertThat(resource.getString("messageType")).isEqualTo("resourceResponse");
            assertThat(resource.getString("serviceId")).isEqualTo("sim");
            assertThat(resource.getString("resourceId")).isEqualTo(desktop.resource());
            JsonObject response = resource.getJsonObject("response");
            assertThat(response.getString("command")).isEqualTo("session.snapshot");
            assertThat(response.getString("target")).isEqualTo(desktop.resource());
            assertThat(response.getString("result")).isEqualTo("success");
            for (JsonObject message : desktop.wire().received()) {
                assertThat(message.getString("messageType"))
                        .matches("(core|service|resource)(Request|Response|Event|Error)");
            }
            for (JsonObject event : desktop.events()) {
                assertThat(event.getString("messageType"))
                        .isEqualTo(event.getString("name").equals("state.updated") ? "stateEvent" : "objectEvent");
                assertThat(event.getString("target")).startsWith(desktop.resource());
                assertThat(event.getValue("data")).isInstanceOf(JsonObject.class);
            }
        }
    }

    @Test
    void everyPipelinedRequestGetsExactlyOneAnswer() {
        try (Desktop desktop = Desktop.started(cluster.node(2), Clusters.agent())) {
            List<String> ids = IntStream.range(0, 90).mapToObj(n -> "pipe" + n).toList();
            for (int n = 0; n < ids.size(); n++) {
                desktop.wire().send(mixed(desktop, ids.get(n), n));
            }
            ids.forEach(id -> desktop.wire().answer(id));
            desktop.core("ping", new JsonObject());
            for (String id : ids) {
                assertThat(desktop.wire().received().stream()
                                .filter(m -> id.equals(m.getValue("requestId")))
                                .filter(m -> !RawClient.isEvent(m)))
                        .as(id)
                        .hasSize(1);
            }
        }
    }

    private static JsonObject mixed(Desktop desktop, String id, int n) {
        return switch (n % 6) {
            case 0 -> request(id, "ping");
            case 1 -> request(id, "getServices");
            case 2 -> Desktop.serviceMessage(id, "getCapabilities", new JsonObject());
            case 3 -> desktop.message(id, "session.snapshot", desktop.resource(), new JsonObject());
            case 4 -> request(id, "nothing");
            default -> desktop.message(id, "channel.ready", desktop.resource(), new JsonObject());
        };
    }

    @Test
    void aServiceThatDoesNotExistIsUnknown() {
        JsonObject error = answerTo(Desktop.serviceMessage("s", "getCapabilities", new JsonObject())
                .put("serviceId", "nowhere")
                .encode());
        assertThat(error.getString("messageType")).isEqualTo("serviceError");
        assertThat(error.getString("requestId")).isEqualTo("s");
        assertThat(code(error)).isEqualTo("unknownService");
    }

    @Test
    void aServiceThatIsNotBoundSaysSo() {
        JsonObject error = answerTo(
                Desktop.serviceMessage("s", "getCapabilities", new JsonObject()).encode());
        assertThat(error.getString("messageType")).isEqualTo("serviceError");
        assertThat(code(error)).isEqualTo("notBound");
    }

    @Test
    void aResourceThatDoesNotExistIsUnknown() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.bindService();
            JsonObject error = desktop.wire()
                    .ask(desktop.message("r", "session.start", "nowhere", new JsonObject())
                            .put("resourceId", "nowhere"));
            assertThat(error.getString("messageType")).isEqualTo("resourceError");
            assertThat(error.getString("requestId")).isEqualTo("r");
            assertThat(code(error)).isEqualTo("unknownResource");
        }
    }

    @Test
    void aResourceThatAnotherClientHasIsNotBound() {
        try (Desktop owner = Desktop.started(cluster.node(0), Clusters.agent())) {
            for (int n = 0; n < 2; n++) {
                try (Desktop stranger = Desktop.connect(cluster.node(n))) {
                    stranger.bindService();
                    JsonObject error = stranger.wire()
                            .ask(owner.message("r", "session.snapshot", owner.resource(), new JsonObject()));
                    assertThat(error.getString("messageType")).isEqualTo("resourceError");
                    assertThat(code(error)).isEqualTo("notBound");
                }
            }
        }
    }
}
