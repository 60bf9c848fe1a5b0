package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Section 4.1: the one-time stand-in for a password. */
@BlackBox
class StandInIT {

    private final Cluster cluster;

    StandInIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What a client sends after its user agreed: {@code original} with {@code override} true. */
    private static JsonObject agreed(Desktop desktop, String agent) {
        JsonObject confirm = desktop.tryPrepare(agent, false);
        assertThat(confirm.getString("result")).isEqualTo("confirm");
        JsonObject original = PrepareSessionIT.requestIn(confirm.getJsonObject("original"));
        return original.getJsonObject("data").put("override", true);
    }

    private static JsonObject send(Desktop desktop, JsonObject data) {
        return desktop.service("prepareSession", data).getJsonObject("response");
    }

    private static Desktop connect(Cluster.Node node) {
        Desktop desktop = Desktop.connect(node);
        desktop.bindService();
        return desktop;
    }

    @Test
    void aClientCanTakeOriginalSetOverrideAndSendIt() {
        String agent = Clusters.agent();
        for (int node = 0; node < 3; node++) {
            Desktop owner = Desktop.started(cluster.node(0), agent);
            try (Desktop second = connect(cluster.node(node))) {
                JsonObject confirm = second.service("prepareSession", Desktop.credentials(agent, "demo", false));
                JsonObject original = confirm.getJsonObject("response").getJsonObject("original");
                PrepareSessionIT.requestIn(original).getJsonObject("data").put("override", true);
                // Whatever of the request `original` holds, what it lacks is the envelope.
                JsonObject message = new JsonObject()
                        .put("messageType", "serviceRequest")
                        .put("serviceId", "sim")
                        .put("request", PrepareSessionIT.requestIn(original))
                        .put("requestId", "again");
                JsonObject response = second.wire().ask(message).getJsonObject("response");
                assertThat(response.getString("result")).as("%s", response).isEqualTo("success");
                assertThat(response.getJsonObject("resource")
                                .getJsonObject("data")
                                .getJsonObject("agent")
                                .getString("password"))
                        .isEqualTo("***");
                assertThat(owner.wire().awaitClose(RawClient.SOON)).isEqualTo(4002);
                second.bind(response.getJsonObject("resource").getString("id"), null, null);
                second.start();
            }
        }
    }

    @Test
    void aStandInServesOnce() {
        String agent = Clusters.agent();
        try (Desktop owner = Desktop.started(cluster.node(0), agent);
                Desktop second = connect(cluster.node(0))) {
            JsonObject data = agreed(second, agent);
            assertThat(send(second, data).getString("result")).isEqualTo("success");
            assertThat(send(second, data).getJsonObject("failure").getString("code"))
                    .isEqualTo("invalidCredentials");
            assertThat(owner.wire().awaitClose(RawClient.SOON)).isEqualTo(4002);
        }
    }

    @Test
    void aStandInServesItsConnectionOnly() {
        String agent = Clusters.agent();
        try (Desktop owner = Desktop.started(cluster.node(0), agent);
                Desktop second = connect(cluster.node(0));
                Desktop third = connect(cluster.node(0));
                Desktop elsewhere = connect(cluster.node(1))) {
            JsonObject data = agreed(second, agent);
            assertThat(send(third, data).getJsonObject("failure").getString("code"))
                    .isEqualTo("invalidCredentials");
            assertThat(send(elsewhere, data).getJsonObject("failure").getString("code"))
                    .isEqualTo("invalidCredentials");
            owner.check();
            assertThat(send(second, data).getString("result")).isEqualTo("success");
        }
    }

    @Test
    void aStandInServesItsAgentOnly() {
        String agent = Clusters.agent();
        String other = Clusters.agent();
        try (Desktop owner = Desktop.started(cluster.node(0), agent);
                Desktop second = connect(cluster.node(0))) {
            JsonObject data = agreed(second, agent);
            data.getJsonObject("agent").put("id", other);
            assertThat(send(second, data).getJsonObject("failure").getString("code"))
                    .isEqualTo("invalidCredentials");
            owner.check();
        }
    }

    @Test
    void aStandInSentWithoutOverrideStillNeedsConfirmation() {
        String agent = Clusters.agent();
        try (Desktop owner = Desktop.started(cluster.node(0), agent);
                Desktop second = connect(cluster.node(0))) {
            JsonObject again = send(second, agreed(second, agent).put("override", false));
            assertThat(again.getString("result")).isEqualTo("confirm");
            JsonObject data =
                    PrepareSessionIT.requestIn(again.getJsonObject("original")).getJsonObject("data");
            assertThat(send(second, data.put("override", true)).getString("result"))
                    .isEqualTo("success");
            assertThat(owner.wire().awaitClose(RawClient.SOON)).isEqualTo(4002);
        }
    }

    @Test
    void aStandInServesForItsTimeOnly(
            @Own(value = "odd", config = "src/test/resources/blackbox/odd.yaml") Cluster own) {
        try (Desktop owner = Desktop.started(own.node(0), Clusters.agent());
                Desktop second = connect(own.node(0))) {
            JsonObject data = agreed(second, owner.agent());
            second.sleep(1_600);
            assertThat(send(second, data).getJsonObject("failure").getString("code"))
                    .isEqualTo("invalidCredentials");
            owner.check();
        }
    }
}
