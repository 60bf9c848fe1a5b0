package io.interactionprocessor.cti.simulated;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.model.ConversationState.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallControlTest {
    private final SwitchWorld world = new SwitchWorld();

    private String member(String agent, String address) {
        return world.leg(agent).members().stream()
                .filter(member -> member.address().equals(address))
                .map(Member::id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void logsOnAndOff() {
        world.refused(Refusal.CHANNEL_INACTIVE, "1001", new Command.SetState(Availability.READY, null));
        world.refused(Refusal.INVALID_DESTINATION, "1001", new Command.LogOn("8001"));
        world.accepted("1001", new Command.LogOn("1005"));
        assertThat(world.view("1001").station()).isEqualTo("1005");
        assertThat(world.view("1001").availability()).isEqualTo(Availability.NOT_READY);
        world.accepted("1001", new Command.LogOn("1005"));
        world.refused(Refusal.INVALID_STATE, "1001", new Command.LogOn("1006"));
        world.refused(Refusal.CTI_REJECTED, "1005", new Command.LogOn(""));
        world.customer("1005");
        world.refused(Refusal.INVALID_STATE, "1001", new Command.LogOff());
        world.accepted("1001", new Command.Reject(world.leg("1001").id()));
        world.accepted("1001", new Command.LogOff());
        // his own again
        assertThat(world.view("1001").station()).isEqualTo("1001");
        world.logOn("1005");
    }

    @Test
    void nobodyElseIsKnown() {
        world.refused(Refusal.CTI_REJECTED, "stranger", new Command.LogOn(""));
        assertThat(world.model.attach("stranger", new Epoch(1), world.now).refusal())
                .isEqualTo(Refusal.CTI_REJECTED);
    }

    @Test
    void holdsAndRetrieves() {
        world.logOn("1001");
        String id = world.talkTo("1001", "5550101").id();
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Retrieve(id));
        world.accepted("1001", new Command.Hold(id));
        AgentEvent event = world.lastEvent("1001");
        assertThat(event.view().legs().get(0).state()).isEqualTo(HELD);
        assertThat(event.commandId()).isNotNull();
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Hold(id));
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Mute(id));
        world.refused(Refusal.INVALID_STATE, "1001", new Command.SendDtmf(id, "1"));
        world.accepted("1001", new Command.Retrieve(id));
        world.leg("1001", CONNECTED);
    }

    @Test
    void mutes() {
        world.logOn("1001");
        String id = world.talkTo("1001", "5550101").id();
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Unmute(id));
        world.accepted("1001", new Command.Mute(id));
        assertThat(world.leg("1001").muted()).isTrue();
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Mute(id));
        world.accepted("1001", new Command.Unmute(id));
        assertThat(world.leg("1001").muted()).isFalse();
    }

    @Test
    void tonesAreInTheHistory() {
        world.logOn("1001");
        String id = world.talkTo("1001", "5550101").id();
        world.accepted("1001", new Command.SendDtmf(id, "12*#D"));
        world.refused(Refusal.CTI_REJECTED, "1001", new Command.SendDtmf(id, "E"));
        world.refused(Refusal.CTI_REJECTED, "1001", new Command.SendDtmf(id, "1".repeat(65)));
        assertThat(world.model.history(0, 1_000))
                .filteredOn(entry -> entry.what().equals("dtmf"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).containsEntry("digits", "12*#D"));
    }

    @Test
    void dataIsSetAndRemovedForAllOnTheCall() {
        world.logOn("1001", "1002");
        world.accepted("1001", new Command.MakeCall("1002", Map.of("a", 1)));
        world.pass(20);
        world.accepted("1001", new Command.SetData(world.leg("1001").id(), Map.of("b", List.of(2)), List.of("a")));
        assertThat(world.leg("1002").data()).isEqualTo(Map.of("b", List.of(2)));
        assertThat(world.lastEvent("1002").commandId())
                .as("another agent's command")
                .isNull();
        assertThat(world.lastEvent("1001").commandId()).isNotNull();
    }

    @Test
    void releaseOfTwoEndsBoth() {
        world.logOn("1002");
        world.logOn("1001");
        world.accepted("1001", new Command.MakeCall("1002", Map.of()));
        world.pass(20);
        CallLeg other = world.leg("1002");
        world.refused(Refusal.INVALID_STATE, "1002", new Command.Release(other.id()));
        world.accepted("1002", new Command.Answer(other.id()));
        world.refused(Refusal.INVALID_STATE, "1002", new Command.Answer(other.id()));
        world.refused(Refusal.INVALID_STATE, "1002", new Command.Reject(other.id()));
        world.accepted("1001", new Command.Release(world.leg("1001").id()));
        assertThat(world.endOf(other)).isEqualTo(Cause.NORMAL);
        assertThat(world.model.calls()).isEmpty();
    }

    @Test
    void releaseWhileItRings() {
        world.logOn("1001", "1002");
        world.accepted("1001", new Command.MakeCall("1002", Map.of()));
        CallLeg leg = world.leg("1001");
        world.pass(20);
        CallLeg other = world.leg("1002");
        world.accepted("1001", new Command.Release(leg.id()));
        assertThat(world.endOf(leg)).isEqualTo(Cause.NORMAL);
        assertThat(world.endOf(other)).isEqualTo(Cause.ABANDONED);
        assertThat(world.view("1002").availability()).isEqualTo(Availability.NOT_READY);
        assertThat(world.view("1002").reason()).as("not his fault").isNull();
    }

    @Test
    void releaseBeforeItRings() {
        world.logOn("1001");
        world.accepted("1001", new Command.MakeCall("5550101", Map.of()));
        world.accepted("1001", new Command.Release(world.leg("1001").id()));
        assertThat(world.model.calls()).isEmpty();
        assertThat(world.model.nextDeadline()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1002", "8002", "5550101"})
    void singleStepTransferToAgentQueueAndOutside(String number) {
        String call = world.serve("1001");
        world.ready("1002");
        world.accepted("1001", new Command.SetState(Availability.NOT_READY, "lunch"));
        CallLeg leg = world.leg("1001");
        world.accepted("1001", new Command.SingleStepTransfer(leg.id(), number));
        assertThat(world.endOf(leg)).isEqualTo(Cause.TRANSFERRED);
        assertThat(world.view("1001").legs()).isEmpty();
        world.pass(300);
        if (number.startsWith("5")) {
            assertThat(world.model.calls())
                    .singleElement()
                    .satisfies(left -> assertThat(left.parties()).hasSize(2));
        } else {
            CallLeg offered = world.leg("1002", ALERTING);
            assertThat(offered.from()).isEqualTo("5550199");
            assertThat(offered.call()).isEqualTo(call);
            world.accepted("1002", new Command.Answer(offered.id()));
            assertThat(world.leg("1002", CONNECTED).members()).hasSize(2);
        }
        assertThat(world.hangUp(call)).isTrue();
        assertThat(world.model.calls()).isEmpty();
    }

    @Test
    void singleStepTransferRefusedUpFrontLosesNoCustomer() {
        world.serve("1001");
        String id = world.leg("1001").id();
        world.refused(Refusal.INVALID_DESTINATION, "1001", new Command.SingleStepTransfer(id, "1"));
        for (String number : List.of("5550200", "5550600", "1002", "1001")) {
            world.refused(Refusal.CTI_REJECTED, "1001", new Command.SingleStepTransfer(id, number));
        }
        world.accepted("1001", new Command.Hold(id));
        world.refused(Refusal.INVALID_STATE, "1001", new Command.SingleStepTransfer(id, "5550101"));
        assertThat(world.leg("1001", HELD).members()).hasSize(2);
    }

    @Test
    void aBlindlyTransferredCallerWhomNobodyAnswersIsDropped() {
        String call = world.serve("1001");
        world.accepted("1001", new Command.SingleStepTransfer(world.leg("1001").id(), "5550300"));
        world.pass(20_000);
        assertThat(world.hangUp(call)).isFalse();
        assertThat(world.model.calls()).isEmpty();
    }

    @Test
    void singleStepConferenceAddsAndDropMemberRemoves() {
        world.serve("1001");
        String id = world.leg("1001").id();
        world.refused(Refusal.INVALID_STATE, "1001", new Command.DropMember(id, member("1001", "5550199")));
        world.accepted("1001", new Command.SingleStepConference(id, "5550101"));
        assertThat(world.leg("1001").members())
                .extracting(Member::state)
                .containsExactly(CONNECTED, CONNECTED, ALERTING);
        world.pass(300);
        assertThat(world.leg("1001").members()).extracting(Member::state).containsOnly(CONNECTED);
        world.refused(Refusal.INVALID_STATE, "1001", new Command.DropMember(id, id));
        world.refused(Refusal.INVALID_STATE, "1001", new Command.DropMember(id, "c999"));
        world.accepted("1001", new Command.DropMember(id, member("1001", "5550101")));
        assertThat(world.leg("1001", CONNECTED).members()).hasSize(2);
    }

    @Test
    void aMemberWhoIsNotReachedIsRemoved() {
        world.serve("1001");
        String id = world.leg("1001").id();
        world.accepted("1001", new Command.SingleStepConference(id, "5550400"));
        assertThat(world.leg("1001").members()).hasSize(3);
        world.pass(300);
        assertThat(world.leg("1001", CONNECTED).members()).hasSize(2);
        world.refused(Refusal.CTI_REJECTED, "1001", new Command.SingleStepConference(id, "5550200"));
        world.refused(Refusal.INVALID_DESTINATION, "1001", new Command.SingleStepConference(id, "12"));
    }

    @Test
    void anAgentIsAddedFromAQueueAndDroppedWhileRinging() {
        world.serve("1001");
        String id = world.leg("1001").id();
        world.accepted("1001", new Command.SingleStepConference(id, "8002"));
        assertThat(world.leg("1001").members())
                .extracting(Member::address)
                .contains("8002")
                .hasSize(3);
        world.ready("1002");
        CallLeg ringing = world.leg("1002", ALERTING);
        assertThat(world.leg("1001").members())
                .extracting(Member::id)
                .contains(ringing.id())
                .hasSize(3);
        world.accepted("1001", new Command.DropMember(id, ringing.id()));
        assertThat(world.endOf(ringing)).isEqualTo(Cause.ABANDONED);
        assertThat(world.leg("1001", CONNECTED).members()).hasSize(2);
        assertThat(world.view("1002").legs()).isEmpty();
    }

    @Test
    void sixteenPartiesAndNoMore() {
        world.serve("1001");
        String id = world.leg("1001").id();
        for (int i = 10; i < 24; i++) {
            world.accepted("1001", new Command.SingleStepConference(id, "55501" + i));
        }
        world.pass(300);
        assertThat(world.leg("1001").members()).hasSize(16);
        world.refused(Refusal.CTI_REJECTED, "1001", new Command.SingleStepConference(id, "5550199"));
        world.accepted("1001", new Command.Consult(id, "5550199"));
        world.pass(400);
        world.refused(
                Refusal.CTI_REJECTED,
                "1001",
                new Command.Conference(id, world.consult("1001").id()));
        world.accepted("1001", new Command.Transfer(id, world.consult("1001").id()));
        assertThat(world.model.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.parties()).hasSize(16));
    }

    @Test
    void aLegOfAnotherAgentIsNoLeg() {
        world.serve("1001");
        world.logOn("1002");
        for (Command command : List.of(
                new Command.Release(world.leg("1001").id()),
                new Command.Hold("c0"),
                new Command.Consult("c0", "5550101"),
                new Command.SetData("c0", Map.of(), List.of()))) {
            world.refused(Refusal.INVALID_STATE, "1002", command);
        }
    }

    @Test
    void aHeldCallEndsWhenTheOtherSideLeaves() {
        String call = world.serve("1001");
        CallLeg leg = world.leg("1001");
        world.accepted("1001", new Command.Hold(leg.id()));
        world.hangUp(call);
        assertThat(world.endOf(leg)).isEqualTo(Cause.NORMAL);
        assertThat(world.view("1001").availability()).isEqualTo(Availability.READY);
        assertThat(world.lastEvent("1001").view().legs())
                .extracting(CallLeg::state)
                .doesNotContain(ConversationState.DISCONNECTED);
    }
}
