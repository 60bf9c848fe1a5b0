package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.interactionprocessor.testkit.SwitchSide;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The simulated switch's own side on the management port, and the link that fails. */
@BlackBox
@ResourceLock("the link of the nodes `switch-side`")
class SwitchSideIT {

    private static int next = 1000;

    private final Cluster cluster;
    private final Cluster.Node node;
    private final SwitchSide side;

    SwitchSideIT(@Own(value = "switch-side", nodes = 2, settings = "cluster.quorum=1") Cluster cluster) {
        this.cluster = cluster;
        node = cluster.node(0);
        side = node.management();
    }

    private static synchronized String agent() {
        next++;
        return String.valueOf(next);
    }

    @Test
    void aCustomersCallHangsUpByItselfAfterHangupAfterMs() {
        try (Desktop agent = Desktop.active(node, agent())) {
            side.call(new JsonObject()
                    .put("from", "5550141")
                    .put("to", agent.agent())
                    .put("hangupAfterMs", 1_500));
            agent.answer();
            long connected = System.nanoTime();
            agent.untilIdle();
            assertThat((System.nanoTime() - connected) / 1_000_000).isLessThan(6_000);
            agent.check();
        }
    }

    @Test
    void aCallWithoutDestinationIsABadRequest() {
        for (String body : List.of("", "nonsense", "[]", "{}", "{\"from\":\"5550101\"}", "{\"from\":1,\"to\":2}")) {
            int status = side.send("POST", "/simulated-switch/calls", body).statusCode();
            assertThat(status).as("body '%s'", body).isBetween(400, 499);
        }
    }

    @Test
    void hangingUpAnUnknownCallIsNotFound() {
        assertThat(side.send("DELETE", "/simulated-switch/calls/none", null).statusCode())
                .isBetween(400, 499);
    }

    @Test
    void theHistoryIsNumberedWithoutGapAndCanBeReadFromAnyPoint() {
        try (Desktop agent = Desktop.active(node, agent())) {
            agent.talkTo("5550101");
            agent.ok("conversation.hold", agent.primary());
            agent.until("HELD", m -> m.primaryIs("HELD"));
            JsonArray all = side.history(0);
            List<Long> numbers = numbers(all);
            assertThat(numbers)
                    .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
            JsonArray rest = side.history(numbers.size() - 2);
            assertThat(numbers(rest).get(0)).isEqualTo(numbers.size() - 1L);
            assertThat(side.history(1_000_000)).isEmpty();
        }
    }

    private static List<Long> numbers(JsonArray history) {
        return history.stream()
                .map(JsonObject.class::cast)
                .map(entry -> entry.getLong("number"))
                .toList();
    }

    @Test
    void theHistoryHasEveryCommandWithAgentEpochIdAndResult() {
        try (Desktop agent = Desktop.active(node, agent())) {
            agent.talkTo("5550101");
            List<JsonObject> commands = side.history(0).stream()
                    .map(JsonObject.class::cast)
                    .filter(entry -> agent.agent().equals(entry.getString("agent")))
                    .filter(entry -> entry.containsKey("commandId"))
                    .toList();
            assertThat(commands).hasSizeGreaterThanOrEqualTo(2).allSatisfy(entry -> {
                assertThat(entry.getLong("epoch")).isEqualTo(agent.epoch());
                assertThat(entry.getString("commandId")).isNotBlank();
                assertThat(entry.getValue("result")).isNotNull();
            });
        }
    }

    @Test
    void thePasswordIsInNoLogAndNoHistory() {
        try (Desktop agent = Desktop.connect(node)) {
            agent.bindService();
            agent.service("prepareSession", Desktop.credentials(agent(), "canary-3f9", false));
            agent.wire()
                    .send(
                            "{\"messageType\":\"serviceRequest\",\"requestId\":\"x\",\"serviceId\":\"sim\",\"request\":"
                                    + "{\"command\":\"prepareSession\",\"data\":{\"agent\":{\"id\":\"1001\",\"password\":\"canary-3f9\"");
            agent.core("ping", new JsonObject());
            assertThat(node.log()).doesNotContain("canary-3f9");
            assertThat(side.history(0).encode()).doesNotContain("canary-3f9");
            assertThat(agent.wire().received().toString()).doesNotContain("canary-3f9");
        }
    }

    @Test
    void trafficMakesCustomersCallIn() {
        try (Desktop agent = Desktop.ready(node, agent())) {
            String body = new JsonObject()
                    .put("callsPerMinute", 600)
                    .put("talkMs", 200)
                    .encode();
            assertThat(side.send("PUT", "/simulated-switch/traffic", body).statusCode())
                    .isBetween(200, 299);
            agent.answer();
            agent.until(
                    "another call", m -> "ready".equals(m.channel().text("availability")) || m.primaryIs("ALERTING"));
            String off =
                    new JsonObject().put("callsPerMinute", 0).put("talkMs", 200).encode();
            assertThat(side.send("PUT", "/simulated-switch/traffic", off).statusCode())
                    .isBetween(200, 299);
            side.calls()
                    .forEach(call -> side.send(
                            "DELETE", "/simulated-switch/calls/" + ((JsonObject) call).getString("id"), null));
            agent.untilIdle();
            agent.check();
        }
    }

    @Test
    void whileTheLinkIsDownCommandsFailCallsGoOnAndTheDifferencesComeWithResync() {
        try (Desktop agent = Desktop.active(node, agent());
                Desktop other = Desktop.active(node, agent())) {
            String lost = side.call("5550141", agent.agent(), new JsonObject());
            agent.answer();
            other.talkTo("5550101");
            long last = agent.settle();
            side.link("down");
            agent.ask(
                    "refusal",
                    Duration.ofSeconds(15),
                    () -> {
                        JsonObject response = agent.request("conversation.hold", agent.primary(), new JsonObject());
                        return response.containsKey("failure")
                                ? response.getJsonObject("failure").getString("code")
                                : "success";
                    },
                    "ctiUnavailable"::equals);
            side.hangUp(lost);
            assertThat(side.calls().size()).as("the other call goes on").isPositive();
            assertThat(agent.mirror().ended()).isNull();
            side.link("up");
            JsonObject ended = agent.event(last, "interaction.ended", Duration.ofSeconds(20));
            assertThat(ended.getJsonObject("data").getString("cause")).isEqualTo("resync");
            agent.untilIdle();
            other.ask(
                    "hold",
                    Duration.ofSeconds(15),
                    () -> other.request("conversation.hold", other.primary(), new JsonObject())
                            .getString("result"),
                    "success"::equals);
            other.until("HELD", m -> m.primaryIs("HELD"));
            agent.check();
            other.check();
        }
    }

    @Test
    void aCallThatCameWhileTheLinkWasDownIsFoundAfterwards() {
        try (Desktop agent = Desktop.active(node, agent())) {
            side.link("down");
            String call = side.call("5550142", agent.agent(), new JsonObject().put("k", "v"));
            side.link("up");
            Mirror found = agent.until("rings", Duration.ofSeconds(20), m -> m.primaryIs("ALERTING"));
            assertThat(found.interaction().text("from")).isEqualTo("5550142");
            agent.ask(
                    "answer",
                    Duration.ofSeconds(15),
                    () -> agent.mirror().primaryIs("CONNECTED")
                            || agent.request("conversation.answer", agent.primary(), new JsonObject())
                                    .getString("result")
                                    .equals("success"),
                    Boolean.TRUE::equals);
            agent.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            agent.check();
            side.hangUp(call);
            agent.untilIdle();
            agent.check();
        }
    }

    @Test
    void theMonitorTellsOfAFailedLinkAndTheStatusIsOutOfService() {
        try (Desktop desktop = Desktop.connect(cluster.node(0));
                Desktop other = Desktop.connect(cluster.node(1))) {
            for (Desktop each : List.of(desktop, other)) {
                each.core("bindService", new JsonObject().put("serviceId", "ServiceMonitor"));
                each.wire().await("list", m -> m.encode().contains("serviceList"));
            }
            int mark = desktop.wire().mark();
            int otherMark = other.wire().mark();
            cluster.node(0).management().link("down");
            JsonObject down = changedTo(desktop, mark, "OutOfService");
            assertThat(down.fieldNames()).contains("id", "name", "type", "info", "serviceStatus");
            changedTo(other, otherMark, "OutOfService");
            desktop.bindService();
            JsonObject refused = desktop.tryPrepare(agent(), false);
            assertThat(refused.getString("result")).isEqualTo("failure");
            assertThat(refused.getJsonObject("failure").getString("code")).isEqualTo("ctiUnavailable");
            mark = desktop.wire().mark();
            otherMark = other.wire().mark();
            cluster.node(1).management().link("up");
            changedTo(desktop, mark, "InService");
            changedTo(other, otherMark, "InService");
            desktop.prepare(agent(), false);
        }
    }

    /** Half open is the way of the node that has the link now; the switch is well, and another node's way to it. */
    @Test
    void aLinkThatOnlyItsHolderCannotUse_isPassedOn() {
        try (Desktop agent = Desktop.active(node, agent());
                Desktop monitor = Desktop.connect(node)) {
            agent.talkTo("5550101");
            monitor.core("bindService", new JsonObject().put("serviceId", "ServiceMonitor"));
            int mark = monitor.wire().mark();
            side.link("silent");
            changedTo(monitor, mark, "OutOfService");
            changedTo(monitor, mark, "InService", Duration.ofSeconds(40));
            agent.ok("conversation.hold", agent.primary());
            agent.until("HELD", m -> m.primaryIs("HELD"));
            agent.check();
        }
    }

    private static JsonObject changedTo(Desktop desktop, int mark, String status) {
        return changedTo(desktop, mark, status, Duration.ofSeconds(15));
    }

    private static JsonObject changedTo(Desktop desktop, int mark, String status, Duration within) {
        return desktop.wire()
                .await(
                        status,
                        mark,
                        within,
                        m -> m.encode().contains("serviceStatusChanged")
                                && status.equals(m.getJsonObject("event")
                                        .getJsonObject("service")
                                        .getJsonObject("serviceStatus")
                                        .getString("status")))
                .getJsonObject("event")
                .getJsonObject("service");
    }
}
