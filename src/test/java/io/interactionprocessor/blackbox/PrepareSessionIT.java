package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Section 4.1: prepareSession; stand-ins and failed attempts have classes of their own. */
@BlackBox
class PrepareSessionIT {

    private final Cluster cluster;

    PrepareSessionIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private Desktop connect(int node) {
        Desktop desktop = Desktop.connect(cluster.node(node));
        desktop.bindService();
        return desktop;
    }

    private static JsonObject prepare(Desktop desktop, JsonObject data) {
        JsonObject answer = desktop.service("prepareSession", data);
        assertThat(answer.getString("messageType")).as("answer %s", answer).isEqualTo("serviceResponse");
        return answer.getJsonObject("response");
    }

    private static String code(JsonObject response) {
        assertThat(response.getString("result")).as("response %s", response).isEqualTo("failure");
        return response.getJsonObject("failure").getString("code");
    }

    /** {@code original} is "the whole request": the message or the request within it. */
    static JsonObject requestIn(JsonObject original) {
        return original.getJsonObject("request", original);
    }

    @Test
    void successNamesTheResourceAndRepeatsTheDataButForThePassword() {
        try (Desktop desktop = connect(0)) {
            JsonObject data = Desktop.credentials(Clusters.agent(), "demo", false)
                    .put("model", "")
                    .put(
                            "own",
                            new JsonObject()
                                    .put(
                                            "list",
                                            new JsonArray().add(1).add("zwei").addNull()))
                    .put("number", 12.5);
            data.getJsonObject("agent").put("title", "Dr. Ünal");
            JsonObject response = prepare(desktop, data);
            assertThat(response.getString("result")).isEqualTo("success");
            assertThat(response.getJsonObject("resource").getString("id")).isNotBlank();
            JsonObject expected = data.copy();
            expected.getJsonObject("agent").put("password", "***");
            assertThat(response.getJsonObject("resource").getJsonObject("data")).isEqualTo(expected);
        }
    }

    @Test
    void aMissingOrBlankModelIsTheDefault() {
        try (Desktop desktop = connect(0)) {
            String standard = desktop.service("getCapabilities", new JsonObject())
                    .getJsonObject("response")
                    .getJsonObject("data")
                    .getString("default-call-model");
            for (String model : new String[] {null, "", "  "}) {
                JsonObject data = Desktop.credentials(Clusters.agent(), "demo", null);
                if (model != null) {
                    data.put("model", model);
                }
                try (Desktop other = connect(0)) {
                    String id = prepare(other, data).getJsonObject("resource").getString("id");
                    other.bind(id, null, null);
                    other.start();
                    assertThat(other.snapshot().getJsonObject("session").getString("model"))
                            .isEqualTo(standard);
                }
            }
        }
    }

    @Test
    void anUnknownModelFailsAndRepeatsTheRequestWithoutThePassword() {
        try (Desktop desktop = connect(0)) {
            JsonObject data =
                    Desktop.credentials(Clusters.agent(), "demo", false).put("model", "no-such-model");
            JsonObject response = prepare(desktop, data);
            assertThat(code(response)).isEqualTo("unknownModel");
            assertThat(response.getString("command")).isEqualTo("prepareSession");
            assertThat(response.getJsonObject("failure").getString("message")).isNotBlank();
            JsonObject expected = data.copy();
            expected.getJsonObject("agent").put("password", "***");
            JsonObject original = requestIn(response.getJsonObject("original"));
            assertThat(original.getString("command")).isEqualTo("prepareSession");
            assertThat(original.getJsonObject("data")).isEqualTo(expected);
        }
    }

    @Test
    void theContextOfAFailureIsAnErrorIdThatTheLogAlsoHas() {
        try (Desktop desktop = connect(0)) {
            JsonObject data =
                    Desktop.credentials(Clusters.agent(), "demo", false).put("model", "no-such-model");
            String context = prepare(desktop, data).getJsonObject("failure").getString("context");
            assertThat(context).isNotBlank().doesNotContain("\n", "at io.", "Exception");
            desktop.ask("log entry " + context, () -> cluster.node(0).log(), log -> log.contains(context));
        }
    }

    @Test
    void theCredentialsAreCheckedFirst() {
        String agent = Clusters.agent();
        try (Desktop owner = Desktop.started(cluster.node(0), agent);
                Desktop desktop = connect(1)) {
            assertThat(code(prepare(
                            desktop,
                            Desktop.credentials(Clusters.agent(), "wrong", false)
                                    .put("model", "no-such-model"))))
                    .isEqualTo("invalidCredentials");
            assertThat(code(prepare(desktop, Desktop.credentials(agent, "wrong", false))))
                    .isEqualTo("invalidCredentials");
            assertThat(code(prepare(desktop, Desktop.credentials(agent, "wrong", true))))
                    .isEqualTo("invalidCredentials");
            owner.check();
        }
    }

    @Test
    void unknownAgentAndWrongPasswordGetTheSameText() {
        try (Desktop desktop = connect(2)) {
            JsonObject unknown = prepare(desktop, Desktop.credentials("nobody", "demo", false));
            JsonObject wrong = prepare(desktop, Desktop.credentials(Clusters.agent(), "wrong", false));
            assertThat(code(unknown)).isEqualTo("invalidCredentials");
            assertThat(code(wrong)).isEqualTo("invalidCredentials");
            assertThat(unknown.getJsonObject("failure").getString("message"))
                    .isEqualTo(wrong.getJsonObject("failure").getString("message"));
            assertThat(unknown.getJsonObject("failure").fieldNames())
                    .isEqualTo(wrong.getJsonObject("failure").fieldNames());
        }
    }

    @Test
    void emptyAndOddCredentialsAreInvalid() {
        try (Desktop desktop = connect(2)) {
            assertThat(code(prepare(desktop, Desktop.credentials(Clusters.agent(), "", false))))
                    .isIn("invalidCredentials", "invalidRequest");
            assertThat(code(prepare(desktop, Desktop.credentials("", "demo", false))))
                    .isIn("invalidCredentials", "invalidRequest");
            assertThat(code(prepare(desktop, Desktop.credentials(Clusters.agent(), "***", false))))
                    .isEqualTo("invalidCredentials");
            assertThat(code(prepare(
                            desktop, Desktop.credentials(Clusters.agent(), "standin:" + "0".repeat(32), false))))
                    .isEqualTo("invalidCredentials");
            assertThat(code(prepare(desktop, Desktop.credentials(Clusters.agent(), "DEMO", false))))
                    .isEqualTo("invalidCredentials");
            assertThat(code(prepare(desktop, Desktop.credentials(Clusters.agent() + " ", "demo", false))))
                    .isEqualTo("invalidCredentials");
        }
    }

    @Test
    void aSecondSessionNeedsConfirmationOnEveryNodeAndNothingHasChanged() {
        String agent = Clusters.agent();
        Instant before = Instant.now().minusSeconds(5);
        try (Desktop owner = Desktop.active(cluster.node(0), agent)) {
            owner.talkTo("5550101");
            long last = owner.lastSequence();
            for (int node = 0; node < 3; node++) {
                for (Boolean override : new Boolean[] {false, null}) {
                    try (Desktop second = connect(node)) {
                        JsonObject data = Desktop.credentials(agent, "demo", override);
                        JsonObject response = prepare(second, data);
                        assertThat(response.getString("result")).isEqualTo("confirm");
                        assertThat(response.getString("command")).isEqualTo("prepareSession");
                        assertThat(response.getString("message")).isNotBlank();
                        JsonObject session = response.getJsonObject("session");
                        assertThat(Instant.parse(session.getString("since"))).isBetween(before, Instant.now());
                        assertThat(session.getString("state")).isEqualTo("active");
                        assertThat(session.getString("node")).isNotBlank();
                        assertThat(session.getInteger("calls")).isEqualTo(1);
                        JsonObject original = requestIn(response.getJsonObject("original"));
                        assertThat(original.getString("command")).isEqualTo("prepareSession");
                        JsonObject expected = data.copy();
                        String password = original.getJsonObject("data")
                                .getJsonObject("agent")
                                .getString("password");
                        // 128 bits are 22 characters of base64 or 32 of hexadecimal.
                        assertThat(password).startsWith("standin:").hasSizeGreaterThanOrEqualTo(8 + 22);
                        expected.getJsonObject("agent").put("password", password);
                        assertThat(original.getJsonObject("data")).isEqualTo(expected);
                        assertThat(second.wire().received()).noneMatch(RawClient::isEvent);
                    }
                }
            }
            owner.check();
            assertThat(owner.namesAfter(last)).isEmpty();
        }
    }

    @Test
    void overrideEndsTheOldSessionWithTheReasonAndClosesItsClient4002() {
        String agent = Clusters.agent();
        for (int node = 0; node < 2; node++) {
            Desktop owner = Desktop.active(cluster.node(0), agent);
            owner.talkTo("5550101");
            try (Desktop second = connect(node)) {
                second.prepare(agent, true);
                assertThat(owner.wire().awaitClose(RawClient.SOON)).isEqualTo(4002);
                assertThat(owner.mirror().ended()).isEqualTo("overridden");
                assertThat(owner.orderComplaints()).isEmpty();
                assertThat(owner.events().get(owner.events().size() - 1).getString("name"))
                        .isEqualTo("session.ended");
                assertThat(second.resource()).isNotEqualTo(owner.resource());
                second.bind();
                second.start();
                // Calls are not touched.
                second.until("the call", m -> m.primaryIs("CONNECTED"));
                second.check();
            }
        }
    }

    @Test
    void afterOverrideTheOldResourceIsUnknown() {
        String agent = Clusters.agent();
        Desktop owner = Desktop.started(cluster.node(0), agent);
        try (Desktop second = connect(1);
                Desktop third = connect(0)) {
            second.prepare(agent, true);
            owner.wire().awaitClose(RawClient.SOON);
            JsonObject answer = third.core(
                    "bindResource",
                    Desktop.bindBody(owner.resource(), new JsonObject().put("resumeKey", owner.resumeKey())));
            assertThat(answer.encode()).contains("unknownResource");
        }
    }

    @Test
    void overrideWithoutASessionCreatesOne() {
        try (Desktop desktop = connect(1)) {
            desktop.prepare(Clusters.agent(), true);
            desktop.bind();
            desktop.start();
            desktop.check();
        }
    }

    @Test
    void aSessionThatIsOnlyPreparedIsASessionToo() {
        String agent = Clusters.agent();
        try (Desktop first = connect(0);
                Desktop second = connect(2)) {
            first.prepare(agent, false);
            JsonObject response = prepare(second, Desktop.credentials(agent, "demo", false));
            assertThat(response.getString("result")).isEqualTo("confirm");
            assertThat(response.getJsonObject("session").getString("state")).isEqualTo("prepared");
            assertThat(response.getJsonObject("session").getInteger("calls")).isZero();
            second.prepare(agent, true);
            JsonObject late = first.core("bindResource", Desktop.bindBody(first.resource(), new JsonObject()));
            assertThat(late.encode()).contains("unknownResource");
            second.bind();
            second.start();
        }
    }

    @Test
    void aSessionPreparedOnOneNodeCanBeBoundOnAnother() {
        try (Desktop first = connect(0);
                Desktop second = connect(1)) {
            first.prepare(Clusters.agent(), false);
            second.bind(first.resource(), null, null);
            second.start();
            second.check();
        }
    }

    @Test
    void resourceIdsAreUnguessableAndHaveNoDot() {
        try (Desktop desktop = connect(0)) {
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < 8; i++) {
                desktop.prepare(Clusters.agent(), false);
                assertThat(desktop.resource()).hasSizeGreaterThanOrEqualTo(22).doesNotContain(".");
                ids.add(desktop.resource());
            }
            assertThat(ids).hasSize(8);
        }
    }

    @Test
    void afterLogoutAnotherSessionNeedsNoConfirmation() {
        String agent = Clusters.agent();
        for (int node = 0; node < 3; node++) {
            try (Desktop desktop = Desktop.started(cluster.node(node), agent)) {
                desktop.ok("session.logout", desktop.resource());
                desktop.until("ended", m -> "logout".equals(m.ended()));
            }
        }
    }

    @Test
    void aSessionThatNobodyBindsWithin30SecondsIsDestroyed() {
        String agent = Clusters.agent();
        try (Desktop desktop = connect(0);
                Desktop other = connect(1)) {
            desktop.prepare(agent, false);
            long start = System.nanoTime();
            other.ask(
                    "end of the unbound session",
                    Duration.ofSeconds(60),
                    () -> other.tryPrepare(agent, false).getString("result"),
                    "success"::equals);
            assertThat((System.nanoTime() - start) / 1_000_000_000).isBetween(27L, 45L);
            JsonObject late = desktop.core("bindResource", Desktop.bindBody(desktop.resource(), new JsonObject()));
            assertThat(late.encode()).contains("unknownResource");
        }
    }

    @Test
    void aBoundSessionIsNotDestroyedEvenIfItIsNotStarted(
            @Own(value = "odd", config = "src/test/resources/blackbox/odd.yaml") Cluster impatient) {
        try (Desktop desktop = Desktop.bound(impatient.node(0), Clusters.agent());
                Desktop other = Desktop.connect(impatient.node(0))) {
            other.bindService();
            String unbound = Clusters.agent();
            other.prepare(unbound, false);
            other.ask("end", () -> other.tryPrepare(unbound, false).getString("result"), "success"::equals);
            assertThat(other.tryPrepare(desktop.agent(), false)
                            .getJsonObject("session")
                            .getString("state"))
                    .isEqualTo("bound");
            desktop.start();
        }
    }

    @Test
    void credentialsCanBeEchoedVerbatimIfTheOperatorSaysSo(
            @Own(value = "two-domains", config = "src/test/resources/blackbox/two-domains.yaml") Cluster echoing) {
        try (Desktop desktop = Desktop.connect(echoing.node(0))) {
            desktop.bindService();
            JsonObject data = Desktop.credentials("1002", "demo", false);
            assertThat(prepare(desktop, data).getJsonObject("resource").getJsonObject("data"))
                    .isEqualTo(data);
            JsonObject confirm = prepare(desktop, data);
            assertThat(confirm.getString("result")).isEqualTo("confirm");
            assertThat(requestIn(confirm.getJsonObject("original")).getJsonObject("data"))
                    .isEqualTo(data);
        }
    }
}
