package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 7.3: races, each with one outcome. */
@BlackBox
class RacesIT {

    private final Cluster cluster;

    RacesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private Desktop active(int node) {
        return Desktop.active(cluster.node(node), Clusters.agent());
    }

    private static String result(Desktop desktop, String id) {
        JsonObject answer = desktop.wire().answer(id);
        JsonObject response = answer.getJsonObject("response", answer);
        return response.containsKey("failure")
                ? response.getJsonObject("failure").getString("code")
                : String.valueOf(response.getString("result"));
    }

    @Test
    void bothHangUpAtOnceAndThereIsOneEnd() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            for (int round = 0; round < 10; round++) {
                long before = first.settle();
                long beforeSecond = second.settle();
                first.ok("channel.dial", first.channel(), new JsonObject().put("destination", second.agent()));
                second.answer();
                first.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
                first.settle();
                String one = first.send("conversation.release", first.primary(), new JsonObject());
                String two = second.send("conversation.release", second.primary(), new JsonObject());
                first.untilIdle();
                second.untilIdle();
                // Whoever was later may be told that there is nothing to release any more.
                assertThat(List.of(result(first, one), result(second, two)))
                        .allMatch(result -> List.of("success", "invalidState", "invalidTarget", "ctiRejected")
                                .contains(result));
                first.settle();
                second.settle();
                assertThat(Collections.frequency(first.namesAfter(before), "interaction.ended"))
                        .isEqualTo(1);
                assertThat(Collections.frequency(second.namesAfter(beforeSecond), "interaction.ended"))
                        .isEqualTo(1);
            }
            first.check();
            second.check();
        }
    }

    @Test
    void customerAndAgentHangUpAtOnce() {
        try (Desktop agent = active(0)) {
            for (int round = 0; round < 10; round++) {
                long before = agent.settle();
                String call = cluster.node(1).management().call("5550120", agent.agent(), new JsonObject());
                agent.answer();
                String id = agent.send("conversation.release", agent.primary(), new JsonObject());
                cluster.node(1).management().send("DELETE", "/simulated-switch/calls/" + call, null);
                agent.untilIdle();
                result(agent, id);
                agent.settle();
                assertThat(Collections.frequency(agent.namesAfter(before), "interaction.ended"))
                        .isEqualTo(1);
            }
            agent.check();
        }
    }

    @Test
    void aSecondCommandDuringARunningOneIsRefusedOrComesAfterIt() {
        try (Desktop desktop = active(2)) {
            desktop.talkTo("5550101");
            for (int round = 0; round < 10; round++) {
                String one = desktop.send("conversation.hold", desktop.primary(), new JsonObject());
                String two = desktop.send("conversation.hold", desktop.primary(), new JsonObject());
                assertThat(result(desktop, one)).isEqualTo("success");
                assertThat(result(desktop, two)).isIn("operationInProgress", "invalidState");
                desktop.until("HELD", m -> m.primaryIs("HELD") && m.primary().may("conversation.retrieve"));
                desktop.settle();
                desktop.ok("conversation.retrieve", desktop.primary());
                desktop.until(
                        "CONNECTED",
                        m -> m.primaryIs("CONNECTED") && m.primary().may("conversation.hold"));
                desktop.settle();
            }
            desktop.check();
        }
    }

    @Test
    void twoDialsAtOnceMakeOneCall() {
        try (Desktop desktop = active(1)) {
            JsonObject destination = new JsonObject().put("destination", "5550101");
            String one = desktop.send("channel.dial", desktop.channel(), destination);
            String two = desktop.send("channel.dial", desktop.channel(), destination);
            List<String> results = new ArrayList<>(List.of(result(desktop, one), result(desktop, two)));
            assertThat(results.remove("success")).isTrue();
            assertThat(results.get(0)).isNotEqualTo("success");
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            desktop.settle();
            assertThat(desktop.mirror().all(Mirror.Kind.INTERACTION)).hasSize(1);
            desktop.check();
        }
    }

    @Test
    void twoAgentsDialEachOtherAtOnceAndNothingHangs() {
        try (Desktop first = active(0);
                Desktop second = active(2)) {
            for (int round = 0; round < 5; round++) {
                first.send("channel.dial", first.channel(), new JsonObject().put("destination", second.agent()));
                second.send("channel.dial", second.channel(), new JsonObject().put("destination", first.agent()));
                for (Desktop each : List.of(first, second)) {
                    each.until(
                            "an outcome",
                            m -> m.primaryIs("FAILED") || m.primaryIs("ALERTING") || m.primaryIs("CONNECTED"));
                }
                first.settle();
                second.settle();
                first.check();
                second.check();
                end(first, second);
            }
        }
    }

    private static void end(Desktop... desktops) {
        for (Desktop each : desktops) {
            each.settle();
            for (Mirror.Item conversation : each.mirror().all(Mirror.Kind.CONVERSATION)) {
                if (conversation.may("conversation.release")) {
                    each.request("conversation.release", conversation.target(), new JsonObject());
                } else if (conversation.may("conversation.answer")) {
                    each.request("interaction.reject", each.interaction(), new JsonObject());
                }
            }
        }
        for (Desktop each : desktops) {
            each.settle();
            for (Mirror.Item conversation : each.mirror().all(Mirror.Kind.CONVERSATION)) {
                if (conversation.may("conversation.release")) {
                    each.request("conversation.release", conversation.target(), new JsonObject());
                }
            }
            each.untilIdle();
            each.settle();
        }
    }

    @Test
    void answerAndHangUpAtOnceLeaveNothingHanging() {
        try (Desktop caller = active(0);
                Desktop called = active(1)) {
            for (int round = 0; round < 10; round++) {
                caller.ok("channel.dial", caller.channel(), new JsonObject().put("destination", called.agent()));
                called.until("ALERTING", m -> m.primaryIs("ALERTING"));
                called.send("conversation.answer", called.primary(), new JsonObject());
                caller.ok("conversation.release", caller.primary());
                caller.untilIdle();
                called.untilIdle();
                called.settle();
                caller.settle();
            }
            caller.check();
            called.check();
        }
    }

    @Test
    void transferAndHangUpOfTheCustomerAtOnceLeaveNothingHanging() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            for (int round = 0; round < 8; round++) {
                String call = cluster.node(2).management().call("5550121", first.agent(), new JsonObject());
                first.answer();
                first.ok(
                        "interaction.consult",
                        first.interaction(),
                        new JsonObject().put("destination", second.agent()));
                second.answer();
                first.until("consult", m -> m.consultIs("CONNECTED"));
                first.settle();
                first.send("interaction.consulttransfer", first.interaction(), new JsonObject());
                cluster.node(2).management().send("DELETE", "/simulated-switch/calls/" + call, null);
                first.ask("calm", () -> first.settle() + second.settle(), any -> true);
                first.check();
                second.check();
                end(first, second);
            }
            first.check();
            second.check();
        }
    }

    @Test
    void overrideDuringARunningCommandLeavesTheCallWithTheNewSession() {
        String agent = Clusters.agent();
        Desktop old = Desktop.active(cluster.node(0), agent);
        old.talkTo("5550101");
        for (int round = 1; round < 6; round++) {
            old.send("conversation.hold", old.primary(), new JsonObject());
            Desktop next = Desktop.connect(cluster.node(round % 3));
            next.bindService();
            next.prepare(agent, true);
            next.bind();
            next.start();
            next.settle();
            next.check();
            assertThat(next.mirror().primary().state()).isIn("HELD", "CONNECTED");
            if (next.mirror().primaryIs("HELD")) {
                next.ok("conversation.retrieve", next.primary());
            }
            next.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            next.settle();
            old.close();
            old = next;
        }
        old.check();
        old.close();
    }
}
