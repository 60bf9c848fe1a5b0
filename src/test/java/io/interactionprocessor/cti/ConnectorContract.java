package io.interactionprocessor.cti;

import static io.interactionprocessor.model.ConversationState.ALERTING;
import static io.interactionprocessor.model.ConversationState.CONNECTED;
import static io.interactionprocessor.model.ConversationState.FAILED;
import static io.interactionprocessor.model.ConversationState.HELD;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What every connector must do: the specification of {@link Connector}. A connector's own test extends it and brings a
 * switch. What the switch cannot do, by {@link Connector#operations}, is skipped.
 */
public abstract class ConnectorContract {
    /** A switch with two agents, a queue that both serve, and customers. */
    protected interface Rig {
        /** A connector to the switch; the same one at every call. */
        Connector connector();

        /** The agent's id; 0 or 1. Logged off at first. */
        String agent(int which);

        /** A number that answers by itself within a second and stays. */
        String answering();

        /** A number that is busy. */
        String busy();

        /** Not a number. */
        String invalid();

        /** A queue both agents serve. */
        String queue();

        /** A customer calls a number. */
        void customerCalls(String to);

        /** The customer hangs up. */
        void customerHangsUp();
    }

    /** One for each class: several can be at work at once. */
    private static final Map<Class<?>, Vertx> VERTX = new ConcurrentHashMap<>();

    private Rig rig;
    private String first;
    private String second;

    /** Drives the connector. */
    protected ConnectorDriver driver;

    /** Brings a switch, as new. */
    protected abstract Rig rig(Vertx vertx);

    @BeforeAll
    static void open(TestInfo connector) {
        VERTX.put(connector.getTestClass().orElseThrow(), Vertx.vertx());
    }

    @AfterAll
    static void close(TestInfo connector) throws Exception {
        VERTX.remove(connector.getTestClass().orElseThrow()).close().await(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void connect() {
        Vertx vertx = VERTX.get(getClass());
        rig = rig(vertx);
        first = rig.agent(0);
        second = rig.agent(1);
        driver = new ConnectorDriver(vertx, rig.connector());
        driver.connect(1);
    }

    @AfterEach
    void disconnect() {
        driver.call(() -> rig.connector().disconnect());
    }

    private void needs(Operation... operations) {
        assumeTrue(rig.connector().operations().containsAll(Set.of(operations)), "this switch cannot");
    }

    private void logOn(String... agents) {
        for (String agent : agents) {
            driver.accepted(agent, new Command.LogOn(""));
            driver.await(agent, AgentView::loggedOn);
        }
    }

    private void ready(String agent) {
        driver.accepted(agent, new Command.SetState(Availability.READY, null));
    }

    private CallLeg leg(String agent, ConversationState state) {
        AgentView view = driver.await(
                agent, seen -> seen.legs().size() == 1 && seen.legs().get(0).state() == state);
        return view.legs().get(0);
    }

    private CallLeg dialled() {
        logOn(first);
        driver.accepted(first, new Command.MakeCall(rig.answering(), Map.of()));
        return leg(first, CONNECTED);
    }

    private CallLeg served() {
        logOn(first);
        ready(first);
        rig.customerCalls(rig.queue());
        CallLeg leg = leg(first, ALERTING);
        driver.accepted(first, new Command.Answer(leg.id()));
        return leg(first, CONNECTED);
    }

    private AgentView consulting(CallLeg primary) {
        logOn(second);
        String station = driver.view(second).station();
        driver.accepted(first, new Command.Consult(primary.id(), station));
        CallLeg ringing = leg(second, ALERTING);
        driver.accepted(second, new Command.Answer(ringing.id()));
        return driver.await(
                first, view -> view.legs().size() == 2 && view.legs().get(1).state() == CONNECTED);
    }

    private void ended(String agent, String leg, Cause cause) {
        eventually(() -> assertThat(driver.events(agent))
                .filteredOn(event -> event.ended().containsKey(leg))
                .singleElement()
                .satisfies(event -> assertThat(event.ended().get(leg)).isEqualTo(cause)));
    }

    @Test
    void saysWhatItIs() {
        assertThat(rig.connector().vendor()).isNotBlank();
        assertThat(rig.connector().version()).isNotNull();
        assertThat(rig.connector().operations())
                .contains(
                        Operation.LOG_ON,
                        Operation.LOG_OFF,
                        Operation.SET_STATE,
                        Operation.MAKE_CALL,
                        Operation.RELEASE);
    }

    @Test
    void logsOnAndOff() {
        assertThat(driver.view(first).loggedOn()).isFalse();
        assertThat(driver.execute(first, new Command.SetState(Availability.READY, null))
                        .refusal())
                .isEqualTo(Refusal.CHANNEL_INACTIVE);
        logOn(first);
        AgentView view = driver.view(first);
        assertThat(view.availability()).isEqualTo(Availability.NOT_READY);
        assertThat(view.station()).isNotEmpty();
        ready(first);
        driver.await(first, seen -> seen.availability() == Availability.READY);
        driver.accepted(first, new Command.SetState(Availability.NOT_READY, "lunch"));
        assertThat(driver.await(first, seen -> seen.availability() == Availability.NOT_READY)
                        .reason())
                .isEqualTo("lunch");
        driver.accepted(first, new Command.LogOff());
        driver.await(first, seen -> !seen.loggedOn());
    }

    @Test
    void eventsOfAnAgentComeInTheOrderOfTheirVersionsAndNameTheCommand() {
        CallLeg leg = dialled();
        Reply reply = driver.execute(new AgentCommand(first, new Epoch(1), "mine", new Command.Release(leg.id())));
        assertThat(reply.accepted()).isTrue();
        driver.await(first, view -> view.legs().isEmpty());
        assertThat(driver.events(first))
                .extracting(event -> event.view().version())
                .isSorted()
                .doesNotHaveDuplicates();
        AgentEvent last = driver.events(first).get(driver.events(first).size() - 1);
        assertThat(last.commandId()).isEqualTo("mine");
        if (reply.version() != 0) {
            assertThat(reply.version()).isEqualTo(last.view().version());
        }
        assertThat(driver.view(first)).as("attaching shows the same").isEqualTo(last.view());
    }

    @Test
    void dialsAndReleases() {
        CallLeg leg = dialled();
        assertThat(leg.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(leg.members()).hasSize(2);
        assertThat(leg.members().get(0).id()).isEqualTo(leg.id());
        assertThat(leg.members()).allSatisfy(member -> assertThat(member.id()).doesNotContain("."));
        assertThat(driver.view(first).availability()).isEqualTo(Availability.BUSY);
        driver.accepted(first, new Command.Release(leg.id()));
        ended(first, leg.id(), Cause.NORMAL);
        assertThat(driver.execute(first, new Command.Release(leg.id())).refusal())
                .isEqualTo(Refusal.INVALID_STATE);
    }

    @Test
    void whoeverIsNotReachedIsAFailedLeg() {
        logOn(first);
        driver.accepted(first, new Command.MakeCall(rig.busy(), Map.of()));
        CallLeg leg = leg(first, FAILED);
        assertThat(leg.cause()).isEqualTo(Cause.BUSY);
        driver.accepted(first, new Command.Release(leg.id()));
        driver.await(first, view -> view.legs().isEmpty());
    }

    @Test
    void whatIsNotANumberIsRefused() {
        logOn(first);
        assertThat(driver.execute(first, new Command.MakeCall(rig.invalid(), Map.of()))
                        .refusal())
                .isEqualTo(Refusal.INVALID_DESTINATION);
        assertThat(driver.view(first).legs()).isEmpty();
    }

    @Test
    void holdsAndRetrieves() {
        needs(Operation.HOLD, Operation.RETRIEVE);
        CallLeg leg = dialled();
        driver.accepted(first, new Command.Hold(leg.id()));
        assertThat(leg(first, HELD).id()).isEqualTo(leg.id());
        assertThat(driver.execute(first, new Command.Hold(leg.id())).refusal()).isEqualTo(Refusal.INVALID_STATE);
        driver.accepted(first, new Command.Retrieve(leg.id()));
        leg(first, CONNECTED);
    }

    @Test
    void mutes() {
        needs(Operation.MUTE, Operation.UNMUTE);
        CallLeg leg = dialled();
        driver.accepted(first, new Command.Mute(leg.id()));
        driver.await(first, view -> view.legs().get(0).muted());
        driver.accepted(first, new Command.Unmute(leg.id()));
        driver.await(first, view -> !view.legs().get(0).muted());
    }

    @Test
    void sendsTones() {
        needs(Operation.SEND_DTMF);
        CallLeg leg = dialled();
        driver.accepted(first, new Command.SendDtmf(leg.id(), "12*#"));
    }

    @Test
    void answersWhatAQueueOffers() {
        needs(Operation.ANSWER);
        CallLeg leg = served();
        assertThat(leg.queue()).isNotNull();
        assertThat(leg.direction()).isEqualTo(Direction.INBOUND);
        rig.customerHangsUp();
        ended(first, leg.id(), Cause.NORMAL);
    }

    @Test
    void aCallerWhoHangsUpWhileItRingsHasAbandoned() {
        logOn(first);
        ready(first);
        rig.customerCalls(rig.queue());
        CallLeg leg = leg(first, ALERTING);
        rig.customerHangsUp();
        ended(first, leg.id(), Cause.ABANDONED);
        driver.await(first, view -> view.availability() == Availability.READY);
    }

    @Test
    void whatIsRejectedGoesToAnother() {
        needs(Operation.REJECT);
        logOn(first, second);
        ready(first);
        driver.await(first, view -> view.availability() == Availability.READY);
        rig.customerCalls(rig.queue());
        CallLeg leg = leg(first, ALERTING);
        driver.accepted(first, new Command.Reject(leg.id()));
        ended(first, leg.id(), Cause.REJECTED);
        // While nobody else takes it, it does not come back to whoever has rejected it.
        ready(second);
        leg(second, ALERTING);
        assertThat(driver.view(first).legs()).isEmpty();
    }

    @Test
    void dataTravelsWithTheCall() {
        needs(Operation.SET_DATA, Operation.SINGLE_STEP_TRANSFER);
        CallLeg leg = served();
        logOn(second);
        driver.accepted(first, new Command.SetData(leg.id(), Map.of("a", 1, "b", "x", "c", List.of(true)), List.of()));
        driver.accepted(first, new Command.SetData(leg.id(), Map.of(), List.of("b")));
        driver.await(first, view -> view.legs().get(0).data().equals(Map.of("a", 1, "c", List.of(true))));
        driver.accepted(
                first,
                new Command.SingleStepTransfer(leg.id(), driver.view(second).station()));
        ended(first, leg.id(), Cause.TRANSFERRED);
        assertThat(leg(second, ALERTING).data()).isEqualTo(Map.of("a", 1, "c", List.of(true)));
    }

    @Test
    void consultsAndTransfers() {
        needs(Operation.CONSULT, Operation.TRANSFER);
        CallLeg primary = served();
        AgentView both = consulting(primary);
        assertThat(both.legs().get(0).state()).isEqualTo(HELD);
        CallLeg consult = both.legs().get(1);
        assertThat(consult.consultOf()).isEqualTo(primary.id());
        String other = leg(second, CONNECTED).id();
        driver.accepted(first, new Command.Transfer(primary.id(), consult.id()));
        ended(first, primary.id(), Cause.TRANSFERRED);
        ended(first, consult.id(), Cause.TRANSFERRED);
        assertThat(leg(second, CONNECTED).id()).as("the leg stays the same").isEqualTo(other);
        rig.customerHangsUp();
        ended(second, other, Cause.NORMAL);
    }

    @Test
    void alternatesAndReconnects() {
        needs(Operation.CONSULT, Operation.ALTERNATE, Operation.RECONNECT);
        CallLeg primary = served();
        CallLeg consult = consulting(primary).legs().get(1);
        driver.accepted(first, new Command.Alternate(primary.id(), consult.id()));
        driver.await(
                first,
                view -> view.legs().get(0).state() == CONNECTED
                        && view.legs().get(1).state() == HELD);
        driver.accepted(first, new Command.Reconnect(primary.id(), consult.id()));
        assertThat(leg(first, CONNECTED).id()).isEqualTo(primary.id());
        driver.await(second, view -> view.legs().isEmpty());
    }

    @Test
    void consultsAndConfers() {
        needs(Operation.CONSULT, Operation.CONFERENCE);
        CallLeg primary = served();
        CallLeg consult = consulting(primary).legs().get(1);
        driver.accepted(first, new Command.Conference(primary.id(), consult.id()));
        ended(first, consult.id(), Cause.CONFERENCED);
        CallLeg leg = leg(first, CONNECTED);
        assertThat(leg.id()).isEqualTo(primary.id());
        assertThat(leg.members()).hasSize(3);
        if (rig.connector().operations().contains(Operation.DROP_MEMBER)) {
            driver.accepted(
                    first, new Command.DropMember(leg.id(), leg.members().get(2).id()));
            driver.await(first, view -> view.legs().get(0).members().size() == 2);
        }
    }

    @Test
    void aCustomerWhoLeavesDuringAConsultLeavesAPrimaryBehind() {
        needs(Operation.CONSULT);
        CallLeg primary = served();
        CallLeg consult = consulting(primary).legs().get(1);
        rig.customerHangsUp();
        ended(first, primary.id(), Cause.NORMAL);
        CallLeg left = leg(first, CONNECTED);
        assertThat(left.id()).isEqualTo(consult.id());
        assertThat(left.consultOf()).isNull();
    }

    @Test
    void addsAParty() {
        needs(Operation.SINGLE_STEP_CONFERENCE);
        CallLeg leg = served();
        driver.accepted(first, new Command.SingleStepConference(leg.id(), rig.answering()));
        driver.await(
                first,
                view -> view.legs().get(0).members().size() == 3
                        && view.legs().get(0).members().get(2).state() == CONNECTED);
    }

    @Test
    void whatIsSetDuringACallFollowsIt() {
        CallLeg leg = dialled();
        driver.accepted(first, new Command.SetState(Availability.READY, null));
        AgentView view = driver.await(first, seen -> seen.pending() == Availability.READY);
        assertThat(view.availability()).isEqualTo(Availability.BUSY);
        driver.accepted(first, new Command.Release(leg.id()));
        view = driver.await(first, seen -> seen.legs().isEmpty());
        assertThat(view.availability()).isEqualTo(Availability.READY);
        assertThat(view.pending()).isNull();
    }

    @Test
    void aRepeatedIdIsExecutedOnce() {
        CallLeg leg = dialled();
        AgentCommand release = new AgentCommand(first, new Epoch(1), "once", new Command.Release(leg.id()));
        Reply reply = driver.execute(release);
        assertThat(reply.accepted()).isTrue();
        driver.await(first, view -> view.legs().isEmpty());
        assertThat(driver.execute(release)).as("else: INVALID_STATE").isEqualTo(reply);
    }

    @Test
    void anOlderEpochIsRefused() {
        logOn(first);
        assertThat(driver.call(() -> rig.connector().attach(first, new Epoch(5)))
                        .accepted())
                .isTrue();
        assertThat(driver.call(() -> rig.connector().attach(first, new Epoch(4)))
                        .refusal())
                .isEqualTo(Refusal.STALE_EPOCH);
        assertThat(driver.execute(first, new Command.LogOff()).refusal()).isEqualTo(Refusal.STALE_EPOCH);
        assertThat(driver.execute(new AgentCommand(first, new Epoch(6), "six", new Command.LogOff()))
                        .accepted())
                .isTrue();
    }

    @Test
    void aSnapshotShowsWhatTheEventsShowed() {
        dialled();
        List<AgentView> all = driver.call(() -> rig.connector().snapshotAll());
        assertThat(all).contains(driver.view(first));
    }

    @Test
    void answersWhenAsked() {
        driver.call(() -> rig.connector().ping());
    }

    @Test
    void callsOutliveTheLink() {
        CallLeg leg = dialled();
        long version = driver.view(first).version();
        driver.call(() -> rig.connector().disconnect());
        driver.connect(2);
        AgentView view = driver.view(first);
        assertThat(view.legs()).extracting(CallLeg::id).containsExactly(leg.id());
        assertThat(view.version()).isGreaterThanOrEqualTo(version);
        driver.accepted(first, new Command.Release(leg.id()));
        driver.await(first, seen -> seen.legs().isEmpty());
    }
}
