package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sections 7.1 and 7.2: one call and what can be done with it. */
@BlackBox
class CallIT {

    private final Cluster cluster;

    CallIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private Desktop active(int node) {
        return Desktop.active(cluster.node(node), Clusters.agent());
    }

    private static JsonObject to(String destination) {
        return new JsonObject().put("destination", destination);
    }

    @Test
    void anOutgoingCallsEventsComeInTheirOrder() {
        try (Desktop desktop = active(0)) {
            long last = desktop.settle();
            desktop.talkTo("5550101");
            List<String> names = desktop.namesAfter(last).stream()
                    .filter(name -> !name.equals("actions.updated"))
                    .toList();
            assertThat(names.subList(0, 6))
                    .isEqualTo(List.of(
                            "channel.infochanged",
                            "interaction.created",
                            "conversation.created",
                            "conversation.member.added",
                            "conversation.initialized",
                            "interaction.initialized"));
            assertThat(names.subList(6, names.size()))
                    .containsSubsequence("conversation=ALERTING", "conversation=CONNECTED")
                    .contains("interaction=STARTED")
                    .doesNotContain("interaction.created", "conversation.created");
            assertThat(desktop.event(last, "channel.infochanged")
                            .getJsonObject("data")
                            .getString("availability"))
                    .isEqualTo("busy");
            assertThat(desktop.event(last, "interaction.created")
                            .getJsonObject("data")
                            .getString("state"))
                    .isEqualTo("DIALING");
            assertThat(desktop.event(last, "conversation.created")
                            .getJsonObject("data")
                            .getString("state"))
                    .isEqualTo("INITIATED");
            desktop.check();
        }
    }

    @Test
    void releaseEndsAndCompletesInOrder() {
        try (Desktop desktop = active(0)) {
            desktop.talkTo("5550101");
            long last = desktop.settle();
            desktop.ok("conversation.release", desktop.primary());
            desktop.untilIdle();
            List<String> names = desktop.namesAfter(last).stream()
                    .filter(name -> !name.equals("actions.updated"))
                    .filter(name -> !name.startsWith("conversation.member."))
                    .filter(name -> !name.equals("interaction.focuschanged"))
                    .toList();
            assertThat(names)
                    .isEqualTo(List.of(
                            "conversation=DISCONNECTED",
                            "conversation.disposed",
                            "interaction=ENDED",
                            "interaction.ended",
                            "interaction=COMPLETED",
                            "interaction.disposed",
                            "channel.infochanged"));
            assertThat(desktop.event(last, "interaction.ended")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("normal");
            desktop.check();
        }
    }

    @Test
    void endedIsImmediatelyFollowedByInteractionEnded() {
        try (Desktop desktop = active(0)) {
            desktop.talkTo("5550101");
            long last = desktop.settle();
            desktop.ok("conversation.release", desktop.primary());
            desktop.untilIdle();
            List<String> names = desktop.namesAfter(last);
            assertThat(names.get(names.indexOf("interaction=ENDED") + 1)).isEqualTo("interaction.ended");
        }
    }

    @Test
    void aCallBetweenAgentsOnDifferentNodesIsInternalForBoth() {
        try (Desktop caller = active(0);
                Desktop called = active(2)) {
            long last = called.settle();
            caller.ok("channel.dial", caller.channel(), to(called.agent()));
            called.until("ALERTING", m -> m.primaryIs("ALERTING"));
            called.settle();
            assertThat(called.namesAfter(last))
                    .containsSubsequence(
                            "interaction.created",
                            "conversation.created",
                            "conversation.initialized",
                            "interaction.initialized")
                    .contains("interaction.preview", "conversation.member.added");
            JsonObject offered = called.event(last, "interaction.preview").getJsonObject("data");
            assertThat(offered.getString("state")).isEqualTo("ALERTING");
            assertThat(offered.getString("direction")).isEqualTo("internal");
            assertThat(offered.getString("from")).isEqualTo(caller.agent());
            assertThat(offered.getString("to")).isEqualTo(called.agent());
            assertThat(offered.getValue("queue")).isNull();
            assertThat(called.mirror().channel().text("availability")).isEqualTo("busy");
            assertThat(called.mirror().primary().may("conversation.answer")).isTrue();
            assertThat(called.mirror().interaction().actions()).contains("interaction.accept", "interaction.reject");
            called.answer();
            caller.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            assertThat(called.memberRoles()).isEqualTo(List.of("agent", "agent"));
            assertThat(caller.mirror().interaction().text("direction")).isEqualTo("internal");
            caller.check();
            called.check();
            called.ok("conversation.release", called.primary());
            caller.untilIdle();
            called.untilIdle();
            caller.check();
            called.check();
        }
    }

    @Test
    void interactionAcceptAnswersToo() {
        try (Desktop caller = active(1);
                Desktop called = active(2)) {
            caller.ok("channel.dial", caller.channel(), to(called.agent()));
            called.until("ALERTING", m -> m.primaryIs("ALERTING"));
            called.ok("interaction.accept", called.interaction());
            called.until("STARTED", m -> "STARTED".equals(m.interaction().state()));
            caller.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            caller.check();
            called.check();
        }
    }

    @Test
    void aRejectedDirectCallFailsForTheCaller() {
        try (Desktop caller = active(1);
                Desktop called = active(0)) {
            caller.ok("channel.dial", caller.channel(), to(called.agent()));
            called.until("ALERTING", m -> m.primaryIs("ALERTING"));
            long last = called.settle();
            called.ok("interaction.reject", called.interaction());
            called.untilIdle();
            assertThat(called.event(last, "interaction.ended")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("rejected");
            JsonObject failed = caller.event(0, "conversation=FAILED").getJsonObject("data");
            assertThat(failed.getString("cause")).isEqualTo("rejected");
            caller.settle();
            assertThat(caller.mirror().primary().actions()).containsExactly("conversation.release");
            caller.check();
            called.check();
        }
    }

    @Test
    void anAgentOnACallIsBusyForOthers() {
        try (Desktop caller = active(1);
                Desktop called = active(0)) {
            called.talkTo("5550101");
            caller.ok("channel.dial", caller.channel(), to(called.agent()));
            JsonObject failed = caller.event(0, "conversation=FAILED").getJsonObject("data");
            assertThat(failed.getString("cause")).isEqualTo("busy");
            called.check();
            caller.check();
        }
    }

    @Test
    void anExtensionWithoutAgentIsUnreachable() {
        try (Desktop caller = active(1)) {
            caller.ok("channel.dial", caller.channel(), to("1999"));
            JsonObject failed = caller.event(0, "conversation=FAILED").getJsonObject("data");
            assertThat(failed.getString("cause")).isEqualTo("unreachable");
            caller.check();
        }
    }

    @Test
    void holdAndRetrieveAreSeenByBothSides() {
        try (Desktop caller = active(0);
                Desktop called = active(1)) {
            caller.ok("channel.dial", caller.channel(), to(called.agent()));
            called.answer();
            caller.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            caller.ok("conversation.hold", caller.primary());
            caller.until("HELD", m -> m.primaryIs("HELD"));
            called.until(
                    "the other is held",
                    m -> m.primary().members().stream()
                            .anyMatch(member -> caller.agent().equals(member.getString("address"))
                                    && "HELD".equals(member.getString("state"))));
            assertThat(called.mirror().primaryIs("CONNECTED")).isTrue();
            caller.ok("conversation.retrieve", caller.primary());
            caller.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            called.until(
                    "nobody is held",
                    m -> m.primary().members().stream()
                            .allMatch(member -> "CONNECTED".equals(member.getString("state"))));
            caller.check();
            called.check();
        }
    }

    @Test
    void muteAndUnmuteChangeTheAttributes() {
        try (Desktop desktop = active(0)) {
            desktop.talkTo("5550101");
            long last = desktop.settle();
            desktop.ok("conversation.mute", desktop.primary());
            JsonObject muted =
                    desktop.event(last, "conversation.attributeschanged").getJsonObject("data");
            assertThat(muted.getBoolean("muted")).isTrue();
            assertThat(muted.getBoolean("recording")).isFalse();
            desktop.settle();
            Mirror.Item primary = desktop.mirror().primary();
            assertThat(primary.may("conversation.unmute")).isTrue();
            assertThat(primary.may("conversation.mute")).isFalse();
            desktop.check();
            last = desktop.settle();
            desktop.ok("conversation.unmute", desktop.primary());
            desktop.event(last, "conversation.attributeschanged");
            desktop.check();
            assertThat(desktop.mirror().primary().fields().getBoolean("muted")).isFalse();
        }
    }

    @Test
    void anInvalidDestinationIsRefusedOrFails() {
        try (Desktop desktop = active(0)) {
            JsonObject response = desktop.request("channel.dial", desktop.channel(), to("12"));
            if (response.getString("result").equals("failure")) {
                assertThat(response.getJsonObject("failure").getString("code")).isEqualTo("invalidDestination");
                desktop.settle();
                assertThat(desktop.mirror().interaction()).isNull();
            } else {
                assertThat(desktop.event(0, "conversation=FAILED")
                                .getJsonObject("data")
                                .getString("cause"))
                        .isEqualTo("invalidDestination");
            }
            desktop.check();
        }
    }

    @Test
    void completeWithoutAfterCallWorkIsAnInvalidState() {
        try (Desktop desktop = active(0)) {
            desktop.talkTo("5550101");
            desktop.fails(
                    "invalidState",
                    "interaction.complete",
                    desktop.interaction(),
                    new JsonObject().put("disposition", "done").put("notes", "none"));
            desktop.check();
        }
    }

    @Test
    void aRequestToADisposedObjectIsAnInvalidTarget() {
        try (Desktop desktop = active(0)) {
            desktop.talkTo("5550101");
            String primary = desktop.primary();
            String interaction = desktop.interaction();
            desktop.ok("conversation.release", primary);
            desktop.untilIdle();
            desktop.fails("invalidTarget", "conversation.hold", primary, new JsonObject());
            desktop.fails("invalidTarget", "interaction.consult", interaction, to("5550102"));
            desktop.check();
        }
    }

    @Test
    void idsOfGoneObjectsAreNotUsedAgain() {
        try (Desktop desktop = active(0)) {
            desktop.talkTo("5550101");
            String first = desktop.interaction();
            String primary = desktop.primary();
            desktop.ok("conversation.release", primary);
            desktop.untilIdle();
            desktop.talkTo("5550101");
            assertThat(desktop.interaction()).isNotEqualTo(first);
            assertThat(desktop.primary()).isNotEqualTo(primary);
        }
    }
}
