package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Operation;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every request (protocol 2, 6.2, 7.1), and what time does to a session (4.1, 6.1). */
@ParameterizedClass(name = "ports complete at once: {0}")
@ValueSource(booleans = {false, true})
class SessionLifeTest {
    private static final ConversationState CONNECTED = ConversationState.CONNECTED;
    private static final ConversationState HELD = ConversationState.HELD;

    @Parameter
    boolean atOnce;

    private Desk desk;
    private Desk.Client client;

    @BeforeEach
    void logIn() {
        logIn(new Desk(atOnce));
    }

    private void logIn(Desk where) {
        desk = where;
        client = desk.connect("n1");
        client.prepare(false);
        client.bind();
        client.heard();
    }

    private void startReady() {
        desk.station.loggedOn = true;
        desk.station.availability = Availability.READY;
        client.ask("s", "session.start", "session");
        client.heard();
    }

    private void onCall() {
        startReady();
        desk.happens(s -> s.add("L1", CONNECTED).with("P1", "5550101", CONNECTED));
        client.heard();
    }

    // ---- requests in general

    @Test
    void beforeStart_nothingElse() {
        client.ask("a", "channel.ready", "c1");
        client.ask("b", "session.logout", "session");
        client.ask("c", "session.snapshot", "session");
        client.ask("d", "no.such", "session");
        client.hears(
                "a failure channel.ready notStarted",
                "b failure session.logout notStarted",
                "c failure session.snapshot notStarted",
                "d failure no.such notStarted");
    }

    @Test
    void unknownCommandsAndTargets() {
        onCall();
        client.ask("a", "channel.fly", "c1");
        client.ask("b", "conversation.hold", "i1");
        client.ask("c", "conversation.hold", "i1.v9");
        client.ask("d", "channel.ready", "/g1.c2");
        client.ask("e", "interaction.accept", "i7");
        client.hears(
                "a failure channel.fly unknownCommand",
                "b failure conversation.hold invalidTarget",
                "c failure conversation.hold invalidTarget",
                "d failure channel.ready invalidTarget",
                "e failure interaction.accept invalidTarget");
        assertThat(desk.calls.asked).isEmpty();
    }

    @Test
    void theOtherSpellingOfACommand() {
        onCall();
        client.ask("a", "conversation.request.hold", "i1.v1");
        assertThat(desk.order()).isEqualTo(new Command.Hold("L1"));
    }

    @Test
    void whatTheSwitchCannot() {
        Set<Operation> operations = EnumSet.allOf(Operation.class);
        operations.removeAll(Set.of(Operation.HOLD, Operation.CONSULT, Operation.TRANSFER_ALERTING));
        logIn(new Desk(atOnce, operations));
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        client.ask("b", "interaction.consult", "i1", "'destination':'1002'");
        client.hears("a failure conversation.hold notSupported", "b failure interaction.consult notSupported");
        assertThat(client.actions("i1.v1")).doesNotContain("conversation.hold");
        assertThat(client.blocked("i1.v1", "conversation.hold")).isNull();

        desk.happens(s -> {
            s.leg("L1").now(HELD);
            s.dial("L2", "1002")
                    .with("P2", "1002", ConversationState.ALERTING)
                    .now(ConversationState.ALERTING)
                    .consultOf = "L1";
        });
        assertThat(client.blocked("i1", "interaction.consulttransfer")).isEqualTo("invalidState");
    }

    @Test
    void theSwitchsRefusals() {
        onCall();
        List<String> heard = new ArrayList<>();
        for (Refusal refusal : Refusal.values()) {
            if (refusal != Refusal.TIMEOUT && refusal != Refusal.STALE_EPOCH) {
                client.ask(refusal.name(), "conversation.hold", "i1.v1");
                desk.switchRefuses(refusal, "because");
                heard.addAll(client.heard());
            }
        }
        assertThat(heard)
                .containsExactly(
                        "CTI_UNAVAILABLE failure conversation.hold ctiUnavailable",
                        "INVALID_DESTINATION failure conversation.hold invalidDestination",
                        "INVALID_STATE failure conversation.hold invalidState",
                        "INTERACTION_IN_PROGRESS failure conversation.hold interactionInProgress",
                        "CHANNEL_INACTIVE failure conversation.hold channelInactive",
                        "NOT_SUPPORTED failure conversation.hold notSupported",
                        "NO_QUORUM failure conversation.hold noQuorum",
                        "CTI_REJECTED failure conversation.hold ctiRejected");
    }

    @Test
    void aSecondCommandDuringARunningOne() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        client.ask("b", "conversation.mute", "i1.v1");
        client.hears("b failure conversation.mute operationInProgress");
        desk.switchDoes(s -> s.leg("L1").now(HELD));
        assertThat(client.heard()).startsWith("a success conversation.hold");
        assertThat(desk.calls.asked).isEmpty();
    }

    @Test
    void noAnswerInTime_meansUnknown_theLateEventTells() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        desk.time.pass(9_900);
        client.hears("- actions.updated i1", "- actions.updated i1.v1");
        int attached = desk.calls.attached;
        desk.time.pass(200);
        client.hears("a failure conversation.hold timeout", "- actions.updated i1", "- actions.updated i1.v1");
        assertThat(desk.calls.attached).as("asks the switch").isEqualTo(attached + 1);

        desk.switchDoes(s -> s.leg("L1").now(HELD));
        assertThat(client.heard())
                .contains("a state.updated i1.v1 state=HELD previous=CONNECTED cause=normal")
                .noneMatch(line -> line.startsWith("a success") || line.startsWith("a failure"));
        client.ask("a", "conversation.hold", "i1.v1");
        client.hears("a failure conversation.hold timeout");
    }

    @Test
    void aLostReply_whoseEventHasCome_isAnsweredOnce() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        var lost = desk.calls.asked.peek();
        desk.switchDoesAndTellsFirst(s -> s.leg("L1").now(HELD));
        lost.reply().complete(Reply.ACCEPTED);
        desk.time.pass(20_000);
        assertThat(client.heard())
                .filteredOn(line -> line.startsWith("a success"))
                .hasSize(1);
    }

    @Test
    void theAnswerComesEvenIfItsEventDoesNot() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        desk.calls.asked.remove().reply().complete(Reply.accepted(desk.station.version + 1));
        desk.time.pass(1_000);
        client.hears(
                "- actions.updated i1",
                "- actions.updated i1.v1",
                "a success conversation.hold",
                "- actions.updated i1",
                "- actions.updated i1.v1");
    }

    @Test
    void anEffectThatNobodyTold_isAskedFor() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        desk.station.leg("L1").now(HELD);
        desk.station.version++;
        desk.calls.asked.remove().reply().complete(Reply.accepted(desk.station.version));
        desk.time.pass(1_000);
        assertThat(client.heard())
                .containsSubsequence(
                        "a success conversation.hold",
                        "- state.updated i1.v1 state=HELD previous=CONNECTED cause=resync");
    }

    @Test
    void aCommandThatTheSwitchRefusesInTheStateItSees_showsThatState() {
        onCall();
        desk.station.gone("L1", Cause.NORMAL);
        desk.station.free(Availability.READY, null);
        desk.station.version++;
        client.ask("a", "conversation.release", "i1.v1");
        desk.switchRefuses(Refusal.INVALID_STATE, "no such call");
        assertThat(client.heard())
                .containsSubsequence(
                        "a failure conversation.release invalidState", "- interaction.ended i1 cause=resync");
    }

    @Test
    void aChangeThatNobodyTold_isFoundByComparing() {
        onCall();
        desk.station.gone("L1", Cause.NORMAL);
        desk.station.free(Availability.READY, null);
        desk.station.version++;
        desk.time.pass(10_500);
        assertThat(client.heard()).contains("- interaction.ended i1 cause=resync");
    }

    @Test
    void sentAgain_afterTheAnswer_isNotExecutedAgain() {
        onCall();
        client.ask("a", "conversation.mute", "i1.v1");
        desk.switchDoes(s -> s.leg("L1").muted = true);
        client.heard();
        client.ask("a", "conversation.mute", "i1.v1");
        client.hears("a success conversation.mute");
        assertThat(desk.calls.asked).isEmpty();
    }

    @Test
    void sentAgain_beforeTheAnswer_eachGetsOne() {
        onCall();
        client.ask("a", "conversation.mute", "i1.v1");
        client.ask("a", "conversation.mute", "i1.v1");
        client.ask("a", "conversation.hold", "i1.v1");
        client.hears("a failure conversation.hold invalidRequest");
        desk.switchDoes(s -> s.leg("L1").muted = true);
        assertThat(client.heard())
                .filteredOn(line -> line.startsWith("a success"))
                .hasSize(2);
        assertThat(desk.calls.asked).isEmpty();
    }

    @Test
    void sentAgain_whileItWaitsForItsTurn_isExecutedOnce() {
        startReady();
        client.ask("a", "channel.notready", "c1", "'reason':'lunch'");
        client.ask("b", "channel.ready", "c1");
        client.ask("b", "channel.ready", "c1");
        desk.switchDoes(s -> s.free(Availability.NOT_READY, "lunch"));
        desk.switchDoes(s -> s.free(Availability.READY, null));
        assertThat(client.heard())
                .filteredOn(line -> line.startsWith("b ") && line.contains("channel.ready"))
                .containsExactly("b success channel.ready", "b success channel.ready");
        assertThat(desk.calls.asked).isEmpty();
    }

    @Test
    void anIdThatIsFree_canNameAnotherRequest() {
        onCall();
        List<String> commands = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            client.ask("a", "conversation.hold", "i1.v1");
            commands.add(desk.calls.asked.element().command().id());
            desk.switchDoes(s -> s.leg("L1").now(HELD));
            client.ask("a", "conversation.retrieve", "i1.v1");
            commands.add(desk.calls.asked.element().command().id());
            desk.switchDoes(s -> s.leg("L1").now(CONNECTED));
        }
        assertThat(commands)
                .as("the switch executes one id once")
                .doesNotHaveDuplicates()
                .hasSize(6);
        assertThat(client.heard())
                .filteredOn(line -> line.startsWith("a state.updated i1.v1"))
                .hasSize(6);
    }

    @Test
    void pipelinedRequestsOfTheChannelRunInOrder() {
        client.askNow("s", "session.start", "session", "");
        client.askNow("a", "channel.activate", "c1", "");
        client.askNow("r", "channel.ready", "c1", "");
        client.askNow("d", "channel.dial", "c1", "'destination':'5550101'");
        assertThat(desk.order()).isEqualTo(new Command.LogOn(""));
        desk.switchDoes(s -> s.loggedOn = true);
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.READY, null));
        desk.switchDoes(s -> s.free(Availability.READY, null));
        assertThat(desk.order()).isInstanceOf(Command.MakeCall.class);
        desk.switchDoes(s -> s.dial("L1", "5550101"));
        assertThat(client.heard())
                .containsSubsequence(
                        "s success session.start",
                        "s session.initialized session",
                        "a success channel.activate",
                        "a state.updated c1 state=ACTIVE previous=INACTIVE cause=normal",
                        "r success channel.ready",
                        "r channel.infochanged c1 availability=ready reason=null pending=null pendingReason=null",
                        "d success channel.dial",
                        "d interaction.created i1 id=i1 type=Telephony state=DIALING direction=outbound queue=null"
                                + " from=1001 to=5550101 data={} focus=v1");
    }

    @Test
    void tooManyWait() {
        startReady();
        int most = SessionSettings.DEFAULT.maxQueued();
        for (int i = 0; i <= most + 1; i++) {
            client.ask("r" + i, "channel.notready", "c1");
        }
        client.hears("r" + (most + 1) + " failure channel.notready tooManyRequests");
        desk.time.pass(11_000);
        assertThat(client.heard())
                .hasSize(most + 1)
                .allMatch(line -> line.endsWith("failure channel.notready timeout"));
    }

    @Test
    void eventsOfOthersWaitForTheAnswerTheyComeAfter() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        var asked = desk.calls.asked.element();
        desk.station.leg("L1").now(HELD);
        desk.station.version++;
        var shown = desk.station.view();
        desk.host("n1")
                .agentChanged(
                        "sim",
                        new io.interactionprocessor.model.csta.AgentEvent(
                                shown, java.util.Map.of(), asked.command().id()));
        desk.happens(s -> s.leg("L1").data.put("k", 1));
        client.hears();
        asked.reply().complete(Reply.accepted(shown.version()));
        desk.settle();
        assertThat(client.heard())
                .containsSubsequence(
                        "a success conversation.hold",
                        "a state.updated i1.v1 state=HELD previous=CONNECTED cause=normal",
                        "- interaction.datachanged i1 data={k:1} changed=[k]");
    }

    // ---- the link

    @Test
    void whenTheLinkIsUpAgain_theDifferencesAreResync() {
        onCall();
        desk.station.leg("L1").now(HELD);
        desk.station.version++;
        desk.host("n1").linkUp("sim");
        desk.settle();
        assertThat(client.heard()).contains("- state.updated i1.v1 state=HELD previous=CONNECTED cause=resync");
    }

    @Test
    void aCallThatEndedUnseen() {
        onCall();
        desk.station.gone("L1", Cause.NORMAL);
        desk.station.free(Availability.READY, null);
        desk.station.version++;
        desk.host("n1").linkUp("sim");
        desk.settle();
        assertThat(client.heard()).contains("- interaction.ended i1 cause=resync");
    }

    @Test
    void whenComparingFails_itIsTriedAgain() {
        onCall();
        desk.station.leg("L1").now(HELD);
        desk.station.version++;
        desk.calls.down = true;
        desk.host("n1").linkUp("sim");
        desk.settle();
        desk.calls.down = false;
        desk.time.pass(10_000);
        assertThat(client.heard()).contains("- state.updated i1.v1 state=HELD previous=CONNECTED cause=resync");
    }

    // ---- time

    @Test
    void nobodyBinds_theSessionIsDestroyed() {
        Desk fresh = new Desk(atOnce);
        Desk.Client other = fresh.connect("n1");
        other.prepare(false);
        fresh.time.pass(29_000);
        assertThat(fresh.store.sessions()).hasSize(1);
        fresh.time.pass(2_000);
        assertThat(fresh.store.sessions()).isEmpty();
        assertThat(fresh.directory.find(Desk.KEY).orElseThrow().occupied()).isFalse();
        other.bind();
        assertThat(other.heard()).last().isEqualTo("b2 error unknownResource");
    }

    @Test
    void detached_notReadyAfterFiveSeconds_endAfterSixty() {
        startReady();
        client.drop();
        desk.time.pass(4_900);
        assertThat(desk.calls.asked).isEmpty();
        desk.time.pass(200);
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.NOT_READY, "connectionLost"));
        desk.switchDoes(s -> s.free(Availability.NOT_READY, "connectionLost"));

        desk.time.pass(54_000);
        assertThat(desk.calls.asked).isEmpty();
        desk.time.pass(1_000);
        assertThat(desk.order()).isEqualTo(new Command.LogOff());
        desk.switchDoes(s -> s.loggedOn = false);
        assertThat(desk.store.sessions()).isEmpty();
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().occupied()).isFalse();
        assertThat(desk.host("n1").size()).isZero();
    }

    @Test
    void detached_theSwitchRefuses_goesNotReadyAllTheSame() {
        startReady();
        client.drop();
        desk.calls.down = true;
        desk.time.pass(8_000);
        desk.calls.down = false;
        desk.time.pass(6_000);
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.NOT_READY, "connectionLost"));
    }

    @Test
    void detached_andResumedInTime_nothingHappens() {
        startReady();
        client.drop();
        desk.time.pass(4_000);
        Desk.Client again = desk.connect("n1");
        again.resume(client);
        desk.time.pass(100_000);
        assertThat(desk.calls.asked).isEmpty();
        again.hears("b1 success bindResource epoch=1 resumed=true active");
    }

    @Test
    void detached_neverEndsWhileACallIsUp() {
        onCall();
        client.drop();
        desk.time.pass(6_000);
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.NOT_READY, "connectionLost"));
        desk.switchDoes(s -> {
            s.pending = Availability.NOT_READY;
            s.pendingReason = "connectionLost";
        });
        desk.time.pass(600_000);
        assertThat(desk.calls.asked).isEmpty();
        desk.happens(s -> {
            s.gone("L1", Cause.NORMAL);
            s.free(Availability.NOT_READY, "connectionLost");
        });
        assertThat(desk.order()).isEqualTo(new Command.LogOff());
        desk.switchDoes(s -> s.loggedOn = false);
        assertThat(desk.host("n1").size()).isZero();
    }

    @Test
    void detached_theEndIsTriedAgainUntilTheSwitchDoesIt() {
        startReady();
        client.drop();
        desk.time.pass(6_000);
        desk.switchDoes(s -> s.free(Availability.NOT_READY, "connectionLost"));
        desk.calls.down = true;
        desk.time.pass(70_000);
        desk.calls.down = false;
        desk.time.pass(6_000);
        assertThat(desk.order()).isEqualTo(new Command.LogOff());
        desk.switchDoes(s -> s.loggedOn = false);
        assertThat(desk.host("n1").size()).isZero();
    }

    @Test
    void detached_beforeStart_endsToo() {
        client.drop();
        desk.time.pass(61_000);
        assertThat(desk.store.sessions()).isEmpty();
        assertThat(desk.host("n1").size()).isZero();
    }

    @Test
    void theDirectoryLetsGo_evenIfItsAnswerIsLost() {
        startReady();
        desk.station.loggedOn = false;
        desk.happens(s -> s.free(Availability.NOT_READY, null));
        client.heard();
        desk.directoryFailures = 1;
        client.ask("l", "session.logout", "session");
        desk.time.pass(5_000);
        assertThat(client.heard()).endsWith("l session.ended session reason=logout", "unbound ended");
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().occupied()).isFalse();
    }
}
