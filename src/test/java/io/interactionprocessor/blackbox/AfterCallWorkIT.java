package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Section 7.2: after-call work; queue 8001 gives a minute, queue 8002 two seconds. */
@BlackBox
@ResourceLock("the queues of the node `special`")
class AfterCallWorkIT {

    private final Cluster.Node node;

    AfterCallWorkIT(@Own(value = "special", config = "src/test/resources/blackbox/special.yaml") Cluster cluster) {
        node = cluster.node(0);
    }

    /** The agent has answered a call of that queue, and the customer has hung up. */
    private Desktop afterACall(String queue) {
        Desktop agent = Desktop.ready(node, Special.queueing());
        String call = node.management().call("5550151", queue, new JsonObject());
        agent.answer();
        node.management().hangUp(call);
        return agent;
    }

    private static Mirror working(Desktop agent) {
        Mirror now =
                agent.until("working", m -> "afterCallWork".equals(m.channel().text("availability")));
        agent.settle();
        return now;
    }

    @Test
    void theChannelIsInAfterCallWorkUntilTheInteractionIsCompleted() {
        try (Desktop agent = afterACall("8001")) {
            working(agent);
            Mirror now = agent.mirror();
            assertThat(now.interaction().state()).isEqualTo("ENDED");
            assertThat(now.interaction().may("interaction.complete")).isTrue();
            assertThat(now.all(Mirror.Kind.CONVERSATION)).isEmpty();
            agent.check();
            long last = agent.lastSequence();
            agent.ok(
                    "interaction.complete",
                    agent.interaction(),
                    new JsonObject().put("disposition", "sold").put("notes", "Grüße"));
            agent.until("ready", m -> "ready".equals(m.channel().text("availability")));
            agent.settle();
            assertThat(agent.namesAfter(last).stream()
                            .filter(name -> !name.equals("actions.updated"))
                            .toList())
                    .isEqualTo(List.of("interaction=COMPLETED", "interaction.disposed", "channel.infochanged"));
            agent.check();
        }
    }

    @Test
    void orUntilItsTimer() {
        try (Desktop agent = afterACall("8002")) {
            working(agent);
            long start = System.nanoTime();
            agent.until(
                    "ready",
                    Duration.ofSeconds(10),
                    m -> "ready".equals(m.channel().text("availability")));
            assertThat((System.nanoTime() - start) / 1_000_000).isBetween(500L, 6_000L);
            agent.settle();
            assertThat(agent.mirror().interaction()).isNull();
            assertThat(agent.namesAfter(0)).contains("interaction=COMPLETED", "interaction.disposed");
            agent.check();
        }
    }

    @Test
    void aDispositionThatIsNotConfiguredIsRefused() {
        try (Desktop agent = afterACall("8001")) {
            working(agent);
            JsonObject response = agent.request(
                    "interaction.complete", agent.interaction(), new JsonObject().put("disposition", "no such"));
            assertThat(response.getString("result")).isEqualTo("failure");
            agent.check();
            agent.ok("interaction.complete", agent.interaction());
            agent.untilIdle();
        }
    }

    @Test
    void pendingNotreadyComesAfterTheWork() {
        try (Desktop agent = Desktop.ready(node, Special.queueing())) {
            String call = node.management().call("5550151", "8001", new JsonObject());
            agent.answer();
            agent.ok("channel.notready", agent.channel(), new JsonObject().put("reason", "lunch"));
            node.management().hangUp(call);
            working(agent);
            agent.ok("interaction.complete", agent.interaction());
            Mirror after =
                    agent.until("not ready", m -> "notReady".equals(m.channel().text("availability")));
            assertThat(after.channel().text("reason")).isEqualTo("lunch");
            agent.check();
        }
    }

    @Test
    void dataCanStillBeSetAndNothingElseIsPossible() {
        try (Desktop agent = afterACall("8001")) {
            working(agent);
            agent.checkBlocked();
            agent.fails("interactionInProgress", "session.logout", agent.resource(), new JsonObject());
            agent.ok("interaction.complete", agent.interaction());
            agent.untilIdle();
            agent.check();
        }
    }

    @Test
    void aTransferredCallLeavesItsWorkWithTheOneWhoTransferred() {
        try (Desktop agent = Desktop.ready(node, Special.queueing())) {
            node.management().call("5550151", "8001", new JsonObject());
            agent.answer();
            agent.ok("conversation.transfer", agent.primary(), new JsonObject().put("destination", "5550501"));
            agent.until("over", m -> m.all(Mirror.Kind.CONVERSATION).isEmpty());
            agent.settle();
            agent.check();
            if (agent.mirror().interaction() != null) {
                agent.ok("interaction.complete", agent.interaction());
            }
            agent.untilIdle();
            agent.check();
        }
    }

    @Test
    void aSessionFoundAgainDuringTheWorkStillHasIt() {
        Desktop old = afterACall("8001");
        working(old);
        try (Desktop agent = old.resumeOn(node, null)) {
            agent.until(
                    "working",
                    m -> m.interaction() != null
                            && "ENDED".equals(m.interaction().state()));
            agent.check();
            agent.ok("interaction.complete", agent.interaction());
            agent.untilIdle();
            agent.check();
        }
    }
}
