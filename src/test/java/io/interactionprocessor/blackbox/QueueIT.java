package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.interactionprocessor.testkit.SwitchSide;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Queues of the simulated switch, agents on different nodes. No other test on these nodes makes agents ready. */
@BlackBox
@ResourceLock("the shared nodes' queues")
class QueueIT {

    private static final String SALES = "8001";

    private final Cluster cluster;

    QueueIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A test that failed must not leave callers behind for the next. */
    @AfterEach
    void nobodyWaits() {
        side().calls().stream()
                .map(JsonObject.class::cast)
                .filter(call -> List.of(SALES, "8002").contains(call.getString("to")))
                .forEach(call -> side().send("DELETE", "/simulated-switch/calls/" + call.getString("id"), null));
    }

    private Desktop ready(int node) {
        return Desktop.ready(cluster.node(node), Clusters.agent());
    }

    private SwitchSide side() {
        return cluster.node(2).management();
    }

    private static boolean rings(Mirror mirror) {
        return mirror.primaryIs("ALERTING");
    }

    @Test
    void theReadyAgentIdleLongestIsOfferedTheCallThenTheNext() {
        try (Desktop first = ready(1);
                Desktop second = ready(0);
                Desktop third = ready(2)) {
            String one = side().call("5550131", SALES, new JsonObject());
            first.until("rings", QueueIT::rings);
            String two = side().call("5550132", "8002", new JsonObject());
            second.until("rings", QueueIT::rings);
            assertThat(third.mirror().interaction()).isNull();
            // The first has just talked: now the third is idle longest, then the first.
            first.answer();
            first.ok("conversation.release", first.primary());
            first.untilIdle();
            String three = side().call("5550133", SALES, new JsonObject());
            third.until("rings", QueueIT::rings);
            String four = side().call("5550134", SALES, new JsonObject());
            first.until("rings", QueueIT::rings);
            for (String call : List.of(two, three, four)) {
                side().hangUp(call);
            }
            for (Desktop each : List.of(first, second, third)) {
                each.untilIdle();
                each.check();
            }
            assertThat(one).isNotEqualTo(two);
        }
    }

    @Test
    void anOfferedQueueCallHasItsFieldsAndPreviewComesBeforeAcceptance() {
        try (Desktop agent = ready(0)) {
            long last = agent.settle();
            JsonObject data = new JsonObject().put("customer", "Müller").put("tier", "gold");
            String call = side().call("5550131", SALES, data);
            agent.until("rings", QueueIT::rings);
            agent.settle();
            JsonObject preview = agent.event(last, "interaction.preview").getJsonObject("data");
            assertThat(preview.getString("direction")).isEqualTo("inbound");
            assertThat(preview.getString("queue")).contains(SALES);
            assertThat(preview.getString("from")).isEqualTo("5550131");
            assertThat(preview.getJsonObject("data")).isEqualTo(data);
            assertThat(preview.getString("state")).isEqualTo("ALERTING");
            assertThat(agent.namesAfter(last))
                    .containsSubsequence("interaction.created", "conversation.created", "interaction.initialized");
            assertThat(agent.mirror().channel().text("availability")).isEqualTo("busy");
            assertThat(agent.mirror().primary().actions()).contains("conversation.answer");
            assertThat(agent.mirror().interaction().actions()).contains("interaction.accept", "interaction.reject");
            agent.ok("interaction.accept", agent.interaction());
            agent.until("STARTED", m -> "STARTED".equals(m.interaction().state()) && m.primaryIs("CONNECTED"));
            agent.settle();
            assertThat(agent.memberRoles()).isEqualTo(List.of("agent", "customer"));
            agent.check();
            side().hangUp(call);
            agent.untilIdle();
            assertThat(agent.event(last, "interaction.ended")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("normal");
            assertThat(agent.mirror().channel().text("availability")).isEqualTo("ready");
            agent.check();
        }
    }

    @Test
    void aCallerWaitsUntilAnAgentIsReady() {
        String call = side().call("5550131", SALES, new JsonObject());
        assertThat(side().call(call)).isNotNull();
        try (Desktop agent = ready(1)) {
            agent.answer();
            agent.check();
            side().hangUp(call);
            agent.untilIdle();
        }
    }

    @Test
    void aNotReadyAgentIsOfferedNothing() {
        try (Desktop agent = Desktop.active(cluster.node(0), Clusters.agent())) {
            String call = side().call("5550131", SALES, new JsonObject());
            agent.sleep(700);
            agent.settle();
            assertThat(agent.mirror().interaction()).isNull();
            agent.makeReady();
            agent.until("rings", QueueIT::rings);
            side().hangUp(call);
            agent.untilIdle();
            agent.check();
        }
    }

    @Test
    void aRejectedCallGoesBackToTheQueueAndToAnotherAgent() {
        try (Desktop first = ready(0);
                Desktop second = Desktop.active(cluster.node(1), Clusters.agent())) {
            String call = side().call("5550131", SALES, new JsonObject().put("k", "v"));
            first.until("rings", QueueIT::rings);
            long last = first.settle();
            first.ok("interaction.reject", first.interaction());
            first.until("gone", m -> m.interaction() == null);
            assertThat(first.event(last, "interaction.ended")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("rejected");
            assertThat(side().call(call)).as("the caller still waits").isNotNull();
            second.makeReady();
            second.until("rings", QueueIT::rings);
            second.answer();
            assertThat(second.mirror()
                            .interaction()
                            .fields()
                            .getJsonObject("data")
                            .getString("k"))
                    .isEqualTo("v");
            second.check();
            first.check();
            side().hangUp(call);
            second.untilIdle();
        }
    }

    @Test
    void aCallerWhoHangsUpWhileItRingsHasAbandoned() {
        try (Desktop agent = ready(2)) {
            String call = side().call("5550131", SALES, new JsonObject());
            agent.until("rings", QueueIT::rings);
            long last = agent.settle();
            side().hangUp(call);
            agent.untilIdle();
            assertThat(agent.event(last, "interaction.ended")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("abandoned");
            assertThat(agent.mirror().channel().text("availability")).isEqualTo("ready");
            agent.check();
        }
    }

    @Test
    void whoDoesNotAnswerIn15SecondsGoesNotReadyWithRingNoAnswerAndTheCallIsOfferedAgain() {
        try (Desktop first = ready(0);
                Desktop second = Desktop.active(cluster.node(1), Clusters.agent())) {
            String waiting = side().call("5550131", SALES, new JsonObject());
            first.until("rings", QueueIT::rings);
            long rang = System.nanoTime();
            long last = first.settle();
            // This one comes later: the one that rang in vain must be served before it.
            String later = side().call("5550132", SALES, new JsonObject());
            JsonObject ended = first.event(last, "interaction.ended", Duration.ofSeconds(25));
            assertThat((System.nanoTime() - rang) / 1_000_000).isBetween(13_500L, 19_000L);
            assertThat(ended.getJsonObject("data").getString("cause")).isEqualTo("noAnswer");
            Mirror after =
                    first.until("not ready", m -> "notReady".equals(m.channel().text("availability")));
            assertThat(after.channel().text("reason")).isEqualTo("ringNoAnswer");
            first.settle();
            assertThat(first.mirror().interaction()).isNull();
            first.check();
            second.makeReady();
            second.until("rings", QueueIT::rings);
            assertThat(second.mirror().interaction().text("from"))
                    .as("back to the head of the queue")
                    .isEqualTo("5550131");
            side().hangUp(waiting);
            second.until(
                    "the other",
                    m -> m.interaction() != null
                            && "5550132".equals(m.interaction().text("from")));
            side().hangUp(later);
            second.untilIdle();
            second.check();
        }
    }

    @Test
    void callsWaitInOrder() {
        String first = side().call("5550131", SALES, new JsonObject());
        String second = side().call("5550132", SALES, new JsonObject());
        try (Desktop agent = ready(0)) {
            agent.until(
                    "the first",
                    m -> m.interaction() != null
                            && "5550131".equals(m.interaction().text("from")));
            agent.answer();
            agent.ok("conversation.release", agent.primary());
            agent.until(
                    "the second",
                    m -> m.interaction() != null
                            && "5550132".equals(m.interaction().text("from")));
            side().hangUp(second);
            agent.untilIdle();
            agent.check();
            assertThat(side().call(first)).isNull();
        }
    }

    @Test
    void pendingNotreadyKeepsTheNextCallAway() {
        try (Desktop agent = ready(0)) {
            String first = side().call("5550131", SALES, new JsonObject());
            agent.answer();
            agent.ok("channel.notready", agent.channel(), new JsonObject().put("reason", "break"));
            String second = side().call("5550132", SALES, new JsonObject());
            side().hangUp(first);
            Mirror after = agent.until(
                    "not ready", m -> "notReady".equals(m.channel().text("availability")) && m.interaction() == null);
            assertThat(after.channel().text("reason")).isEqualTo("break");
            side().hangUp(second);
            agent.check();
        }
    }

    @Test
    void anAgentCanTransferAndConsultToAQueue() {
        try (Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
                Desktop second = ready(1)) {
            String call = side().call("5550131", first.agent(), new JsonObject().put("case", "9"));
            first.answer();
            first.ok("conversation.transfer", first.primary(), new JsonObject().put("destination", SALES));
            second.answer();
            first.untilIdle();
            assertThat(second.mirror()
                            .interaction()
                            .fields()
                            .getJsonObject("data")
                            .getString("case"))
                    .isEqualTo("9");
            first.check();
            second.check();
            side().hangUp(call);
            second.untilIdle();
            second.check();
            String another = side().call("5550132", first.agent(), new JsonObject().put("case", "10"));
            first.answer();
            first.ok("interaction.consult", first.interaction(), new JsonObject().put("destination", SALES));
            second.answer();
            first.until("consult CONNECTED", m -> m.consultIs("CONNECTED"));
            first.settle();
            first.ok("interaction.consulttransfer", first.interaction());
            first.untilIdle();
            second.until(
                    "data",
                    m -> "10"
                            .equals(m.interaction()
                                    .fields()
                                    .getJsonObject("data")
                                    .getString("case")));
            first.check();
            second.check();
            side().hangUp(another);
            second.untilIdle();
            second.check();
        }
    }

    @Test
    void aDialledQueueOffersTheCallToAReadyAgent() {
        try (Desktop caller = Desktop.active(cluster.node(0), Clusters.agent());
                Desktop agent = ready(1)) {
            caller.ok("channel.dial", caller.channel(), new JsonObject().put("destination", SALES));
            agent.answer();
            caller.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            caller.settle();
            caller.check();
            agent.check();
            agent.ok("conversation.release", agent.primary());
            caller.untilIdle();
            agent.untilIdle();
        }
    }

    @Test
    void aDetachedAgentIsOfferedNoNewInteractionAfter5Seconds() {
        Desktop lost = ready(0);
        long last = lost.settle();
        lost.wire().cut();
        lost.sleep(6_000);
        String call = side().call("5550131", SALES, new JsonObject());
        lost.sleep(300);
        assertThat(side().call(call).encode()).doesNotContain("\"" + lost.agent() + "\"");
        try (Desktop back = lost.resumeOn(cluster.node(1))) {
            JsonObject info = back.event(last, "channel.infochanged").getJsonObject("data");
            assertThat(info.getString("reason")).isEqualTo("connectionLost");
            back.makeReady();
            back.until("rings", QueueIT::rings);
            side().hangUp(call);
            back.untilIdle();
            back.check();
        }
    }

    @Test
    void readinessAndAnOfferedCallOutliveAMoveToAnotherNode() {
        Desktop agent = ready(0);
        agent.wire().cut();
        Desktop moved = agent.resumeOn(cluster.node(1));
        String call = side().call("5550131", SALES, new JsonObject());
        moved.until("rings", QueueIT::rings);
        moved.wire().cut();
        try (Desktop again = moved.resumeOn(cluster.node(2))) {
            again.answer();
            again.check();
            side().hangUp(call);
            again.untilIdle();
            again.check();
        }
    }

    @Test
    void theListOfCallsShowsPartiesStatesSinceAndData() {
        try (Desktop agent = ready(0)) {
            String id = side().call("5550131", SALES, new JsonObject().put("a", "b"));
            agent.answer();
            for (Cluster.Node node : cluster.nodes()) {
                JsonObject call = node.management().call(id);
                assertThat(call).isNotNull();
                assertThat(call.getString("since")).endsWith("Z");
                assertThat(call.getJsonObject("data")).isEqualTo(new JsonObject().put("a", "b"));
                JsonArray parties = call.getJsonArray("parties");
                assertThat(parties.encode()).contains("5550131", agent.agent());
                parties.forEach(party ->
                        assertThat(((JsonObject) party).getString("state")).isNotBlank());
            }
            side().hangUp(id);
            agent.untilIdle();
            agent.ask("call gone", () -> side().call(id) == null, Boolean.TRUE::equals);
        }
    }
}
