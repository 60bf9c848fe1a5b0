package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.interactionprocessor.testkit.SwitchSide;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sections 7.1 and 7.3: consultation, transfer and conference, between agents on different nodes. */
@BlackBox
class ConsultIT {

    private final Cluster cluster;

    ConsultIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private Desktop active(int node) {
        return Desktop.active(cluster.node(node), Clusters.agent());
    }

    private SwitchSide side() {
        return cluster.node(0).management();
    }

    private static JsonObject to(String destination) {
        return new JsonObject().put("destination", destination);
    }

    private static void check(Desktop... desktops) {
        for (Desktop desktop : desktops) {
            desktop.check();
        }
    }

    /** A customer talks to the first agent, who consults the second; both are connected. */
    private String consulting(Desktop first, Desktop second) {
        String call = side().call("5550111", first.agent(), new JsonObject().put("case", "4711"));
        first.answer();
        first.ok("interaction.consult", first.interaction(), to(second.agent()));
        second.answer();
        first.until("consult CONNECTED", m -> m.consultIs("CONNECTED") && m.primaryIs("HELD"));
        first.settle();
        second.settle();
        return call;
    }

    @Test
    void aCustomersDirectCallIsInbound() {
        try (Desktop agent = active(0)) {
            side().call("5550111", agent.agent(), new JsonObject().put("case", "4711"));
            agent.until("ALERTING", m -> m.primaryIs("ALERTING"));
            Mirror now = agent.mirror();
            assertThat(now.interaction().text("direction")).isEqualTo("inbound");
            assertThat(now.interaction().text("from")).isEqualTo("5550111");
            assertThat(now.interaction().text("to")).isEqualTo(agent.agent());
            assertThat(now.interaction().fields().getValue("queue")).isNull();
            assertThat(now.interaction().fields().getJsonObject("data").getString("case"))
                    .isEqualTo("4711");
            agent.answer();
            assertThat(agent.memberRoles()).isEqualTo(List.of("agent", "customer"));
            agent.check();
        }
    }

    @Test
    void consultHoldsThePrimaryAndDialsTheConsult() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            consulting(first, second);
            Mirror now = first.mirror();
            assertThat(now.all(Mirror.Kind.INTERACTION)).hasSize(1);
            assertThat(now.all(Mirror.Kind.CONVERSATION)).hasSize(2);
            assertThat(now.interaction().text("focus")).isEqualTo(now.consult().text("id"));
            assertThat(now.interaction().actions())
                    .contains(
                            "interaction.alternate",
                            "interaction.reconnect",
                            "interaction.consulttransfer",
                            "interaction.consultconference")
                    .doesNotContain("interaction.consult");
            assertThat(now.primary().may("conversation.retrieve"))
                    .as("another conversation is connected")
                    .isFalse();
            check(first, second);
        }
    }

    @Test
    void aSecondConsultIsNotPossible() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            consulting(first, second);
            JsonObject response = first.request("interaction.consult", first.interaction(), to("5550102"));
            assertThat(response.getJsonObject("failure").getString("code"))
                    .isEqualTo(first.mirror().interaction().blocked().get("interaction.consult"));
            check(first, second);
        }
    }

    @Test
    void alternateSwapsHeldAndConnectedAndTheFocus() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            consulting(first, second);
            long last = first.lastSequence();
            first.ok("interaction.alternate", first.interaction());
            Mirror swapped = first.until("swapped", m -> m.primaryIs("CONNECTED") && m.consultIs("HELD"));
            first.settle();
            assertThat(first.namesAfter(last)).contains("interaction.focuschanged");
            assertThat(first.mirror().interaction().text("focus"))
                    .isEqualTo(swapped.primary().text("id"));
            check(first, second);
            first.ok("interaction.alternate", first.interaction());
            first.until("swapped back", m -> m.primaryIs("HELD") && m.consultIs("CONNECTED"));
            check(first, second);
        }
    }

    @Test
    void reconnectReleasesTheConsultAndRetrievesThePrimary() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            consulting(first, second);
            first.ok("interaction.reconnect", first.interaction());
            first.until("reconnected", m -> m.consult() == null && m.primaryIs("CONNECTED"));
            second.untilIdle();
            first.settle();
            assertThat(first.mirror().interaction().text("focus"))
                    .isEqualTo(first.mirror().primary().text("id"));
            check(first, second);
        }
    }

    @Test
    void theCustomerLeavesDuringAConsultAndTheConsultBecomesThePrimary() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            String call = consulting(first, second);
            side().hangUp(call);
            first.until("one conversation", m -> m.all(Mirror.Kind.CONVERSATION).size() == 1);
            first.settle();
            Mirror now = Mirror.ofSnapshot(first.snapshot());
            assertThat(now.all(Mirror.Kind.CONVERSATION)).hasSize(1);
            assertThat(now.primary()).isNotNull();
            assertThat(now.primary().state()).isEqualTo("CONNECTED");
            assertThat(now.interaction().state()).isEqualTo("STARTED");
            assertThat(now.interaction().text("focus")).isEqualTo(now.primary().text("id"));
            assertThat(now.interaction().may("interaction.consult")).isTrue();
            check(first, second);
            second.ok("conversation.release", second.primary());
            first.untilIdle();
            second.untilIdle();
            check(first, second);
        }
    }

    @Test
    void theCustomerLeavesWhileTheConsultIsHeld() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            String call = consulting(first, second);
            first.ok("interaction.alternate", first.interaction());
            first.until("swapped", m -> m.primaryIs("CONNECTED") && m.consultIs("HELD"));
            side().hangUp(call);
            first.until("one conversation", m -> m.all(Mirror.Kind.CONVERSATION).size() == 1);
            first.settle();
            Mirror.Item left = Mirror.ofSnapshot(first.snapshot()).primary();
            assertThat(left).isNotNull();
            assertThat(left.state()).isIn("HELD", "CONNECTED");
            if (left.state().equals("HELD")) {
                first.ok("conversation.retrieve", left.target());
                first.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            }
            check(first, second);
        }
    }

    @Test
    void theConsultedAgentHangsUpAndThePrimaryStays() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            consulting(first, second);
            second.ok("conversation.release", second.primary());
            second.untilIdle();
            first.until("no consult or a failed one", m -> m.consult() == null || !m.consultIs("CONNECTED"));
            first.settle();
            assertThat(first.mirror().primary().state()).isIn("HELD", "CONNECTED");
            check(first, second);
            if (first.mirror().primaryIs("HELD") && first.mirror().consult() == null) {
                first.ok("conversation.retrieve", first.primary());
                first.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
                check(first);
            }
        }
    }

    @Test
    void aBusyConsultFailsAndThePrimaryStaysHeld() {
        try (Desktop first = active(0)) {
            first.talkTo("5550101");
            first.consult("5550201", "FAILED");
            Mirror now = first.mirror();
            assertThat(now.primary().state()).isEqualTo("HELD");
            assertThat(now.consult().actions()).containsExactly("conversation.release");
            assertThat(now.interaction().may("interaction.reconnect")).isTrue();
            assertThat(first.event(0, "conversation=FAILED")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("busy");
            check(first);
            first.ok("interaction.reconnect", first.interaction());
            first.until("reconnected", m -> m.consult() == null && m.primaryIs("CONNECTED"));
            check(first);
        }
    }

    @Test
    void aFailedConsultCanBeReleasedAndThePrimaryRetrieved() {
        try (Desktop first = active(0)) {
            first.talkTo("5550101");
            first.consult("5550401", "FAILED");
            first.ok("conversation.release", first.consulted());
            first.until("no consult", m -> m.consult() == null);
            first.settle();
            assertThat(first.mirror().primary().state()).isEqualTo("HELD");
            first.ok("conversation.retrieve", first.primary());
            first.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            check(first);
            first.consult("5550102", "CONNECTED");
            check(first);
        }
    }

    @Test
    void aConsultToAnInvalidNumberIsRefusedOrFailsAndNothingHangs() {
        try (Desktop first = active(0)) {
            first.talkTo("5550101");
            JsonObject response = first.request("interaction.consult", first.interaction(), to("12"));
            if (response.getString("result").equals("failure")) {
                assertThat(response.getJsonObject("failure").getString("code")).isEqualTo("invalidDestination");
            } else {
                first.until("FAILED", m -> m.consultIs("FAILED"));
                first.settle();
                first.ok("interaction.reconnect", first.interaction());
            }
            first.until("CONNECTED", m -> m.consult() == null && m.primaryIs("CONNECTED"));
            check(first);
        }
    }

    @Test
    void aConsultThatIsDialledCanBeTakenBack() {
        try (Desktop first = active(0)) {
            first.talkTo("5550101");
            first.consult("5550301", "ALERTING");
            first.ok("conversation.release", first.consulted());
            first.until("no consult", m -> m.consult() == null);
            first.settle();
            if (first.mirror().primaryIs("HELD")) {
                first.ok("conversation.retrieve", first.primary());
            }
            first.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            check(first);
        }
    }

    @Test
    void aThirdPartyCanCallIntoNothingWhileAConsultIsOn() {
        try (Desktop first = active(0);
                Desktop second = active(1);
                Desktop third = active(2)) {
            consulting(first, second);
            third.ok("channel.dial", third.channel(), to(first.agent()));
            JsonObject failed = third.event(0, "conversation=FAILED").getJsonObject("data");
            assertThat(failed.getString("cause")).isEqualTo("busy");
            check(first, second, third);
        }
    }
}
