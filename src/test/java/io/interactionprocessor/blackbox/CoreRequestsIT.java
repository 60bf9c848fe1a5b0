package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 3: the core requests. */
@BlackBox
class CoreRequestsIT {

    private final Cluster cluster;

    CoreRequestsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private static List<String> ids(JsonObject answer) {
        assertThat(answer.getString("result")).isEqualTo("success");
        return answer.getJsonObject("data").getJsonArray("services").stream()
                .map(service -> ((JsonObject) service).getString("id"))
                .toList();
    }

    private static JsonObject type(String type) {
        return new JsonObject().put("data", new JsonObject().put("type", type));
    }

    private static String code(JsonObject answer) {
        return answer.getJsonObject(answer.containsKey("error") ? "error" : "failure")
                .getString("code");
    }

    private static JsonObject service(String id) {
        return new JsonObject().put("serviceId", id);
    }

    @Test
    void getServicesListsTheMonitorAndEveryProcessor() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            assertThat(ids(desktop.core("getServices", new JsonObject())))
                    .containsExactlyInAnyOrder("ServiceMonitor", "sim");
        }
    }

    @Test
    void getServicesTakesATypeAsFilter() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            assertThat(ids(desktop.core("getServices", type("interactionProcessor"))))
                    .containsExactly("sim");
            assertThat(ids(desktop.core("getServices", type("nothing like that"))))
                    .isEmpty();
        }
    }

    @Test
    void getServicesNeedsNoData() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            JsonObject bare = new JsonObject()
                    .put("messageType", "coreRequest")
                    .put("requestId", "bare")
                    .put("command", "getServices");
            assertThat(ids(desktop.wire().ask(bare))).contains("sim");
        }
    }

    @Test
    void pingTellsTheServersTimeInUtc() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            String time =
                    desktop.core("ping", new JsonObject()).getJsonObject("data").getString("time");
            assertThat(time).endsWith("Z");
            assertThat(Duration.between(Instant.parse(time), Instant.now()).abs())
                    .isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void bindingAnUnknownServiceSaysUnknownService() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            assertThat(code(desktop.core("bindService", service("nowhere")))).isEqualTo("unknownService");
            assertThat(code(desktop.core("unbindService", service("nowhere")))).isIn("unknownService", "notBound");
            assertThat(code(desktop.core(
                            "bindResource",
                            Desktop.bindBody("R", new JsonObject()).put("serviceId", "nowhere"))))
                    .isIn("unknownService", "notBound");
        }
    }

    @Test
    void afterUnbindServiceTheServiceIsNotBound() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.bindService();
            assertThat(desktop.service("getCapabilities", new JsonObject()).getString("messageType"))
                    .isEqualTo("serviceResponse");
            assertThat(desktop.core("unbindService", service("sim")).getString("result"))
                    .isEqualTo("success");
            JsonObject error = desktop.service("getCapabilities", new JsonObject());
            assertThat(error.getString("messageType")).isEqualTo("serviceError");
            assertThat(code(error)).isEqualTo("notBound");
        }
    }

    @Test
    void aServiceCanBeBoundAgain() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            for (int i = 0; i < 3; i++) {
                desktop.bindService();
                assertThat(desktop.core("unbindService", service("sim")).getString("result"))
                        .isEqualTo("success");
            }
            desktop.bindService();
            assertThat(desktop.service("getCapabilities", new JsonObject()).getString("messageType"))
                    .isEqualTo("serviceResponse");
        }
    }

    @Test
    void bindResourceGivesAResumeKeyTheEpochAndTheState() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.bindService();
            desktop.prepare(Clusters.agent(), false);
            JsonObject bound = desktop.bind();
            assertThat(bound.getString("resumeKey")).isNotBlank();
            assertThat(bound.getLong("epoch")).isPositive();
            assertThat(bound.getBoolean("resumed")).isFalse();
            assertThat(bound.getString("state")).isEqualTo("bound");
        }
    }

    @Test
    void bindingAnUnknownResourceSaysUnknownResource() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.bindService();
            assertThat(code(desktop.core("bindResource", Desktop.bindBody("nowhere", new JsonObject()))))
                    .isEqualTo("unknownResource");
        }
    }

    @Test
    void afterUnbindResourceTheSessionIsDetachedAndCanBeResumed() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            long last = desktop.lastSequence();
            JsonObject unbound = desktop.core("unbindResource", Desktop.bindBody(desktop.resource(), new JsonObject()));
            assertThat(unbound.getString("result")).isEqualTo("success");
            JsonObject error = desktop.wire()
                    .ask(desktop.message("late", "session.snapshot", desktop.resource(), new JsonObject()));
            assertThat(error.getString("messageType")).isEqualTo("resourceError");
            assertThat(code(error)).isEqualTo("notBound");
            // The prompt of a confirm shows the session as another desktop would see it.
            JsonObject confirm = desktop.tryPrepare(desktop.agent(), false);
            assertThat(confirm.getString("result")).isEqualTo("confirm");
            assertThat(confirm.getJsonObject("session").getString("state")).isEqualTo("detached");
            assertThat(confirm.getJsonObject("session").getInteger("calls")).isEqualTo(1);
            JsonObject bound = desktop.bind(desktop.resource(), desktop.resumeKey(), last);
            assertThat(bound.getBoolean("resumed")).isTrue();
            assertThat(bound.getString("state")).isEqualTo("active");
            desktop.check();
        }
    }

    @Test
    void unbindingAResourceThatIsNotBoundSaysSo() {
        try (Desktop owner = Desktop.started(cluster.node(0), Clusters.agent());
                Desktop stranger = Desktop.connect(cluster.node(0))) {
            stranger.bindService();
            assertThat(code(stranger.core("unbindResource", Desktop.bindBody(owner.resource(), new JsonObject()))))
                    .isIn("notBound", "unknownResource");
            assertThat(code(stranger.core("unbindResource", Desktop.bindBody("nowhere", new JsonObject()))))
                    .isIn("notBound", "unknownResource");
            owner.check();
        }
    }
}
