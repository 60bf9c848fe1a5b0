package io.interactionprocessor.cti.simulated;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.model.ConversationState.FAILED;
import static io.interactionprocessor.model.ConversationState.INITIATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.MemberRole;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each row of the number plan. */
class NumberPlanTest {
    private final SwitchWorld world = new SwitchWorld();

    private void dial(String number) {
        world.logOn("1001");
        world.accepted("1001", new Command.MakeCall(number, Map.of("k", 1)));
        CallLeg leg = world.leg("1001", INITIATED);
        assertThat(leg.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(leg.from()).isEqualTo("1001");
        assertThat(leg.to()).isEqualTo(number);
        assertThat(leg.data()).isEqualTo(Map.of("k", 1));
        assertThat(world.view("1001").availability()).isEqualTo(Availability.BUSY);
        world.pass(20);
    }

    private void is(ConversationState state, Cause cause) {
        assertThat(world.leg("1001", state).cause()).isEqualTo(cause);
    }

    @Test
    void answersAndStays() {
        dial("5550101");
        is(ALERTING, Cause.NORMAL);
        world.pass(299);
        is(ALERTING, Cause.NORMAL);
        world.pass(1);
        is(CONNECTED, Cause.NORMAL);
        world.pass(3_600_000);
        CallLeg leg = world.leg("1001", CONNECTED);
        assertThat(leg.members())
                .extracting(member -> member.role())
                .containsExactly(MemberRole.AGENT, MemberRole.CUSTOMER);
        assertThat(leg.members()).extracting(member -> member.id()).doesNotHaveDuplicates();
        assertThat(leg.members().get(0).id()).isEqualTo(leg.id());
        assertThat(leg.members()).allSatisfy(member -> {
            assertThat(member.state()).isEqualTo(CONNECTED);
            assertThat(member.id()).doesNotContain(".");
        });
    }

    @Test
    void isBusy() {
        dial("5550299");
        is(FAILED, Cause.BUSY);
        assertThat(world.view("1001").availability()).isEqualTo(Availability.BUSY);
        CallLeg leg = world.leg("1001");
        world.pass(29_999);
        is(FAILED, Cause.BUSY);
        world.pass(1);
        assertThat(world.view("1001").legs()).isEmpty();
        assertThat(world.endOf(leg)).isEqualTo(Cause.BUSY);
    }

    @Test
    void aFailedLegCanBeReleased() {
        dial("5550200");
        world.accepted("1001", new Command.Release(world.leg("1001", FAILED).id()));
        assertThat(world.view("1001").legs()).isEmpty();
        assertThat(world.model.nextDeadline()).isEmpty();
    }

    @Test
    void neverAnswers() {
        dial("5550300");
        is(ALERTING, Cause.NORMAL);
        world.pass(19_999);
        is(ALERTING, Cause.NORMAL);
        world.pass(1);
        is(FAILED, Cause.NO_ANSWER);
        assertThat(world.leg("1001").members())
                .extracting(Member::address, Member::state)
                .containsExactly(tuple("1001", FAILED), tuple("5550300", FAILED));
    }

    @Test
    void rejects() {
        dial("5550400");
        is(ALERTING, Cause.NORMAL);
        world.pass(300);
        is(FAILED, Cause.REJECTED);
    }

    @Test
    void answersAndHangsUp() {
        dial("5550500");
        world.pass(300);
        CallLeg leg = world.leg("1001", CONNECTED);
        world.pass(2_999);
        is(CONNECTED, Cause.NORMAL);
        world.pass(1);
        assertThat(world.view("1001").legs()).isEmpty();
        assertThat(world.endOf(leg)).isEqualTo(Cause.NORMAL);
        assertThat(world.model.calls()).isEmpty();
    }

    @Test
    void isUnreachable() {
        dial("5550600");
        is(FAILED, Cause.UNREACHABLE);
    }

    @Test
    void answersLate() {
        dial("5550700");
        world.pass(2_999);
        is(ALERTING, Cause.NORMAL);
        world.pass(1);
        is(CONNECTED, Cause.NORMAL);
    }

    @Test
    void anythingElseIsInvalid() {
        world.logOn("1001");
        for (String number :
                List.of("", "5550800", "555010", "55501011", "5550000", "999", "1021", "+5550101", "8003")) {
            world.refused(Refusal.INVALID_DESTINATION, "1001", new Command.MakeCall(number, Map.of()));
        }
    }

    @Test
    void anExtensionRingsIfItsAgentIsLoggedOnAndFree() {
        world.logOn("1001", "1002");
        world.accepted("1001", new Command.MakeCall("1002", Map.of()));
        assertThat(world.leg("1001", INITIATED).direction()).isEqualTo(Direction.INTERNAL);
        world.pass(20);
        CallLeg caller = world.leg("1001", ALERTING);
        CallLeg called = world.leg("1002", ALERTING);
        assertThat(called.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(called.from()).isEqualTo("1001");
        assertThat(called.to()).isEqualTo("1002");
        assertThat(called.queue()).isNull();
        assertThat(called.members().get(1).id()).isEqualTo(caller.id());
        assertThat(called.members().get(1).state()).isEqualTo(CONNECTED);
        world.accepted("1002", new Command.Answer(called.id()));
        assertThat(world.leg("1001", CONNECTED).id()).isEqualTo(caller.id());
        assertThat(world.leg("1002", CONNECTED).id()).isEqualTo(called.id());
    }

    @Test
    void anExtensionIsBusyWhileItsAgentIsOnACall() {
        world.logOn("1001", "1002");
        world.talkTo("1002", "5550101");
        world.accepted("1001", new Command.MakeCall("1002", Map.of()));
        world.pass(20);
        is(FAILED, Cause.BUSY);
        assertThat(world.leg("1002", CONNECTED)).isNotNull();
    }

    @Test
    void anExtensionIsUnreachableWhileNobodyIsLoggedOnThere() {
        world.logOn("1001");
        world.accepted("1001", new Command.MakeCall("1002", Map.of()));
        world.pass(20);
        is(FAILED, Cause.UNREACHABLE);
    }

    @Test
    void anAgentWhoDoesNotAnswerADirectCallIsNotReadyAndTheCallerIsTold() {
        world.logOn("1001");
        world.ready("1002");
        world.accepted("1001", new Command.MakeCall("1002", Map.of()));
        world.pass(20);
        CallLeg called = world.leg("1002", ALERTING);
        world.pass(15_000);
        is(FAILED, Cause.NO_ANSWER);
        assertThat(world.endOf(called)).isEqualTo(Cause.NO_ANSWER);
        assertThat(world.view("1002").availability()).isEqualTo(Availability.NOT_READY);
        assertThat(world.view("1002").reason()).isEqualTo("ringNoAnswer");
    }

    @Test
    void anAgentCanCallAQueue() {
        world.logOn("1001");
        world.accepted("1001", new Command.MakeCall("8002", Map.of()));
        world.pass(20);
        CallLeg waiting = world.leg("1001", ALERTING);
        assertThat(waiting.members().get(1).role()).isEqualTo(MemberRole.OTHER);
        world.ready("1002");
        CallLeg offered = world.leg("1002", ALERTING);
        assertThat(offered.queue()).isEqualTo("8002");
        assertThat(offered.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(world.leg("1001").members())
                .extracting(member -> member.id())
                .contains(offered.id())
                .hasSize(2);
        world.accepted("1002", new Command.Answer(offered.id()));
        assertThat(world.leg("1001", CONNECTED).members()).hasSize(2);
    }
}
