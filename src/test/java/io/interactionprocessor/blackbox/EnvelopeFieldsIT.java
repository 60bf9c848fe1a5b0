package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Section 2: {@code invalidRequest} with the JSON pointer of the offending field; nothing is converted. */
@BlackBox
class EnvelopeFieldsIT {

    private final Cluster cluster;

    EnvelopeFieldsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private static final String CORE =
            "{\"messageType\":\"coreRequest\",\"requestId\":\"i\",\"command\":\"ping\",\"data\":{}}";
    private static final String SERVICE =
            "{\"messageType\":\"serviceRequest\",\"requestId\":\"i\",\"serviceId\":\"sim\","
                    + "\"request\":{\"command\":\"getCapabilities\",\"data\":{}}}";
    private static final String RESOURCE =
            "{\"messageType\":\"resourceRequest\",\"requestId\":\"i\",\"serviceId\":\"sim\","
                    + "\"resourceId\":\"R\",\"request\":{\"command\":\"session.start\",\"target\":\"R\",\"data\":{}}}";
    private static final String BIND =
            "{\"messageType\":\"coreRequest\",\"requestId\":\"i\",\"command\":\"bindResource\","
                    + "\"serviceId\":\"sim\",\"resourceId\":\"R\",\"data\":{}}";
    private static final String BIND_SERVICE =
            "{\"messageType\":\"coreRequest\",\"requestId\":\"i\",\"command\":\"bindService\",\"serviceId\":\"sim\"}";
    private static final String GET_SERVICES =
            "{\"messageType\":\"coreRequest\",\"requestId\":\"i\",\"command\":\"getServices\",\"data\":{}}";

    /** In each of these messages each of these fields, in turn missing, null and of another type. */
    static Stream<Arguments> required() {
        return Stream.of(
                        List.of(CORE, "/requestId", "/command"),
                        List.of(SERVICE, "/requestId", "/serviceId", "/request", "/request/command"),
                        List.of(
                                RESOURCE,
                                "/requestId",
                                "/serviceId",
                                "/resourceId",
                                "/request",
                                "/request/command",
                                "/request/target"),
                        List.of(BIND, "/serviceId", "/resourceId"),
                        List.of(BIND_SERVICE, "/serviceId"))
                .flatMap(row -> row.stream()
                        .skip(1)
                        .flatMap(pointer -> Stream.of("missing", null, 7, true, new JsonArray())
                                .map(value -> Arguments.of(row.get(0), pointer, value))));
    }

    @ParameterizedTest
    @MethodSource("required")
    void aRequiredFieldThatIsMissingOrOfAnotherTypeIsPointedAt(String message, String pointer, Object value) {
        rejected(changed(message, pointer, value), pointer);
    }

    /** Fields that may be missing but not be of another type. */
    static Stream<Arguments> optional() {
        return Stream.of(
                        List.of(CORE, "/data"),
                        List.of(SERVICE, "/request/data"),
                        List.of(BIND, "/data", "/data/resumeKey", "/data/lastSequence"),
                        List.of(GET_SERVICES, "/data/type"))
                .flatMap(row -> row.stream()
                        .skip(1)
                        .flatMap(pointer -> Stream.<Object>of(true, new JsonArray(), "text", 7)
                                .filter(value -> !(value.equals("text") && pointer.matches(".*(resumeKey|type)")))
                                .filter(value -> !(value.equals(7) && pointer.endsWith("lastSequence")))
                                .map(value -> Arguments.of(row.get(0), pointer, value))));
    }

    @ParameterizedTest
    @MethodSource("optional")
    void anOptionalFieldOfAnotherTypeIsPointedAt(String message, String pointer, Object value) {
        rejected(changed(message, pointer, value), pointer);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(CORE, "/requestId", ""),
                Arguments.of(CORE, "/requestId", "x".repeat(129)),
                Arguments.of(BIND, "/data/lastSequence", -1),
                Arguments.of(BIND, "/data/lastSequence", 1.5));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueThatIsNotAllowedIsPointedAt(String message, String pointer, Object value) {
        rejected(changed(message, pointer, value), pointer);
    }

    private static JsonObject changed(String message, String pointer, Object value) {
        JsonObject changed = new JsonObject(message);
        String[] path = pointer.substring(1).split("/", -1);
        JsonObject at = changed;
        for (int i = 0; i < path.length - 1; i++) {
            at = at.getJsonObject(path[i]);
        }
        String last = path[path.length - 1];
        if ("missing".equals(value)) {
            at.remove(last);
        } else {
            at.put(last, value);
        }
        return changed;
    }

    /**
     * The envelope's own fields must give a coreError; whether what concerns {@code data} does too or gives a Response with the
     * code {@code invalidRequest}, section 2 leaves open.
     */
    private void rejected(JsonObject message, String pointer) {
        try (RawClient client = RawClient.connect(cluster.node(0).url())) {
            client.send(new JsonObject()
                    .put("messageType", "coreRequest")
                    .put("requestId", "bind")
                    .put("command", "bindService")
                    .put("serviceId", "sim"));
            client.answer("bind");
            JsonObject answer = client.askRaw(message.encode());
            JsonObject why = invalidity(answer);
            assertThat(why).as("answer %s to %s", answer, message).isNotNull();
            assertThat(why.getString("code")).as("answer %s", answer).isEqualTo("invalidRequest");
            assertThat(why.getString("field")).as("answer %s", answer).isEqualTo(pointer);
            if (!pointer.equals("/requestId")) {
                assertThat(answer.getString("requestId")).isEqualTo("i");
            }
            if (!pointer.contains("data/") && !pointer.endsWith("/request/data")) {
                assertThat(answer.getString("messageType")).isEqualTo("coreError");
            }
        }
    }

    /** The error or failure in an answer of any kind, or null. */
    private static JsonObject invalidity(JsonObject answer) {
        if (answer.containsKey("error")) {
            return answer.getJsonObject("error");
        }
        JsonObject response = answer.getJsonObject("response", answer);
        return response.getJsonObject("failure");
    }

    /** Data of session requests. */
    static Stream<Arguments> data() {
        return Stream.of(
                Arguments.of("session.start", "session", "extension", 1001),
                Arguments.of("session.logout", "session", "reason", true),
                Arguments.of("session.logout", "session", "when", 1),
                Arguments.of("session.logout", "session", "when", "tomorrow"),
                Arguments.of("channel.dial", "channel", "destination", 5550101),
                Arguments.of("channel.dial", "channel", "destination", null),
                Arguments.of("channel.dial", "channel", "data", "text"),
                Arguments.of("channel.notready", "channel", "reason", 5),
                Arguments.of("channelgroup.notready", "group", "reason", 5));
    }

    @ParameterizedTest
    @MethodSource("data")
    void dataOfASessionRequestIsNotConverted(String command, String kind, String name, Object value) {
        boolean start = command.equals("session.start");
        try (Desktop desktop = start
                ? Desktop.bound(cluster.node(1), Clusters.agent())
                : Desktop.active(cluster.node(1), Clusters.agent())) {
            String target = switch (kind) {
                case "channel" -> desktop.channel();
                case "group" -> desktop.group();
                default -> desktop.resource();
            };
            JsonObject data = new JsonObject();
            if (command.equals("channel.dial")) {
                data.put("destination", "5550101");
            }
            long before = desktop.lastSequence();
            JsonObject answer = desktop.wire().ask(desktop.message("d", command, target, data.put(name, value)));
            JsonObject why = invalidity(answer);
            assertThat(why).as("answer %s", answer).isNotNull();
            assertThat(why.getString("code")).isEqualTo("invalidRequest");
            assertThat(why.getString("field")).isEqualTo("/request/data/" + name);
            desktop.core("ping", new JsonObject());
            assertThat(desktop.namesAfter(before)).isEmpty();
        }
    }

    @Test
    void numbersAreNoTextsAndTextsNoBooleansInPrepareSession() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.bindService();
            String agent = Clusters.agent();
            JsonObject good = Desktop.credentials(agent, "demo", false);
            List<JsonObject> bad = List.of(
                    good.copy().put("override", "true"),
                    good.copy().put("override", 1),
                    good.copy().put("model", 1),
                    good.copy().put("agent", agent),
                    good.copy().put("agent", new JsonArray()),
                    good.copy()
                            .put(
                                    "agent",
                                    new JsonObject()
                                            .put("id", Integer.valueOf(agent))
                                            .put("password", "demo")),
                    good.copy().put("agent", new JsonObject().put("id", agent).put("password", 1)),
                    good.copy().put("agent", new JsonObject().put("id", agent)),
                    good.copy().put("agent", new JsonObject().put("password", "demo")),
                    new JsonObject());
            List<String> pointers = List.of(
                    "override",
                    "override",
                    "model",
                    "agent",
                    "agent",
                    "agent/id",
                    "agent/password",
                    "agent/password",
                    "agent/id",
                    "agent");
            for (int i = 0; i < bad.size(); i++) {
                JsonObject answer = desktop.service("prepareSession", bad.get(i));
                JsonObject why = invalidity(answer);
                assertThat(why).as("answer %s to %s", answer, bad.get(i)).isNotNull();
                assertThat(why.getString("code")).as("%s", bad.get(i)).isEqualTo("invalidRequest");
                assertThat(why.getString("field")).as("%s", bad.get(i)).isEqualTo("/request/data/" + pointers.get(i));
            }
            assertThat(desktop.tryPrepare(agent, false).getString("result")).isEqualTo("success");
        }
    }
}
