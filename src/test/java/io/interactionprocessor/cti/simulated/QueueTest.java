package io.interactionprocessor.cti.simulated;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueTest {
    private final SwitchWorld world = new SwitchWorld();

    private void notReady(String agent, String reason) {
        assertThat(world.view(agent).availability()).isEqualTo(Availability.NOT_READY);
        assertThat(world.view(agent).reason()).isEqualTo(reason);
    }

    @Test
    void aCallWaitsUntilAnAgentIsReady() {
        String call = world.customer("5550101", "8001", Map.of("k", "v"));
        world.logOn("1001");
        assertThat(world.view("1001").legs()).isEmpty();
        world.pass(1_000);
        world.ready("1001");
        CallLeg leg = world.leg("1001", ALERTING);
        assertThat(leg.call()).isEqualTo(call);
        assertThat(leg.queue()).isEqualTo("8001");
        assertThat(leg.direction()).isEqualTo(Direction.INBOUND);
        assertThat(leg.from()).isEqualTo("5550101");
        assertThat(leg.to()).isEqualTo("8001");
        assertThat(leg.data()).isEqualTo(Map.of("k", "v"));
        assertThat(leg.members()).hasSize(2);
        assertThat(world.view("1001").availability()).isEqualTo(Availability.BUSY);
        world.accepted("1001", new Command.Answer(leg.id()));
        assertThat(world.leg("1001", CONNECTED).id()).isEqualTo(leg.id());
        assertThat(world.leg("1001").members()).hasSize(2);
    }

    @Test
    void becomingReadyIsToldBeforeTheOfferAndOnlyTheFirstIsTheCommands() {
        world.customer("8001");
        world.logOn("1001");
        world.events.clear();
        world.ready("1001");
        assertThat(world.events)
                .extracting(event -> event.view().availability())
                .containsExactly(Availability.READY, Availability.BUSY);
        assertThat(world.events.get(0).commandId()).isNotNull();
        assertThat(world.events.get(1).commandId()).isNull();
        assertThat(world.events.get(1).view().version())
                .isGreaterThan(world.events.get(0).view().version());
    }

    @Test
    void theAgentIdleLongestIsFirst() {
        world.ready("1003");
        world.pass(10);
        world.ready("1001");
        world.pass(10);
        world.ready("1002");
        world.customer("8001");
        world.leg("1003", ALERTING);
        world.customer("8002");
        world.leg("1001", ALERTING);
        world.customer("8001");
        world.leg("1002", ALERTING);
        world.pass(10);
        for (String agent : new String[] {"1002", "1001", "1003"}) {
            world.accepted(agent, new Command.Answer(world.leg(agent).id()));
            world.accepted(agent, new Command.Release(world.leg(agent).id()));
            world.pass(10);
        }
        world.customer("8001");
        world.leg("1002", ALERTING);
    }

    @Test
    void amongEquallyIdleTheLowestIdIsFirst() {
        world.ready("1005", "1004", "1006");
        world.customer("8001");
        world.leg("1004", ALERTING);
    }

    @Test
    void notAnsweredInTimeGoesBackToTheHead() {
        world.ready("1001");
        String first = world.customer("8001");
        world.customer("8001");
        CallLeg leg = world.leg("1001", ALERTING);
        assertThat(leg.call()).isEqualTo(first);
        world.pass(14_999);
        world.leg("1001", ALERTING);
        world.pass(1);
        assertThat(world.endOf(leg)).isEqualTo(Cause.NO_ANSWER);
        notReady("1001", "ringNoAnswer");
        world.ready("1002");
        assertThat(world.leg("1002", ALERTING).call()).isEqualTo(first);
    }

    @Test
    void whatWasPendingIsForgottenWhenItRangOut() {
        world.ready("1001");
        world.customer("8001");
        world.accepted("1001", new Command.SetState(Availability.READY, null));
        world.pass(15_000);
        notReady("1001", "ringNoAnswer");
        assertThat(world.view("1001").pending()).isNull();
    }

    @Test
    void aRejectedCallGoesToAnotherAgent() {
        world.ready("1001");
        world.pass(1);
        world.ready("1002");
        String call = world.customer("8001");
        CallLeg leg = world.leg("1001", ALERTING);
        world.accepted("1001", new Command.Reject(leg.id()));
        assertThat(world.endOf(leg)).isEqualTo(Cause.REJECTED);
        assertThat(world.view("1001").availability()).isEqualTo(Availability.READY);
        assertThat(world.leg("1002", ALERTING).call()).isEqualTo(call);
    }

    @Test
    void aRejectedCallIsKeptFromTheAgentForAWhile() {
        world.ready("1001");
        String call = world.customer("8001");
        world.accepted("1001", new Command.Reject(world.leg("1001").id()));
        assertThat(world.view("1001").legs()).isEmpty();
        world.pass(29_999);
        assertThat(world.view("1001").legs()).isEmpty();
        world.pass(1);
        assertThat(world.leg("1001", ALERTING).call()).isEqualTo(call);
    }

    @Test
    void aRejectedCallIsKeptUntilTheAgentIsReadyAnew() {
        world.ready("1001");
        String call = world.customer("8001");
        world.accepted("1001", new Command.Reject(world.leg("1001").id()));
        String other = world.customer("8001");
        assertThat(world.leg("1001", ALERTING).call()).as("others are offered").isEqualTo(other);
        world.accepted("1001", new Command.Reject(world.leg("1001").id()));
        world.accepted("1001", new Command.SetState(Availability.NOT_READY, "lunch"));
        world.ready("1001");
        assertThat(world.leg("1001", ALERTING).call()).isEqualTo(call);
    }

    @Test
    void aCallerWhoHangsUpWhileItRingsHasAbandoned() {
        world.ready("1001");
        String call = world.customer("8001");
        CallLeg leg = world.leg("1001", ALERTING);
        assertThat(world.hangUp(call)).isTrue();
        assertThat(world.endOf(leg)).isEqualTo(Cause.ABANDONED);
        assertThat(world.view("1001").availability()).isEqualTo(Availability.READY);
        assertThat(world.hangUp(call)).isFalse();
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Answer(leg.id()));
        assertThat(world.model.nextDeadline()).isEmpty();
    }

    @Test
    void aCallerWhoHangsUpWhileWaitingIsGone() {
        String call = world.customer("8001");
        world.hangUp(call);
        world.ready("1001");
        assertThat(world.view("1001").legs()).isEmpty();
        assertThat(world.model.calls()).isEmpty();
    }

    @Test
    void aCustomerHangsUpWhenHeSaidHeWould() {
        world.ready("1001");
        world.model.customerCalls("5550101", "8001", Map.of(), 5_000, world.now);
        CallLeg leg = world.leg("1001");
        world.accepted("1001", new Command.Answer(leg.id()));
        world.pass(4_999);
        world.leg("1001", CONNECTED);
        world.pass(1);
        assertThat(world.endOf(leg)).isEqualTo(Cause.NORMAL);
    }

    @Test
    void bothHangUpAtOnceIsOneEndAndOneRefusal() {
        String call = world.serve("1001");
        CallLeg leg = world.leg("1001");
        world.hangUp(call);
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Release(leg.id()));
        assertThat(world.endOf(leg)).isEqualTo(Cause.NORMAL);
    }

    @Test
    void aCustomerCanCallAnAgentDirectly() {
        world.logOn("1001");
        String call = world.customer("1001");
        CallLeg leg = world.leg("1001", ALERTING);
        assertThat(leg.queue()).isNull();
        assertThat(leg.direction()).isEqualTo(Direction.INBOUND);
        world.customer("1001");
        assertThat(world.model.calls()).as("the second one found it busy").hasSize(1);
        world.accepted("1001", new Command.Reject(leg.id()));
        assertThat(world.hangUp(call)).as("rejected: nobody else to try").isFalse();
    }

    @Test
    void pendingFollowsTheCall() {
        world.serve("1001");
        world.accepted("1001", new Command.SetState(Availability.NOT_READY, "lunch"));
        AgentView view = world.view("1001");
        assertThat(view.availability()).isEqualTo(Availability.BUSY);
        assertThat(view.pending()).isEqualTo(Availability.NOT_READY);
        assertThat(view.pendingReason()).isEqualTo("lunch");
        world.accepted("1001", new Command.Release(world.leg("1001").id()));
        notReady("1001", "lunch");
        assertThat(world.view("1001").pending()).isNull();
    }

    @Test
    void pendingCanBeCancelled() {
        world.serve("1001");
        world.refused(Refusal.INVALID_STATE, "1001", new Command.CancelPending());
        world.accepted("1001", new Command.SetState(Availability.NOT_READY, "lunch"));
        world.accepted("1001", new Command.CancelPending());
        world.accepted("1001", new Command.Release(world.leg("1001").id()));
        assertThat(world.view("1001").availability()).isEqualTo(Availability.READY);
    }

    @Test
    void trafficCallsInWaitsTalksAndHangsUp() {
        world.model.setTraffic(60, 2_000, world.now);
        world.pass(1_500);
        world.ready("1001");
        CallLeg leg = world.leg("1001", ALERTING);
        world.accepted("1001", new Command.Answer(leg.id()));
        world.pass(1_999);
        assertThat(world.leg("1001", CONNECTED).id()).isEqualTo(leg.id());
        world.pass(1);
        assertThat(world.endOf(leg)).isEqualTo(Cause.NORMAL);
        world.model.setTraffic(0, 0, world.now);
        world.pass(120_000);
        assertThat(world.model.calls()).as("nobody waits for ever").isEmpty();
        assertThat(world.model.nextDeadline()).isEmpty();
    }
}
