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

/** Sections 7.1 and 7.3: transfers and conferences, between agents on different nodes. */
@BlackBox
class TransferIT {

    private final Cluster cluster;

    TransferIT(Cluster cluster) {
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

    private static List<String> addresses(Mirror mirror) {
        return mirror.primary().members().stream()
                .map(member -> member.getString("address"))
                .sorted()
                .toList();
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
    void consulttransferGivesTheCustomerToTheOtherAgentWithTheData() {
        try (Desktop first = active(0);
                Desktop second = active(2)) {
            String call = consulting(first, second);
            first.ok(
                    "interaction.setdata",
                    first.interaction(),
                    new JsonObject().put("set", new JsonObject().put("note", "angry")));
            long last = first.settle();
            first.ok("interaction.consulttransfer", first.interaction());
            first.untilIdle();
            assertThat(first.event(last, "interaction.ended")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("transferred");
            second.until("the customer", m -> addresses(m).contains("5550111"));
            second.until(
                    "the data",
                    m -> "angry"
                                    .equals(m.interaction()
                                            .fields()
                                            .getJsonObject("data")
                                            .getString("note"))
                            && "4711"
                                    .equals(m.interaction()
                                            .fields()
                                            .getJsonObject("data")
                                            .getString("case")));
            second.settle();
            assertThat(second.memberRoles()).isEqualTo(List.of("agent", "customer"));
            assertThat(second.mirror().primary().state()).isEqualTo("CONNECTED");
            check(first, second);
            side().hangUp(call);
            second.untilIdle();
            check(second);
        }
    }

    @Test
    void aSemiAttendedTransferWhileTheConsultRings() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            side().call("5550111", first.agent(), new JsonObject().put("case", "1"));
            first.answer();
            first.ok("interaction.consult", first.interaction(), to(second.agent()));
            second.until("ALERTING", m -> m.primaryIs("ALERTING"));
            first.until("may transfer", m -> m.interaction().may("interaction.consulttransfer"));
            first.ok("interaction.consulttransfer", first.interaction());
            first.untilIdle();
            second.answer();
            second.until("the customer", m -> addresses(m).contains("5550111"));
            second.settle();
            assertThat(second.memberRoles()).isEqualTo(List.of("agent", "customer"));
            check(first, second);
        }
    }

    @Test
    void consultconferenceJoinsAllThree() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            String call = consulting(first, second);
            first.ok("interaction.consultconference", first.interaction());
            first.until(
                    "three", m -> m.consult() == null && m.primary().members().size() == 3);
            second.until("three", m -> m.primary().members().size() == 3);
            first.settle();
            second.settle();
            assertThat(first.mirror().primary().state()).isEqualTo("CONNECTED");
            assertThat(first.memberRoles()).isEqualTo(List.of("agent", "agent", "customer"));
            assertThat(first.mirror().primary().may("conversation.dropmember")).isTrue();
            assertThat(second.mirror().primary().may("conversation.dropmember")).isTrue();
            check(first, second);
            // The first agent leaves, the two others go on.
            first.ok("conversation.release", first.primary());
            first.untilIdle();
            second.until("two", m -> m.primary().members().size() == 2);
            check(first, second);
            side().hangUp(call);
            second.untilIdle();
            check(second);
        }
    }

    @Test
    void dropmemberRemovesOneAndTheOthersGoOn() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            consulting(first, second);
            first.ok("interaction.consultconference", first.interaction());
            Mirror three = first.until(
                    "three", m -> m.consult() == null && m.primary().members().size() == 3);
            String member = three.primary().members().stream()
                    .filter(each -> second.agent().equals(each.getString("address")))
                    .map(each -> each.getString("id"))
                    .findFirst()
                    .orElseThrow();
            long last = first.settle();
            first.ok("conversation.dropmember", first.primary(), new JsonObject().put("member", member));
            assertThat(first.event(last, "conversation.member.removed")
                            .getJsonObject("data")
                            .getString("id"))
                    .isEqualTo(member);
            second.untilIdle();
            first.settle();
            assertThat(first.mirror().primary().state()).isEqualTo("CONNECTED");
            assertThat(first.mirror().primary().may("conversation.dropmember")).isFalse();
            check(first, second);
        }
    }

    @Test
    void dropmemberOfAStrangerFails() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            consulting(first, second);
            first.ok("interaction.consultconference", first.interaction());
            first.until(
                    "three", m -> m.consult() == null && m.primary().members().size() == 3);
            first.settle();
            JsonObject response =
                    first.request("conversation.dropmember", first.primary(), new JsonObject().put("member", "nobody"));
            assertThat(response.getString("result")).isEqualTo("failure");
            check(first, second);
        }
    }

    @Test
    void singleStepTransferToAnAgentOnAnotherNode() {
        try (Desktop first = active(0);
                Desktop second = active(1)) {
            side().call("5550111", first.agent(), new JsonObject().put("case", "7"));
            first.answer();
            long last = first.lastSequence();
            first.ok("conversation.transfer", first.primary(), to(second.agent()));
            second.until("ALERTING", m -> m.primaryIs("ALERTING"));
            second.answer();
            first.untilIdle();
            assertThat(first.event(last, "interaction.ended")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("transferred");
            assertThat(second.memberRoles()).isEqualTo(List.of("agent", "customer"));
            assertThat(second.mirror()
                            .interaction()
                            .fields()
                            .getJsonObject("data")
                            .getString("case"))
                    .isEqualTo("7");
            check(first, second);
        }
    }

    @Test
    void singleStepTransferToNobodyIsRefusedOrTheCallIsKept() {
        try (Desktop first = active(0)) {
            first.talkTo("5550101");
            JsonObject response = first.request("conversation.transfer", first.primary(), to("12"));
            assertThat(response.getString("result")).isEqualTo("failure");
            assertThat(response.getJsonObject("failure").getString("code")).isIn("invalidDestination", "ctiRejected");
            first.settle();
            assertThat(first.mirror().primary().state()).isEqualTo("CONNECTED");
            check(first);
        }
    }

    @Test
    void singleStepConferenceAddsAMember() {
        try (Desktop first = active(0);
                Desktop second = active(2)) {
            first.talkTo("5550101");
            first.ok("conversation.conference", first.primary(), to(second.agent()));
            second.until("ALERTING", m -> m.primaryIs("ALERTING"));
            second.answer();
            first.until(
                    "three",
                    m -> m.primary().members().size() == 3
                            && m.primary().members().stream()
                                    .allMatch(member -> "CONNECTED".equals(member.getString("state"))));
            second.until("three", m -> m.primary().members().size() == 3);
            assertThat(first.mirror().primary().state()).isEqualTo("CONNECTED");
            check(first, second);
        }
    }

    @Test
    void aConferenceTakesUpTo16Parties() {
        try (Desktop first = active(0)) {
            first.talkTo("5550101");
            for (int parties = 3; parties <= 16; parties++) {
                int wanted = parties;
                first.ok("conversation.conference", first.primary(), to("55501%02d".formatted(parties)));
                first.until(parties + " members", m -> m.primary().members().size() == wanted);
                first.settle();
            }
            JsonObject response = first.request("conversation.conference", first.primary(), to("5550199"));
            assertThat(response.getString("result")).isEqualTo("failure");
            check(first);
        }
    }

    @Test
    void theConsultedAgentCanTransferOn() {
        try (Desktop first = active(0);
                Desktop second = active(1);
                Desktop third = active(2)) {
            consulting(first, second);
            first.ok("interaction.consulttransfer", first.interaction());
            second.until("the customer", m -> addresses(m).contains("5550111"));
            second.settle();
            second.ok("interaction.consult", second.interaction(), to(third.agent()));
            third.answer();
            second.until("consult CONNECTED", m -> m.consultIs("CONNECTED"));
            second.settle();
            second.ok("interaction.consulttransfer", second.interaction());
            second.untilIdle();
            third.until("the customer", m -> addresses(m).contains("5550111"));
            third.settle();
            assertThat(third.mirror()
                            .interaction()
                            .fields()
                            .getJsonObject("data")
                            .getString("case"))
                    .isEqualTo("4711");
            check(first, second, third);
        }
    }
}
