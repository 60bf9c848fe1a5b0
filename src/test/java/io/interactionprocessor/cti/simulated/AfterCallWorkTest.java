package io.interactionprocessor.cti.simulated;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AfterCallWorkTest {
    private final SwitchWorld world = new SwitchWorld(10_000);

    @BeforeEach
    void serve() {
        world.serve("1001");
    }

    private void end() {
        world.accepted("1001", new Command.Release(world.leg("1001").id()));
        is(Availability.AFTER_CALL_WORK);
    }

    private void is(Availability availability) {
        assertThat(world.view("1001").availability()).isEqualTo(availability);
    }

    @Test
    void endsWithTheTimer() {
        end();
        world.customer("8001");
        world.pass(9_999);
        is(Availability.AFTER_CALL_WORK);
        world.pass(1);
        world.leg("1001", ALERTING);
    }

    @Test
    void endsWithComplete() {
        end();
        world.accepted("1001", new Command.Complete("sold", null));
        is(Availability.READY);
        world.refused(Refusal.INVALID_STATE, "1001", new Command.Complete("sold", null));
        assertThat(world.model.nextDeadline()).isEmpty();
    }

    @Test
    void whatIsSetDuringItFollowsIt() {
        end();
        world.accepted("1001", new Command.SetState(Availability.NOT_READY, "lunch"));
        is(Availability.AFTER_CALL_WORK);
        assertThat(world.view("1001").pending()).isEqualTo(Availability.NOT_READY);
        world.pass(10_000);
        is(Availability.NOT_READY);
        assertThat(world.view("1001").reason()).isEqualTo("lunch");
    }

    @Test
    void waitsForTheLastLeg() {
        world.accepted("1001", new Command.Consult(world.leg("1001").id(), "5550101"));
        world.pass(400);
        world.accepted("1001", new Command.Release(world.primary("1001").id()));
        is(Availability.BUSY);
        end();
    }

    @Test
    void followsATransferToo() {
        world.accepted("1001", new Command.SingleStepTransfer(world.leg("1001").id(), "5550101"));
        is(Availability.AFTER_CALL_WORK);
    }

    @Test
    void noneForACallThatWasNotAnsweredOrCameOverNoQueue() {
        end();
        world.pass(10_000);
        String call = world.customer("8001");
        world.leg("1001", ALERTING);
        world.hangUp(call);
        is(Availability.READY);
        world.talkTo("1001", "5550101");
        world.accepted("1001", new Command.Release(world.leg("1001").id()));
        is(Availability.READY);
    }

    @Test
    void anAgentMayCallBackDuringIt() {
        end();
        world.accepted("1001", new Command.MakeCall("5550101", Map.of()));
        is(Availability.BUSY);
        world.pass(400);
        world.accepted("1001", new Command.Release(world.leg("1001").id()));
        is(Availability.AFTER_CALL_WORK);
        world.pass(9_600);
        is(Availability.READY);
    }

    @Test
    void loggingOffEndsIt() {
        end();
        world.accepted("1001", new Command.LogOff());
        assertThat(world.view("1001").loggedOn()).isFalse();
        is(Availability.NOT_READY);
        assertThat(world.model.nextDeadline()).isEmpty();
    }
}
