package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.interactionprocessor.testkit.RawSocket;
import io.interactionprocessor.testkit.SessionClient;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Nodes that fill, drain, return and die: sections 1, 4 and 6.3. In this order, for the last of it leaves one node of three. */
@BlackBox
@ResourceLock("the nodes that come and go")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {

    private final Cluster cluster;

    NodesIT(@Own(value = "come-and-go", nodes = 3) Cluster cluster) {
        this.cluster = cluster;
    }

    private static JsonObject status(Desktop desktop) {
        return desktop.core(
                        "getServices",
                        new JsonObject().put("data", new JsonObject().put("type", "interactionProcessor")))
                .getJsonObject("data")
                .getJsonArray("services")
                .getJsonObject(0)
                .getJsonObject("serviceStatus");
    }

    @Test
    @Order(1)
    void clientCountCountsThisNodeAndNodesLetsAClientChooseTheLeastLoaded() {
        List<Desktop> desktops = Clusters.agents(4).stream()
                .map(agent -> Desktop.started(cluster.node(1), agent))
                .toList();
        try {
            String loaded = cluster.node(1).url();
            try (Desktop there = Desktop.connect(cluster.node(1));
                    Desktop elsewhere = Desktop.connect(cluster.node(2))) {
                int own = eventually(there, 4, status -> status.getInteger("clientCount"));
                // "Clients" may be connections or those that are bound: one connection more is no error.
                assertThat(own).isBetween(4, 5);
                eventually(elsewhere, 4, status -> countOf(status, loaded));
                assertThat(status(elsewhere).getInteger("clientCount")).isLessThanOrEqualTo(1);
                assertThat(countOf(status(elsewhere), cluster.node(0).url())).isLessThanOrEqualTo(1);
                desktops.forEach(Desktop::close);
                eventuallyAtMost(elsewhere, 1, status -> countOf(status, loaded));
            }
        } finally {
            desktops.forEach(Desktop::close);
        }
    }

    private static int countOf(JsonObject status, String url) {
        return status.getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(node -> url.equals(node.getString("url")))
                .map(node -> node.getInteger("clientCount"))
                .findFirst()
                .orElse(-1);
    }

    private static int eventually(Desktop desktop, int least, ToIntFunction<JsonObject> count) {
        return desktop.ask("count of " + least, () -> count.applyAsInt(status(desktop)), found -> found >= least);
    }

    private static int eventuallyAtMost(Desktop desktop, int most, ToIntFunction<JsonObject> count) {
        return desktop.ask("count of " + most, () -> count.applyAsInt(status(desktop)), found -> found <= most);
    }

    @Test
    @Order(2)
    void aDrainingNodeCloses1012ItsSessionsGoOnElsewhereAndItEndsWith0Within10Seconds() {
        Cluster.Node leaving = cluster.node(0);
        Desktop desktop = Desktop.active(leaving, Clusters.agent());
        desktop.talkTo("5550101");
        RawClient idle = RawClient.connect(leaving.url());
        long start = System.nanoTime();
        leaving.terminate();
        assertThat(desktop.wire().awaitClose(RawClient.SOON)).isEqualTo(1012);
        assertThat(idle.awaitClose(RawClient.SOON)).isEqualTo(1012);
        try (Desktop resumed = desktop.resumeOn(cluster.node(1))) {
            resumed.ok("conversation.hold", resumed.primary());
            resumed.until("HELD", m -> m.primaryIs("HELD"));
            resumed.check();
        }
        assertThat(leaving.awaitExit(Duration.ofSeconds(15))).isZero();
        assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThanOrEqualTo(10);
    }

    @Test
    @Order(3)
    void aNodeThatReturnsIsListedAgainAndNotBeforeOneCanGoThere() {
        try (Desktop watching = Desktop.connect(cluster.node(2))) {
            watching.core("bindService", new JsonObject().put("serviceId", "ServiceMonitor"));
            cluster.restart(0);
            watching.ask(
                    "three nodes", () -> status(watching).getJsonArray("nodes").size(), size -> size == 3);
            assertThat(watching.wire().received())
                    .as("what the monitor told while the node was starting, and getServices")
                    .isNotEmpty()
                    .noneMatch(message -> message.encode().contains("\"url\":\"\""));
        }
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            desktop.talkTo("5550101");
            desktop.check();
        }
    }

    @Test
    @Order(4)
    void aClientThatIsNotThereAnyMoreDoesNotKeepANodeFromDraining() {
        Cluster.Node leaving = cluster.node(0);
        try (RawSocket asleep = loggedIn(leaving, Clusters.agent())) {
            // Refusals that nobody reads, little by little, until the network takes no more: not the close frame
            // either.
            JsonObject inVain =
                    SessionClient.serviceMessage("v", "nothing", new JsonObject().put("x", "x".repeat(9_000)));
            for (int i = 0; i < 1_500 && !isOverloaded(leaving); i++) {
                asleep.sendText(bytes(inVain.put("requestId", "v" + i)));
            }
            assertThat(isOverloaded(leaving)).isTrue();
            long start = System.nanoTime();
            leaving.terminate();
            assertThat(leaving.awaitExit(Duration.ofSeconds(15))).isZero();
            assertThat((System.nanoTime() - start) / 1_000_000).as("ms").isLessThanOrEqualTo(9_500);
        }
        cluster.restart(0);
    }

    private static boolean isOverloaded(Cluster.Node node) {
        return node.management()
                .send("GET", "/metrics", null)
                .body()
                .lines()
                .anyMatch(line -> line.matches("ip_connections_overloaded\\S* 1.0"));
    }

    private static RawSocket loggedIn(Cluster.Node node, String agent) {
        RawSocket socket = RawSocket.open(node.url());
        answer(socket, core("bindService", new JsonObject().put("serviceId", "sim")));
        JsonObject prepared = answer(
                socket,
                SessionClient.serviceMessage("p", "prepareSession", SessionClient.credentials(agent, "demo", false)));
        String resource =
                prepared.getJsonObject("response").getJsonObject("resource").getString("id");
        JsonObject bound = answer(socket, core("bindResource", SessionClient.bindBody(resource, new JsonObject())));
        assertThat(bound.getString("result")).isEqualTo("success");
        return socket;
    }

    private static JsonObject core(String command, JsonObject fields) {
        return fields.put("messageType", "coreRequest")
                .put("requestId", command)
                .put("command", command);
    }

    private static JsonObject answer(RawSocket socket, JsonObject request) {
        socket.sendText(bytes(request));
        JsonObject message = new JsonObject(socket.next(RawClient.SOON).text());
        while (!request.getString("requestId").equals(message.getString("requestId"))) {
            message = new JsonObject(socket.next(RawClient.SOON).text());
        }
        return message;
    }

    private static byte[] bytes(JsonObject message) {
        return message.encode().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Order(5)
    void nodeLossIsNoDifferentFromALostConnection() {
        Desktop lost = Desktop.active(cluster.node(1), Clusters.agent());
        Desktop other = Desktop.active(cluster.node(2), Clusters.agent());
        lost.ok(
                "channel.dial",
                lost.channel(),
                new JsonObject().put("destination", other.agent()).put("data", new JsonObject().put("k", "v")));
        other.answer();
        lost.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
        lost.settle();
        long epoch = lost.epoch();
        cluster.node(1).kill();
        other.ok("conversation.mute", other.primary());
        Desktop resumed = lost.ask("resume", Duration.ofSeconds(15), () -> lost.resumeOn(cluster.node(0)), any -> true);
        assertThat(resumed.epoch()).isGreaterThan(epoch);
        resumed.until("the call", m -> m.primaryIs("CONNECTED"));
        resumed.check();
        resumed.ask(
                "hold",
                Duration.ofSeconds(10),
                () -> resumed.request("conversation.hold", resumed.primary(), new JsonObject())
                        .getString("result"),
                "success"::equals);
        resumed.until("HELD", m -> m.primaryIs("HELD"));
        other.ok("conversation.release", other.primary());
        resumed.untilIdle();
        other.untilIdle();
        resumed.check();
        other.check();
        resumed.close();
        other.close();
    }

    @Test
    @Order(6)
    void loginsAreServedAgainSoonAfterTheLossOfANode() {
        // the test before has killed one a moment ago, and brought it back
        cluster.restart(1);
        cluster.node(1).kill();
        long start = System.nanoTime();
        Desktop.active(cluster.node(2), Clusters.agent()).close();
        assertThat((System.nanoTime() - start) / 1_000_000)
                .as("ms until somebody is logged in, after the loss of a node that may have held the link")
                .isLessThan(5_000);
    }

    @Test
    @Order(7)
    void aNodeCutOffFromTheMajoritySaysNoQuorumAndSendsItsClientsAway() {
        Desktop there = Desktop.active(cluster.node(2), Clusters.agent());
        there.talkTo("5550101");
        try (Desktop watching = Desktop.connect(cluster.node(2))) {
            watching.core("bindService", new JsonObject().put("serviceId", "ServiceMonitor"));
            long start = System.nanoTime();
            cluster.node(0).kill();
            JsonObject asked = there.message(there.nextId(), "conversation.hold", there.primary(), new JsonObject());
            there.wire().send(asked);
            assertThat(there.wire().awaitClose(Duration.ofSeconds(10))).isEqualTo(1012);
            assertThat((System.nanoTime() - start) / 1_000_000)
                    .as("ms until then")
                    .isLessThan(5_000);
            assertThat(watching.wire().awaitClose(RawClient.SOON)).isEqualTo(1012);
            assertThat(watching.wire().received())
                    .as("what the monitor told before")
                    .anyMatch(message -> message.encode().contains("serviceStatusChanged")
                            && message.encode().contains("OutOfService"));
        }
        try (Desktop desktop = Desktop.connect(cluster.node(2))) {
            desktop.bindService();
            assertThat(desktop.tryPrepare(Clusters.agent(), false)
                            .getJsonObject("failure")
                            .getString("code"))
                    .isEqualTo("noQuorum");
            assertThat(desktop.core("ping", new JsonObject()).getString("result"))
                    .isEqualTo("success");
        }
    }
}
