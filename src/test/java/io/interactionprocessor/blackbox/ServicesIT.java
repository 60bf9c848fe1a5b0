package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.Commands;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Section 4: services, their status, the monitor; 4.2: capabilities. */
@BlackBox
class ServicesIT {

    private final Cluster cluster;

    ServicesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private static JsonObject service(Desktop desktop, String id) {
        return find(
                desktop.core("getServices", new JsonObject())
                        .getJsonObject("data")
                        .getJsonArray("services"),
                id);
    }

    private static JsonObject find(JsonArray services, String id) {
        return services.stream()
                .map(JsonObject.class::cast)
                .filter(service -> id.equals(service.getString("id")))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject status(Desktop desktop) {
        return service(desktop, "sim").getJsonObject("serviceStatus");
    }

    @Test
    void aProcessorsServiceObjectHasAllItsProperties() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            JsonObject sim = service(desktop, "sim");
            assertThat(sim.getString("name")).isEqualTo("Simulated switch");
            assertThat(sim.getString("type")).isEqualTo("interactionProcessor");
            assertThat(sim.getJsonObject("info").fieldNames())
                    .contains("vendor", "version", "cti-vendor", "cti-version", "instance-domain");
            sim.getJsonObject("info")
                    .forEach(entry -> assertThat((String) entry.getValue())
                            .as(entry.getKey())
                            .isNotBlank());
            assertThat(sim.getJsonObject("info").getString("instance-domain")).isEqualTo("demo");
            JsonObject status = sim.getJsonObject("serviceStatus");
            assertThat(status.getString("status")).isEqualTo("InService");
            assertThat(status.getBoolean("acceptingClients")).isTrue();
            assertThat(status.getInteger("clientCount")).isNotNegative();
        }
    }

    @Test
    void theMonitorHasAFixedIdAndName() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            assertThat(service(desktop, "ServiceMonitor").getString("name")).isEqualTo("ServiceMonitor");
        }
    }

    @Test
    void everyNodeListsAllNodesOfTheDomain() {
        Set<String> urls = cluster.nodes().stream().map(Cluster.Node::url).collect(Collectors.toSet());
        for (Cluster.Node node : cluster.nodes()) {
            try (Desktop desktop = Desktop.connect(node)) {
                JsonArray nodes = status(desktop).getJsonArray("nodes");
                assertThat(nodes).hasSize(3);
                Set<String> listed = nodes.stream()
                        .map(JsonObject.class::cast)
                        .peek(each -> {
                            assertThat(each.getBoolean("acceptingClients")).isTrue();
                            assertThat(each.getInteger("clientCount")).isNotNegative();
                        })
                        .map(each -> each.getString("url"))
                        .collect(Collectors.toSet());
                assertThat(listed).isEqualTo(urls);
            }
        }
    }

    private static JsonObject monitor() {
        return new JsonObject().put("serviceId", "ServiceMonitor");
    }

    private static boolean isMonitors(JsonObject message) {
        return "serviceEvent".equals(message.getString("messageType"))
                && "ServiceMonitor".equals(message.getString("serviceId"));
    }

    private static boolean isEvent(JsonObject message, String type) {
        return isMonitors(message) && type.equals(message.getJsonObject("event").getString("eventType"));
    }

    @Test
    void bindingTheMonitorGivesFirstOneListOnce() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.core("bindService", monitor());
            JsonObject first = desktop.wire().await("an event", ServicesIT::isMonitors);
            assertThat(first.getJsonObject("event").getString("eventType")).isEqualTo("serviceList");
            assertThat(find(first.getJsonObject("event").getJsonArray("services"), "sim")
                            .getJsonObject("info")
                            .getString("instance-domain"))
                    .isEqualTo("demo");
            // A change afterwards is told as a change, not by another list.
            try (Desktop other = Desktop.started(cluster.node(0), Clusters.agent())) {
                desktop.wire()
                        .await("status changed", 0, Duration.ofSeconds(20), m -> isEvent(m, "serviceStatusChanged"));
                other.check();
            }
            assertThat(desktop.wire().received().stream().filter(m -> isEvent(m, "serviceList")))
                    .hasSize(1);
        }
    }

    @Test
    void aClientThatHasNotBoundTheMonitorGetsNoServiceEvents() {
        try (Desktop desktop = Desktop.connect(cluster.node(0));
                Desktop other = Desktop.started(cluster.node(0), Clusters.agent())) {
            other.core("ping", new JsonObject());
            desktop.core("ping", new JsonObject());
            assertThat(desktop.wire().received()).noneMatch(RawClient::isEvent);
        }
    }

    @Test
    void theMonitorTakesNoRequests() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.core("bindService", monitor());
            JsonObject answer = desktop.wire()
                    .ask(Desktop.serviceMessage("m", "getCapabilities", new JsonObject())
                            .put("serviceId", "ServiceMonitor"));
            assertThat(answer.getJsonObject("response").getString("result")).isEqualTo("failure");
        }
    }

    @Test
    void oneNodeCanHostSeveralDomainsAndTheirSessionsAreIndependent(
            @Own(value = "two-domains", config = "src/test/resources/blackbox/two-domains.yaml") Cluster two) {
        try (Desktop first = Desktop.started(two.node(0), "1001");
                Desktop second = Desktop.connect(two.node(0))) {
            second.core("bindService", new JsonObject().put("serviceId", "other"));
            JsonObject answer = second.wire()
                    .ask(Desktop.serviceMessage("p", "prepareSession", Desktop.credentials("1001", "other-demo", false))
                            .put("serviceId", "other"));
            assertThat(answer.getJsonObject("response").getString("result")).isEqualTo("success");
            JsonObject wrong = second.wire()
                    .ask(Desktop.serviceMessage("w", "prepareSession", Desktop.credentials("1001", "demo", false))
                            .put("serviceId", "other"));
            assertThat(wrong.getJsonObject("response").getJsonObject("failure").getString("code"))
                    .isEqualTo("invalidCredentials");
            assertThat(service(second, "other").getJsonObject("info").getString("instance-domain"))
                    .isEqualTo("second");
            first.check();
        }
    }

    @Test
    void getCapabilitiesHasEveryKey() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.bindService();
            JsonObject response =
                    desktop.service("getCapabilities", new JsonObject()).getJsonObject("response");
            assertThat(response.getString("command")).isEqualTo("getCapabilities");
            assertThat(response.getString("result")).isEqualTo("success");
            JsonObject data = response.getJsonObject("data");
            assertThat(data.fieldNames())
                    .contains(
                            "protocol-version",
                            "telephony",
                            "multimedia",
                            "channel-groups",
                            "call-models",
                            "default-call-model",
                            "requests",
                            "not-ready-reasons",
                            "dispositions",
                            "resume",
                            "replay-window",
                            "supervisor");
            assertThat(String.valueOf(data.getValue("protocol-version"))).startsWith("1");
            assertThat(data.getBoolean("telephony")).isTrue();
            assertThat(data.getBoolean("multimedia")).isFalse();
            assertThat(data.getBoolean("resume")).isTrue();
            assertThat(data.getInteger("replay-window")).isEqualTo(1000);
            assertThat(data.getJsonArray("call-models")).contains(data.getString("default-call-model"));
            assertThat(data.getJsonArray("not-ready-reasons")).contains("break");
            // "What it can: everything in sections 7.1 and 7.3".
            Set<String> requests = data.getJsonArray("requests").stream()
                    .map(String.class::cast)
                    .collect(Collectors.toSet());
            assertThat(requests).containsExactlyInAnyOrderElementsOf(Commands.names());
        }
    }

    @Test
    void eachListedCallModelCanBePrepared() {
        try (Desktop desktop = Desktop.connect(cluster.node(0))) {
            desktop.bindService();
            JsonArray models = desktop.service("getCapabilities", new JsonObject())
                    .getJsonObject("response")
                    .getJsonObject("data")
                    .getJsonArray("call-models");
            IntStream.range(0, models.size()).forEach(i -> {
                JsonObject data =
                        Desktop.credentials(Clusters.agent(), "demo", false).put("model", models.getString(i));
                assertThat(desktop.service("prepareSession", data)
                                .getJsonObject("response")
                                .getString("result"))
                        .isEqualTo("success");
            });
        }
    }
}
