package io.interactionprocessor.cti.simulated;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.model.ConversationState.FAILED;
import static io.interactionprocessor.model.ConversationState.HELD;
import static io.interactionprocessor.model.ConversationState.INITIATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Consultation, what comes of it, and its races (protocol 7.3). */
class ConsultationTest {
    private final SwitchWorld world = new SwitchWorld();

    private CallLeg consult(String number) {
        world.accepted("1001", new Command.Consult(world.leg("1001", CONNECTED).id(), number));
        assertThat(world.primary("1001").state()).isEqualTo(HELD);
        CallLeg consult = world.consult("1001");
        assertThat(consult.state()).isEqualTo(INITIATED);
        assertThat(consult.consultOf()).isEqualTo(world.primary("1001").id());
        return consult;
    }

    /** Agent 1001 serves a customer and talks to agent 1002 about it. */
    private String consulted() {
        String call = world.serve("1001");
        world.logOn("1002");
        consult("1002");
        world.pass(20);
        assertThat(world.consult("1001").state()).isEqualTo(ALERTING);
        world.accepted("1002", new Command.Answer(world.leg("1002", ALERTING).id()));
        assertThat(world.consult("1001").state()).isEqualTo(CONNECTED);
        return call;
    }

    private void is(ConversationState primary, ConversationState consult) {
        assertThat(List.of(world.primary("1001").state(), world.consult("1001").state()))
                .containsExactly(primary, consult);
    }

    @Test
    void transferLeavesCustomerAndConsultedAgent() {
        String call = consulted();
        CallLeg primary = world.primary("1001");
        CallLeg consult = world.consult("1001");
        CallLeg other = world.leg("1002");
        world.accepted("1001", new Command.Transfer(primary.id(), consult.id()));
        assertThat(world.endOf(primary)).isEqualTo(Cause.TRANSFERRED);
        assertThat(world.endOf(consult)).isEqualTo(Cause.TRANSFERRED);
        assertThat(world.view("1001").availability()).isEqualTo(Availability.READY);
        CallLeg after = world.leg("1002", CONNECTED);
        assertThat(after.id()).as("the leg's id stays").isEqualTo(other.id());
        assertThat(after.call())
                .as("the call's id for the customer's side stays")
                .isEqualTo(call);
        assertThat(after.members()).extracting(member -> member.address()).containsExactly("1002", "5550199");
        assertThat(world.hangUp(call)).isTrue();
        assertThat(world.endOf(other)).isEqualTo(Cause.NORMAL);
        assertThat(world.model.calls()).isEmpty();
    }

    @Test
    void transferAlsoAfterAlternating() {
        consulted();
        CallLeg primary = world.primary("1001");
        CallLeg consult = world.consult("1001");
        world.accepted("1001", new Command.Alternate(primary.id(), consult.id()));
        is(CONNECTED, HELD);
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Alternate(primary.id(), consult.id()));
        world.accepted("1001", new Command.Transfer(primary.id(), consult.id()));
        assertThat(world.leg("1002", CONNECTED).members()).hasSize(2);
    }

    @Test
    void transferWhileTheConsultedOneStillRings() {
        String call = world.serve("1001");
        world.logOn("1002");
        CallLeg consult = consult("1002");
        world.refused(
                Refusal.INVALID_STATE,
                "1001",
                new Command.Transfer(world.primary("1001").id(), consult.id()));
        world.pass(20);
        world.refused(
                Refusal.INVALID_STATE,
                "1001",
                new Command.Conference(world.primary("1001").id(), consult.id()));
        world.accepted("1001", new Command.Transfer(world.primary("1001").id(), consult.id()));
        assertThat(world.view("1001").legs()).isEmpty();
        CallLeg ringing = world.leg("1002", ALERTING);
        assertThat(ringing.call()).isEqualTo(call);
        world.accepted("1002", new Command.Answer(ringing.id()));
        assertThat(world.leg("1002", CONNECTED).members()).hasSize(2);
    }

    @Test
    void aCustomerWhomNobodyAnswersAfterThatIsLostWithTheReason() {
        String call = world.serve("1001");
        world.logOn("1002");
        CallLeg consult = consult("1002");
        world.pass(20);
        world.accepted("1001", new Command.Transfer(world.primary("1001").id(), consult.id()));
        CallLeg ringing = world.leg("1002");
        world.pass(15_000);
        assertThat(world.endOf(ringing)).isEqualTo(Cause.NO_ANSWER);
        assertThat(world.model.calls()).isEmpty();
        assertThat(world.hangUp(call)).isFalse();
    }

    @Test
    void transferIntoAQueueTheConsultWaitsIn() {
        String call = world.serve("1001");
        CallLeg consult = consult("8002");
        world.pass(20);
        world.accepted("1001", new Command.SetState(Availability.NOT_READY, "lunch"));
        world.accepted("1001", new Command.Transfer(world.primary("1001").id(), consult.id()));
        world.ready("1002");
        CallLeg offered = world.leg("1002", ALERTING);
        assertThat(offered.call()).isEqualTo(call);
        assertThat(offered.queue()).isEqualTo("8002");
        assertThat(offered.from()).isEqualTo("5550199");
    }

    @Test
    void conferenceMakesOneCallOfTwo() {
        consulted();
        CallLeg primary = world.primary("1001");
        CallLeg consult = world.consult("1001");
        world.accepted("1001", new Command.Conference(primary.id(), consult.id()));
        assertThat(world.endOf(consult)).isEqualTo(Cause.CONFERENCED);
        CallLeg all = world.leg("1001", CONNECTED);
        assertThat(all.id()).isEqualTo(primary.id());
        assertThat(all.members()).hasSize(3);
        assertThat(all.members().get(0).id()).isEqualTo(all.id());
        assertThat(world.leg("1002").call()).isEqualTo(all.call());
        world.accepted("1001", new Command.Release(all.id()));
        assertThat(world.leg("1002", CONNECTED).members()).hasSize(2);
    }

    @Test
    void dataTravelsAndThePrimarysWins() {
        world.ready("1001");
        world.customer("5550101", "8001", Map.of("ticket", 7, "name", "customer"));
        world.accepted("1001", new Command.Answer(world.leg("1001").id()));
        world.logOn("1002");
        consult("1002");
        world.pass(20);
        world.accepted("1002", new Command.Answer(world.leg("1002").id()));
        world.accepted(
                "1002",
                new Command.SetData(
                        world.leg("1002").id(), Map.of("name", "consult", "note", "x", "gone", 1), List.of()));
        world.accepted("1002", new Command.SetData(world.leg("1002").id(), Map.of(), List.of("gone")));
        world.accepted(
                "1001",
                new Command.Transfer(
                        world.primary("1001").id(), world.consult("1001").id()));
        assertThat(world.leg("1002").data()).isEqualTo(Map.of("ticket", 7, "name", "customer", "note", "x"));
        world.logOn("1003");
        world.accepted("1002", new Command.SingleStepTransfer(world.leg("1002").id(), "1003"));
        assertThat(world.leg("1003").data()).containsEntry("ticket", 7).containsEntry("note", "x");
    }

    @Test
    void customerLeavesDuringConsult() {
        String call = consulted();
        CallLeg primary = world.primary("1001");
        CallLeg consult = world.consult("1001");
        world.hangUp(call);
        assertThat(world.endOf(primary)).isEqualTo(Cause.NORMAL);
        CallLeg left = world.leg("1001", CONNECTED);
        assertThat(left.id()).isEqualTo(consult.id());
        assertThat(left.consultOf()).as("the consult has become the primary").isNull();
        assertThat(world.view("1001").availability()).isEqualTo(Availability.BUSY);
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Transfer(primary.id(), consult.id()));
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Reconnect(primary.id(), consult.id()));
        assertThat(world.leg("1002", CONNECTED)).isNotNull();
    }

    @Test
    void aConsultationWithANumberOutsideThePlanIsRefusedAndChangesNothing() {
        world.serve("1001");
        CallLeg primary = world.leg("1001", CONNECTED);
        world.refused(Refusal.INVALID_DESTINATION, "1001", new Command.Consult(primary.id(), "1234567"));
        assertThat(world.leg("1001", CONNECTED)).isEqualTo(primary);
    }

    @ParameterizedTest
    @CsvSource({
        "5550200, 20, BUSY",
        "5550300, 20020, NO_ANSWER",
        "5550400, 320, REJECTED",
        "5550600, 20, UNREACHABLE",
        "1009, 20, UNREACHABLE"
    })
    void consultTargetIsNotReached(String number, long after, Cause cause) {
        world.serve("1001");
        consult(number);
        world.pass(after);
        is(HELD, FAILED);
        CallLeg failed = world.consult("1001");
        assertThat(failed.cause()).isEqualTo(cause);
        world.refused(
                Refusal.INVALID_STATE,
                "1001",
                new Command.Transfer(world.primary("1001").id(), failed.id()));
        world.accepted("1001", new Command.Reconnect(world.primary("1001").id(), failed.id()));
        assertThat(world.leg("1001", CONNECTED).consultOf()).isNull();
        assertThat(world.endOf(failed)).isEqualTo(Cause.NORMAL);
    }

    @Test
    void aFailedConsultGoesAwayByItself() {
        world.serve("1001");
        consult("5550200");
        world.pass(20);
        CallLeg failed = world.consult("1001");
        world.pass(30_000);
        assertThat(world.endOf(failed)).isEqualTo(Cause.BUSY);
        world.leg("1001", HELD);
    }

    @Test
    void consultedPartyLeaves() {
        consulted();
        CallLeg consult = world.consult("1001");
        world.accepted("1002", new Command.Release(world.leg("1002").id()));
        assertThat(world.endOf(consult)).isEqualTo(Cause.NORMAL);
        CallLeg primary = world.leg("1001", HELD);
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Transfer(primary.id(), consult.id()));
        world.accepted("1001", new Command.Reconnect(primary.id(), consult.id()));
        world.leg("1001", CONNECTED);
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Reconnect(primary.id(), consult.id()));
    }

    @Test
    void bothLeaveAndTheTransferSaysSo() {
        String call = consulted();
        CallLeg primary = world.primary("1001");
        CallLeg consult = world.consult("1001");
        world.hangUp(call);
        world.accepted("1002", new Command.Release(world.leg("1002").id()));
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Transfer(primary.id(), consult.id()));
        assertThat(world.endOf(primary)).isEqualTo(Cause.NORMAL);
        assertThat(world.endOf(consult)).isEqualTo(Cause.NORMAL);
        assertThat(world.view("1001").legs()).isEmpty();
    }

    @Test
    void reconnectWhileTheConsultedOneRings() {
        world.serve("1001");
        world.logOn("1002");
        consult("1002");
        world.pass(20);
        CallLeg ringing = world.leg("1002", ALERTING);
        world.accepted(
                "1001",
                new Command.Reconnect(
                        world.primary("1001").id(), world.consult("1001").id()));
        assertThat(world.endOf(ringing)).isEqualTo(Cause.ABANDONED);
        world.leg("1001", CONNECTED);
        world.refused(Refusal.INVALID_STATE, "1002", new Command.Answer(ringing.id()));
    }

    @Test
    void neverTalksToTwoAtOnce() {
        world.serve("1001");
        world.logOn("1002");
        consult("1002");
        world.pass(20);
        world.accepted("1001", new Command.Retrieve(world.primary("1001").id()));
        is(CONNECTED, ALERTING);
        world.accepted("1002", new Command.Answer(world.leg("1002").id()));
        is(CONNECTED, HELD);
        world.refused(
                Refusal.INVALID_STATE,
                "1001",
                new Command.Retrieve(world.consult("1001").id()));
        world.accepted("1001", new Command.Hold(world.primary("1001").id()));
        world.accepted("1001", new Command.Retrieve(world.consult("1001").id()));
        is(HELD, CONNECTED);
        world.refused(
                Refusal.INVALID_STATE,
                "1001",
                new Command.Retrieve(world.primary("1001").id()));
    }

    @Test
    void oneConsultAtATime() {
        consulted();
        CallLeg primary = world.primary("1001");
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Consult(primary.id(), "5550101"));
        world.refused(
                Refusal.INVALID_STATE,
                "1001",
                new Command.Consult(world.consult("1001").id(), "5550101"));
        world.refused(Refusal.INVALID_STATE, "1001", new Command.MakeCall("5550101", Map.of()));
        world.refused(
                Refusal.INVALID_STATE,
                "1001",
                new Command.Transfer(world.consult("1001").id(), primary.id()));
    }
}
