package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an agent does after a queue's call, on Asterisk, which knows nothing of it. */
abstract class AfterCallWork extends DeskPhones {
    private static final long LONG = 60_000;
    private static final long SHORT = 1_500;
    private static final Command COMPLETE = new Command.Complete(null, null);

    AfterCallWork(int version) {
        super(version);
    }

    private AsteriskSettings lasting(long millis) {
        return queues(queue -> new AsteriskSettings.QueueLine(
                queue.number(), queue.name(), queue.pbxQueue(), queue.music(), millis, queue.ringMs()));
    }

    private AgentView until(Availability availability) {
        AgentView[] seen = new AgentView[1];
        eventually(() -> {
            seen[0] = driver.view("2002");
            assertThat(seen[0].availability()).isEqualTo(availability);
        });
        return seen[0];
    }

    private String member() throws Exception {
        return List.of(AmiQuestion.ask(pbx.amiPort, "QueueStatus", "QueueStatusComplete")
                        .split("\r\n\r\n", -1))
                .stream()
                .filter(block -> block.contains("Local/2002@") && block.contains("Queue: support"))
                .findFirst()
                .orElse("");
    }

    @Test
    void nothingIsOfferedUntilItIsCompleted() {
        holder(lasting(LONG));
        CallLeg leg = served();
        carrier.hangUp();
        ended("2002", leg.id());
        assertThat(until(Availability.AFTER_CALL_WORK).legs()).isEmpty();
        eventually(() -> assertThat(member()).contains("Paused: 1", "PausedReason: afterCallWork"));
        carrier.call("8001", "<sip:0301235@127.0.0.34>");
        eventually(() -> assertThat(channels().values()).anyMatch(each -> "Up".equals(each.getString("state"))));
        driver.accepted("2002", new Command.SetState(Availability.NOT_READY, "lunch"));
        assertThat(driver.view("2002")).satisfies(view -> {
            assertThat(view.availability()).isEqualTo(Availability.AFTER_CALL_WORK);
            assertThat(view.pending()).isEqualTo(Availability.NOT_READY);
            assertThat(view.legs()).isEmpty();
        });
        driver.accepted("2002", new Command.CancelPending());
        driver.accepted("2002", COMPLETE);
        leg("2002", ALERTING);
        assertThat(driver.execute("2002", COMPLETE).refusal()).isEqualTo(Refusal.INVALID_STATE);
    }

    @Test
    void itEndsByItself() {
        holder(lasting(SHORT));
        CallLeg leg = served();
        driver.accepted("2002", new Command.SetState(Availability.NOT_READY, "lunch"));
        long before = System.nanoTime();
        driver.accepted("2002", new Command.Release(leg.id()));
        assertThat(driver.view("2002").availability()).isEqualTo(Availability.AFTER_CALL_WORK);
        assertThat(until(Availability.NOT_READY).reason()).isEqualTo("lunch");
        assertThat((System.nanoTime() - before) / 1_000_000).isBetween(SHORT - 50, SHORT + 1_000);
        eventually(() -> assertThat(member()).contains("Paused: 1", "PausedReason: lunch"));
    }

    @Test
    void whoeverDialsOrIsCalledByAColleagueHasNone() {
        holder(lasting(LONG));
        ready("2002");
        driver.accepted("2002", new Command.MakeCall("5550101", Map.of()));
        driver.accepted("2002", new Command.Release(leg("2002", CONNECTED).id()));
        until(Availability.READY);
    }

    @Test
    void anotherHolderGoesOnWithIt() {
        holder(lasting(SHORT));
        CallLeg leg = served();
        driver.accepted("2002", new Command.Release(leg.id()));
        long since = driver.view("2002").since();
        holder(lasting(SHORT));
        assertThat(driver.view("2002").availability()).isEqualTo(Availability.AFTER_CALL_WORK);
        assertThat(driver.view("2002").since()).isEqualTo(since);
        // It counts from the command on; the desktop learns of it when Asterisk has done the command.
        assertThat(until(Availability.READY).since() - since).isBetween(SHORT - 500, SHORT + 1_000);
    }

    @Test
    void anotherHolderCompletesIt() {
        holder(lasting(LONG));
        CallLeg leg = served();
        driver.accepted("2002", new Command.Release(leg.id()));
        holder(lasting(LONG));
        driver.accepted("2002", COMPLETE);
        until(Availability.READY);
    }

    @Test
    void aCallThatEndedWithoutAHolderIsFollowedByIt() throws Exception {
        AsteriskConnector first = holder(lasting(LONG));
        served();
        driver.accepted("2002", new Command.SetState(Availability.NOT_READY, "lunch"));
        driver.call(first::disconnect);
        // Nothing of the call is left, and nothing of what was written on its channels.
        AsteriskContract.end(pbx);
        holder(lasting(LONG));
        AgentView view = driver.view("2002");
        assertThat(view.availability()).isEqualTo(Availability.AFTER_CALL_WORK);
        assertThat(view.pending()).isEqualTo(Availability.NOT_READY);
        driver.accepted("2002", COMPLETE);
        assertThat(until(Availability.NOT_READY).reason()).isEqualTo("lunch");
    }

    @Test
    void whatWaitedForTheEndOfACallHappensThoughNobodySawIt() throws Exception {
        AsteriskConnector first = holder(pbx.settings());
        served();
        driver.accepted("2002", new Command.SetState(Availability.NOT_READY, "lunch"));
        driver.call(first::disconnect);
        AsteriskContract.end(pbx);
        holder(pbx.settings());
        assertThat(until(Availability.NOT_READY).reason()).isEqualTo("lunch");
        assertThat(driver.view("2002").pending()).isNull();
    }
}
