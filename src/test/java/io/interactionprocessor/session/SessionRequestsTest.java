package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Each request of protocol 7.1: what the switch is asked, and the exact answer and events that the client gets. */
@ParameterizedClass(name = "ports complete at once: {0}")
@ValueSource(booleans = {false, true})
class SessionRequestsTest {
    private static final ConversationState ALERTING = ConversationState.ALERTING;
    private static final ConversationState CONNECTED = ConversationState.CONNECTED;
    private static final ConversationState HELD = ConversationState.HELD;
    private static final String BUSY =
            "channel.infochanged c1 availability=busy reason=null pending=null pendingReason=null";

    @Parameter
    boolean atOnce;

    private Desk desk;
    private Desk.Client client;

    @BeforeEach
    void logIn() {
        desk = new Desk(atOnce);
        client = desk.connect("n1");
        client.prepare(false);
        client.bind();
        client.heard();
    }

    /** The client's objects, built from nothing but events, are those of the snapshot. */
    @AfterEach
    void eventsToldEverything() {
        if (client.tree.initialized() && !client.tree.ended() && !client.unbound && !desk.calls.down) {
            client.ask("the last", "session.snapshot", "session");
            assertThat(client.tree.differences(client.snapshot)).isEmpty();
            assertThat(client.snapshot.get("sequence").longValue()).isEqualTo(client.sequence);
        }
    }

    private void start() {
        client.ask("s", "session.start", "session");
        client.heard();
    }

    private void startReady() {
        desk.station.loggedOn = true;
        desk.station.availability = Availability.READY;
        start();
    }

    /** A customer's call from a queue, alerting. */
    private void offer() {
        startReady();
        desk.happens(s -> s.add("L1", ALERTING).with("P1", "5550101", CONNECTED).queue = "8001");
        client.heard();
    }

    private void onCall() {
        startReady();
        desk.happens(s -> s.add("L1", CONNECTED).with("P1", "5550101", CONNECTED));
        client.heard();
    }

    private void consulting() {
        onCall();
        desk.happens(s -> {
            s.leg("L1").now(HELD);
            s.dial("L2", "1002").with("P2", "1002", CONNECTED).now(CONNECTED).consultOf = "L1";
        });
        client.heard();
    }

    // ---- session

    @Test
    void start_showsGroupAndChannel_initializedComesLast() {
        client.ask("s", "session.start", "session");

        client.hears(
                "s success session.start",
                "s channelgroup.created g1 id=g1 name=Telephony channels=[c1]",
                "s channel.created c1 id=c1 name=Telephony type=Telephony state=INACTIVE endpoint= availability=notReady"
                        + " reason=null pending=null pendingReason=null",
                "s channel.initialized c1",
                "s channelgroup.initialized g1",
                "s session.initialized session");
    }

    @Test
    void start_findsTheCallsThatAreUp() {
        desk.station.loggedOn = true;
        desk.station.add("L1", HELD).with("P1", "5550101", CONNECTED).data.put("k", "v");
        Station.Leg consult = desk.station.dial("L2", "1002");
        consult.with("P2", "1002", ALERTING).now(ALERTING).consultOf = "L1";
        client.ask("s", "session.start", "session");

        client.hears(
                "s success session.start",
                "s channelgroup.created g1 id=g1 name=Telephony channels=[c1]",
                "s channel.created c1 id=c1 name=Telephony type=Telephony state=ACTIVE endpoint=1001 availability=busy"
                        + " reason=null pending=null pendingReason=null",
                "s interaction.created i1 id=i1 type=Telephony state=STARTED direction=inbound queue=null from=5550101"
                        + " to=8001 data={k:v} focus=v2",
                "s conversation.created i1.v1 id=v1 role=primary state=HELD muted=false recording=false members=[{id:L1,address:1001,name:1001,role:agent,state:HELD}]"
                        + " cause=normal",
                "s conversation.member.added i1.v1 id=P1 address=5550101 name=5550101 role=customer state=CONNECTED",
                "s conversation.initialized i1.v1",
                "s conversation.created i1.v2 id=v2 role=consult state=ALERTING muted=false recording=false members=[{id:L2,address:1001,name:1001,role:agent,state:CONNECTED}]"
                        + " cause=normal",
                "s conversation.member.added i1.v2 id=P2 address=1002 name=1002 role=agent state=ALERTING",
                "s conversation.initialized i1.v2",
                "s interaction.initialized i1",
                "s channel.initialized c1",
                "s channelgroup.initialized g1",
                "s session.initialized session");
    }

    @Test
    void start_twice() {
        start();
        client.ask("s2", "session.start", "session");
        client.hears("s2 failure session.start alreadyStarted");
    }

    @Test
    void start_whenTheCtiIsAway_canBeTriedAgain() {
        desk.calls.down = true;
        client.ask("s", "session.start", "session");
        client.hears("s failure session.start ctiUnavailable");

        desk.calls.down = false;
        client.ask("s2", "session.start", "session");
        assertThat(client.heard()).startsWith("s2 success session.start").endsWith("s2 session.initialized session");
    }

    @Test
    void start_seesWhatHappensWhileItRuns() {
        desk.calls.holdsAttachments = true;
        client.ask("s", "session.start", "session");
        var before = desk.station.view();
        desk.happens(s -> s.loggedOn = true);
        desk.calls.attaching.remove().complete(Attachment.of(before));
        desk.settle();

        assertThat(client.heard())
                .containsSubsequence(
                        "s session.initialized session",
                        "- state.updated c1 state=ACTIVE previous=INACTIVE cause=normal");
    }

    @Test
    void snapshot_isTheTreeAndTheSequence() {
        onCall();
        client.ask("q", "session.snapshot", "session");

        client.hears("q success session.snapshot active at=" + client.sequence);
        assertThat(client.tree.differences(client.snapshot)).isEmpty();
    }

    @Test
    void snapshot_sentRightAfterStart_countsTheEventsBeforeIt() {
        desk.calls.holdsAttachments = true;
        client.askNow("s", "session.start", "session", "");
        client.askNow("q", "session.snapshot", "session", "");
        desk.calls.attaching.remove().complete(Attachment.of(desk.station.view()));
        desk.settle();

        List<String> heard = client.heard();
        assertThat(heard).endsWith("q success session.snapshot active at=" + client.sequence);
        assertThat(client.tree.differences(client.snapshot)).isEmpty();
    }

    @Test
    void logout_deactivatesDisposesAnswersEnds() {
        startReady();
        client.ask("l", "session.logout", "session");
        assertThat(desk.order()).isEqualTo(new Command.LogOff());
        desk.switchDoes(s -> {
            s.loggedOn = false;
            s.free(Availability.NOT_READY, null);
        });

        client.hears(
                "- channel.infochanged c1 availability=notReady reason=null pending=null pendingReason=null",
                "- state.updated c1 state=INACTIVE previous=ACTIVE cause=normal",
                "- channel.disposed c1",
                "- channelgroup.disposed g1",
                "l success session.logout",
                "l session.ended session reason=logout",
                "unbound ended");
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().occupied()).isFalse();
        assertThat(desk.store.sessions()).isEmpty();
        client.ask("x", "session.snapshot", "session");
        client.hears("x error unknownResource");
    }

    @Test
    void logout_whenTheChannelIsInactive() {
        start();
        client.ask("l", "session.logout", "session");

        client.hears(
                "- channel.disposed c1",
                "- channelgroup.disposed g1",
                "l success session.logout",
                "l session.ended session reason=logout",
                "unbound ended");
    }

    @Test
    void logout_withAnInteraction() {
        onCall();
        client.ask("l", "session.logout", "session");
        client.hears("l failure session.logout interactionInProgress");
    }

    @Test
    void logout_whenIdle_waitsForTheCallsEnd() {
        onCall();
        client.ask("l", "session.logout", "session", "'when':'idle'");
        client.hears("l success session.logout");
        // else the switch would offer the next call of the queue in the moment in which this one ends
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.NOT_READY, null));
        desk.switchDoes(s -> s.pending = Availability.NOT_READY);
        client.hears("- channel.infochanged c1 availability=busy reason=null pending=notReady pendingReason=null");

        desk.happens(s -> {
            s.gone("L1", Cause.NORMAL);
            s.free(Availability.NOT_READY, null);
        });
        assertThat(desk.order()).isEqualTo(new Command.LogOff());
        client.heard();
        desk.switchDoes(s -> {
            s.loggedOn = false;
            s.free(Availability.NOT_READY, null);
        });

        client.hears(
                "- state.updated c1 state=INACTIVE previous=ACTIVE cause=normal",
                "- channel.disposed c1",
                "- channelgroup.disposed g1",
                "- session.ended session reason=logout",
                "unbound ended");
    }

    @Test
    void logout_whenIdle_isTriedAgainIfTheSwitchRefuses() {
        onCall();
        client.ask("l", "session.logout", "session", "'when':'idle'");
        desk.switchRefuses(Refusal.CTI_UNAVAILABLE, "no link");
        desk.happens(s -> {
            s.gone("L1", Cause.NORMAL);
            s.free(Availability.READY, null);
        });
        desk.switchRefuses(Refusal.CTI_UNAVAILABLE, "no link");
        client.heard();
        desk.time.pass(6_000);

        assertThat(desk.order()).isEqualTo(new Command.LogOff());
        desk.switchDoes(s -> {
            s.loggedOn = false;
            s.free(Availability.NOT_READY, null);
        });
        assertThat(client.heard()).endsWith("- session.ended session reason=logout", "unbound ended");
    }

    @Test
    void logout_whileACallComesIn_isRefusedAndTheSessionGoesOn() {
        startReady();
        client.ask("l", "session.logout", "session");
        desk.happens(s -> s.add("L1", ALERTING).with("P1", "5550101", CONNECTED));
        client.heard();
        desk.switchRefuses(Refusal.INVALID_STATE, "a call is up");

        client.hears("l failure session.logout interactionInProgress");
        client.ask("a", "interaction.accept", "i1");
        assertThat(desk.order()).isEqualTo(new Command.Answer("L1"));
    }

    @Test
    void logout_withoutAnAnswer_isAnsweredOnce() {
        startReady();
        client.ask("l", "session.logout", "session");
        desk.time.pass(10_500);
        client.hears("l failure session.logout timeout");

        desk.switchDoes(s -> {
            s.loggedOn = false;
            s.free(Availability.NOT_READY, null);
        });
        assertThat(client.heard()).noneMatch(line -> line.startsWith("l success") || line.startsWith("l failure"));
        client.ask("l2", "session.logout", "session");
        assertThat(client.heard()).contains("l2 success session.logout");
    }

    // ---- group

    @Test
    void activateall() {
        start();
        client.ask("r", "channelgroup.activateall", "g1");
        assertThat(desk.order()).isEqualTo(new Command.LogOn(""));
        desk.switchDoes(s -> s.loggedOn = true);
        client.hears(
                "r success channelgroup.activateall",
                "r state.updated c1 state=ACTIVE previous=INACTIVE cause=normal",
                "r actions.updated g1");
    }

    @Test
    void deactivateall() {
        startReady();
        client.ask("r", "channelgroup.deactivateall", "g1");
        assertThat(desk.order()).isEqualTo(new Command.LogOff());
        desk.switchDoes(s -> {
            s.loggedOn = false;
            s.free(Availability.NOT_READY, null);
        });
        client.hears(
                "r success channelgroup.deactivateall",
                "r channel.infochanged c1 availability=notReady reason=null pending=null pendingReason=null",
                "r state.updated c1 state=INACTIVE previous=ACTIVE cause=normal",
                "r actions.updated g1");
    }

    @Test
    void groupReadyAndNotReady() {
        desk.station.loggedOn = true;
        start();
        client.ask("r", "channelgroup.ready", "g1");
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.READY, null));
        desk.switchDoes(s -> s.free(Availability.READY, null));
        client.hears(
                "r success channelgroup.ready",
                "r channel.infochanged c1 availability=ready reason=null pending=null pendingReason=null");

        client.ask("n", "channelgroup.notready", "g1", "'reason':'lunch'");
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.NOT_READY, "lunch"));
        desk.switchDoes(s -> s.free(Availability.NOT_READY, "lunch"));
        client.hears(
                "n success channelgroup.notready",
                "n channel.infochanged c1 availability=notReady reason=lunch pending=null pendingReason=null");
    }

    @Test
    void group_failuresNameTheChannel() {
        start();
        client.ask("a", "channelgroup.ready", "g1");
        client.hears("a failure channelgroup.ready channelInactive");
        assertThat(client.failure.get("message").textValue()).contains("c1");
        client.ask("b", "channelgroup.deactivateall", "g1");
        client.hears("b failure channelgroup.deactivateall channelInactive");
        client.ask("c", "channelgroup.notready", "g1", "'reason':'golf'");
        client.hears("c failure channelgroup.notready channelInactive");
    }

    // ---- channel

    @Test
    void activate_withTheStationOfTheStart() {
        client.ask("s", "session.start", "session", "'extension':'1077'");
        client.heard();
        client.ask("r", "channel.activate", "c1", "'channeloptions':{'a':1}");
        assertThat(desk.order()).isEqualTo(new Command.LogOn("1077"));
        desk.switchRefuses(Refusal.CTI_REJECTED, "station 1077 is in use");
        client.hears("r failure channel.activate ctiRejected");
        assertThat(client.failure.get("message").textValue()).isEqualTo("station 1077 is in use");

        client.ask("r2", "channel.activate", "c1");
        desk.switchDoes(s -> s.loggedOn = true);
        client.hears(
                "r2 success channel.activate",
                "r2 state.updated c1 state=ACTIVE previous=INACTIVE cause=normal",
                "r2 actions.updated g1");
        client.ask("r3", "channel.activate", "c1");
        client.hears("r3 failure channel.activate invalidState");
    }

    @Test
    void deactivate_failsWhileAnInteractionIsOpen() {
        onCall();
        client.ask("r", "channel.deactivate", "c1");
        client.hears("r failure channel.deactivate interactionInProgress");
        assertThat(client.blocked("c1", "channel.deactivate")).isEqualTo("interactionInProgress");
    }

    @Test
    void deactivate_whileACallComesIn() {
        startReady();
        client.ask("r", "channel.deactivate", "c1");
        desk.switchRefuses(Refusal.INVALID_STATE, "a call is up");
        client.hears("r failure channel.deactivate interactionInProgress");
    }

    @Test
    void anInactiveChannelTakesNothingButActivate() {
        start();
        for (String command : List.of("ready", "notready", "deactivate", "cancelpending")) {
            client.ask(command, "channel." + command, "c1");
            client.hears(command + " failure channel." + command + " channelInactive");
        }
        client.ask("d", "channel.dial", "c1", "'destination':'5550101'");
        client.hears("d failure channel.dial channelInactive");
        assertThat(client.actions("c1")).containsExactly("channel.activate");
    }

    @Test
    void ready() {
        desk.station.loggedOn = true;
        start();
        client.ask("r", "channel.ready", "c1");
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.READY, null));
        desk.switchDoes(s -> s.free(Availability.READY, null));
        client.hears(
                "r success channel.ready",
                "r channel.infochanged c1 availability=ready reason=null pending=null pendingReason=null");
        client.ask("r2", "channel.ready", "c1");
        client.hears("r2 failure channel.ready invalidState");
    }

    @Test
    void notready_withAReason() {
        startReady();
        client.ask("r", "channel.notready", "c1", "'reason':'meeting'");
        assertThat(desk.order()).isEqualTo(new Command.SetState(Availability.NOT_READY, "meeting"));
        desk.switchDoes(s -> s.free(Availability.NOT_READY, "meeting"));
        client.hears(
                "r success channel.notready",
                "r channel.infochanged c1 availability=notReady reason=meeting pending=null pendingReason=null");
        client.ask("x", "channel.notready", "c1", "'reason':'golf'");
        client.hears("x failure channel.notready unknownReason");
    }

    @Test
    void onACall_theNextStateIsPending_andCanBeCancelled() {
        onCall();
        client.ask("r", "channel.notready", "c1", "'reason':'lunch'");
        desk.switchDoes(s -> {
            s.pending = Availability.NOT_READY;
            s.pendingReason = "lunch";
        });
        client.hears(
                "r success channel.notready",
                "r channel.infochanged c1 availability=busy reason=null pending=notReady pendingReason=lunch");

        client.ask("c", "channel.cancelpending", "c1");
        assertThat(desk.order()).isEqualTo(new Command.CancelPending());
        desk.switchDoes(s -> {
            s.pending = null;
            s.pendingReason = null;
        });
        client.hears("c success channel.cancelpending", "c " + BUSY);
        client.ask("c2", "channel.cancelpending", "c1");
        client.hears("c2 failure channel.cancelpending invalidState");
    }

    @Test
    void dial_tellsInTheOrderOfTheProtocol() {
        startReady();
        client.ask("d", "channel.dial", "c1", "'destination':'5550101','data':{'order':17}");
        assertThat(desk.order()).isEqualTo(new Command.MakeCall("5550101", Map.of("order", 17)));
        desk.switchDoes(s -> s.dial("L1", "5550101").data.put("order", 17));

        client.hears(
                "d success channel.dial",
                "d " + BUSY,
                "d interaction.created i1 id=i1 type=Telephony state=DIALING direction=outbound queue=null from=1001"
                        + " to=5550101 data={order:17} focus=v1",
                "d conversation.created i1.v1 id=v1 role=primary state=INITIATED muted=false recording=false members=[{id:L1,address:1001,name:1001,role:agent,state:CONNECTED}]"
                        + " cause=normal",
                "d conversation.member.added i1.v1 id=P1 address=5550101 name=5550101 role=customer state=INITIATED",
                "d conversation.initialized i1.v1",
                "d interaction.initialized i1",
                "d actions.updated g1");

        desk.happens(s -> s.leg("L1").now(ALERTING).with("P1", "5550101", ALERTING));
        client.hears(
                "- state.updated i1.v1 state=ALERTING previous=INITIATED cause=normal",
                "- conversation.member.changed i1.v1 id=P1 address=5550101 name=5550101 role=customer state=ALERTING");

        desk.happens(s -> s.leg("L1").now(CONNECTED).with("P1", "5550101", CONNECTED));
        client.hears(
                "- state.updated i1.v1 state=CONNECTED previous=ALERTING cause=normal",
                "- conversation.member.changed i1.v1 id=P1 address=5550101 name=5550101 role=customer state=CONNECTED",
                "- state.updated i1 state=STARTED previous=DIALING cause=normal");
    }

    @Test
    void dial_whatCannotBeDialled() {
        startReady();
        client.ask("d", "channel.dial", "c1", "'destination':'99'");
        desk.switchRefuses(Refusal.INVALID_DESTINATION, "99 is no number");
        client.hears("d failure channel.dial invalidDestination");
    }

    @Test
    void dial_duringACall() {
        onCall();
        client.ask("d", "channel.dial", "c1", "'destination':'5550101'");
        client.hears("d failure channel.dial interactionInProgress");
    }

    @Test
    void dial_busyNumber_failsAndIsReleased() {
        startReady();
        client.ask("d", "channel.dial", "c1", "'destination':'5550201'");
        desk.switchDoes(s -> s.dial("L1", "5550201"));
        client.heard();
        desk.happens(s -> s.leg("L1").now(ConversationState.FAILED, Cause.BUSY));
        client.hears(
                "- state.updated i1.v1 state=FAILED previous=INITIATED cause=busy",
                "- conversation.member.changed i1.v1 id=L1 address=1001 name=1001 role=agent state=FAILED");
        assertThat(client.actions("i1.v1")).containsExactly("conversation.release");

        client.ask("r", "conversation.release", "i1.v1");
        desk.switchDoes(s -> {
            s.gone("L1", Cause.NORMAL);
            s.free(Availability.READY, null);
        });
        client.hears(
                "r success conversation.release",
                "r state.updated i1.v1 state=DISCONNECTED previous=FAILED cause=normal",
                "r conversation.disposed i1.v1",
                "r interaction.focuschanged i1 focus=null",
                "r state.updated i1 state=ENDED previous=DIALING cause=normal",
                "r interaction.ended i1 cause=normal",
                "r state.updated i1 state=COMPLETED previous=ENDED cause=normal",
                "r interaction.disposed i1",
                "r channel.infochanged c1 availability=ready reason=null pending=null pendingReason=null",
                "r actions.updated g1");
    }

    // ---- interaction

    @Test
    void anOffer_isPreviewed() {
        startReady();
        desk.happens(s -> s.add("L1", ALERTING).with("P1", "5550101", CONNECTED).queue = "8001");
        client.hears(
                "- " + BUSY,
                "- interaction.created i1 id=i1 type=Telephony state=ALERTING direction=inbound queue=8001 from=5550101"
                        + " to=8001 data={} focus=v1",
                "- interaction.preview i1 id=i1 type=Telephony state=ALERTING direction=inbound queue=8001 from=5550101"
                        + " to=8001 data={} focus=v1",
                "- conversation.created i1.v1 id=v1 role=primary state=ALERTING muted=false recording=false members=[{id:L1,address:1001,name:1001,role:agent,state:ALERTING}]"
                        + " cause=normal",
                "- conversation.member.added i1.v1 id=P1 address=5550101 name=5550101 role=customer state=CONNECTED",
                "- conversation.initialized i1.v1",
                "- interaction.initialized i1",
                "- actions.updated g1");
        assertThat(client.actions("i1")).contains("interaction.accept", "interaction.reject");
        assertThat(client.actions("i1.v1")).containsExactly("conversation.answer");
    }

    @Test
    void accept() {
        offer();
        client.ask("r", "interaction.accept", "i1");
        assertThat(desk.order()).isEqualTo(new Command.Answer("L1"));
        desk.switchDoes(s -> s.leg("L1").now(CONNECTED));
        client.hears(
                "r success interaction.accept",
                "r state.updated i1.v1 state=CONNECTED previous=ALERTING cause=normal",
                "r conversation.member.changed i1.v1 id=L1 address=1001 name=1001 role=agent state=CONNECTED",
                "r state.updated i1 state=STARTED previous=ALERTING cause=normal");
        client.ask("r2", "interaction.accept", "i1");
        client.hears("r2 failure interaction.accept invalidState");
    }

    @Test
    void accept_whileTheCustomerHangsUp_isRefusedAndTheCallEndsOnce() {
        offer();
        client.ask("r", "interaction.accept", "i1");
        desk.happens(s -> {
            s.gone("L1", Cause.ABANDONED);
            s.free(Availability.READY, null);
        });
        desk.switchRefuses(Refusal.INVALID_STATE, "no such leg");

        client.hears(
                "- state.updated i1.v1 state=DISCONNECTED previous=ALERTING cause=abandoned",
                "- conversation.disposed i1.v1",
                "- interaction.focuschanged i1 focus=null",
                "- state.updated i1 state=ENDED previous=ALERTING cause=abandoned",
                "- interaction.ended i1 cause=abandoned",
                "- state.updated i1 state=COMPLETED previous=ENDED cause=normal",
                "- interaction.disposed i1",
                "- channel.infochanged c1 availability=ready reason=null pending=null pendingReason=null",
                "- actions.updated g1",
                "r failure interaction.accept invalidState");
    }

    @Test
    void reject() {
        offer();
        client.ask("r", "interaction.reject", "i1");
        assertThat(desk.order()).isEqualTo(new Command.Reject("L1"));
        desk.switchDoes(s -> {
            s.gone("L1", Cause.REJECTED);
            s.free(Availability.READY, null);
        });
        assertThat(client.heard())
                .startsWith(
                        "r success interaction.reject",
                        "r state.updated i1.v1 state=DISCONNECTED previous=ALERTING cause=rejected")
                .contains("r interaction.ended i1 cause=rejected");
    }

    @Test
    void nobodyAnswers() {
        offer();
        desk.happens(s -> {
            s.gone("L1", Cause.NO_ANSWER);
            s.free(Availability.NOT_READY, "ringNoAnswer");
        });
        assertThat(client.heard())
                .contains(
                        "- interaction.ended i1 cause=noAnswer",
                        "- channel.infochanged c1 availability=notReady reason=ringNoAnswer pending=null pendingReason=null");
    }

    @Test
    void complete_endsAfterCallWork() {
        onCall();
        desk.happens(s -> {
            s.gone("L1", Cause.NORMAL);
            s.free(Availability.AFTER_CALL_WORK, null);
        });
        client.hears(
                "- state.updated i1.v1 state=DISCONNECTED previous=CONNECTED cause=normal",
                "- conversation.disposed i1.v1",
                "- interaction.focuschanged i1 focus=null",
                "- state.updated i1 state=ENDED previous=STARTED cause=normal",
                "- interaction.ended i1 cause=normal",
                "- channel.infochanged c1 availability=afterCallWork reason=null pending=null pendingReason=null");
        assertThat(client.actions("i1")).containsExactly("interaction.complete");

        client.ask("x", "interaction.complete", "i1", "'disposition':'unheard of'");
        client.hears("x failure interaction.complete invalidRequest");
        client.ask("r", "interaction.complete", "i1", "'disposition':'sold','notes':'n'");
        assertThat(desk.order()).isEqualTo(new Command.Complete("sold", "n"));
        desk.switchDoes(s -> s.free(Availability.READY, null));
        client.hears(
                "r success interaction.complete",
                "r state.updated i1 state=COMPLETED previous=ENDED cause=normal",
                "r interaction.disposed i1",
                "r channel.infochanged c1 availability=ready reason=null pending=null pendingReason=null",
                "r actions.updated g1");
    }

    @Test
    void complete_duringTheCall() {
        onCall();
        client.ask("r", "interaction.complete", "i1");
        client.hears("r failure interaction.complete invalidState");
    }

    @Test
    void setdata() {
        onCall();
        client.ask("r", "interaction.setdata", "i1", "'set':{'a':1,'b':{'c':[true]}},'remove':['z']");
        assertThat(desk.order())
                .isEqualTo(new Command.SetData("L1", Map.of("a", 1, "b", Map.of("c", List.of(true))), List.of("z")));
        desk.switchDoes(s -> s.leg("L1").data.put("a", 1));
        client.hears("r success interaction.setdata", "r interaction.datachanged i1 data={a:1} changed=[a]");

        client.ask("r2", "interaction.setdata", "i1", "'remove':['a']");
        desk.switchDoes(s -> s.leg("L1").data.clear());
        client.hears("r2 success interaction.setdata", "r2 interaction.datachanged i1 data={} changed=[a]");
        client.ask("x", "interaction.setdata", "i1");
        client.hears("x failure interaction.setdata invalidRequest");
    }

    @Test
    void setdata_allOfACallIsBounded() {
        onCall();
        String value = "v".repeat(Translation.MOST_DATA / 2 - 100);
        desk.happens(s -> s.leg("L1").data.put("a", value));
        desk.happens(s -> s.leg("L1").data.put("b", value));
        client.heard();
        client.ask("r", "interaction.setdata", "i1", "'set':{'c':'" + "v".repeat(300) + "'}");
        client.hears("r failure interaction.setdata invalidRequest");
        client.ask("r2", "interaction.setdata", "i1", "'set':{'c':'" + "v".repeat(300) + "'},'remove':['a']");
        assertThat(desk.order()).isInstanceOf(Command.SetData.class);
    }

    @Test
    void consult_holdsThePrimaryAndDials() {
        onCall();
        client.ask("r", "interaction.consult", "i1", "'destination':'1002'");
        assertThat(desk.order()).isEqualTo(new Command.Consult("L1", "1002"));
        desk.switchDoes(s -> {
            s.leg("L1").now(HELD);
            s.dial("L2", "1002").consultOf = "L1";
        });
        client.hears(
                "r success interaction.consult",
                "r state.updated i1.v1 state=HELD previous=CONNECTED cause=normal",
                "r conversation.member.changed i1.v1 id=L1 address=1001 name=1001 role=agent state=HELD",
                "r conversation.created i1.v2 id=v2 role=consult state=INITIATED muted=false recording=false members=[{id:L2,address:1001,name:1001,role:agent,state:CONNECTED}]"
                        + " cause=normal",
                "r conversation.member.added i1.v2 id=P2 address=1002 name=1002 role=agent state=INITIATED",
                "r conversation.initialized i1.v2",
                "r interaction.focuschanged i1 focus=v2",
                "r actions.updated i1");
        client.ask("r2", "interaction.consult", "i1", "'destination':'1003'");
        client.hears("r2 failure interaction.consult invalidState");
    }

    @Test
    void consult_busyOrSilentTarget_failsAndThePrimaryStaysHeld() {
        onCall();
        client.ask("r", "interaction.consult", "i1", "'destination':'5550201'");
        desk.switchDoes(s -> {
            s.leg("L1").now(HELD);
            s.dial("L2", "5550201").consultOf = "L1";
        });
        client.heard();
        desk.happens(s -> s.leg("L2").now(ConversationState.FAILED, Cause.BUSY));
        client.hears(
                "- state.updated i1.v2 state=FAILED previous=INITIATED cause=busy",
                "- conversation.member.changed i1.v2 id=L2 address=1001 name=1001 role=agent state=FAILED",
                "- actions.updated i1");
        assertThat(client.actions("i1")).contains("interaction.reconnect").doesNotContain("interaction.alternate");
        assertThat(client.actions("i1.v1")).contains("conversation.retrieve");
        assertThat(client.actions("i1.v2")).containsExactly("conversation.release");

        client.ask("c", "interaction.reconnect", "i1");
        assertThat(desk.order()).isEqualTo(new Command.Reconnect("L1", "L2"));
        desk.switchDoes(s -> {
            s.gone("L2", Cause.NORMAL);
            s.leg("L1").now(CONNECTED);
        });
        client.hears(
                "c success interaction.reconnect",
                "c state.updated i1.v2 state=DISCONNECTED previous=FAILED cause=normal",
                "c conversation.disposed i1.v2",
                "c state.updated i1.v1 state=CONNECTED previous=HELD cause=normal",
                "c conversation.member.changed i1.v1 id=L1 address=1001 name=1001 role=agent state=CONNECTED",
                "c interaction.focuschanged i1 focus=v1",
                "c actions.updated i1");
    }

    @Test
    void customerLeavesDuringConsult_theConsultBecomesThePrimary() {
        consulting();
        desk.happens(s -> {
            s.gone("L1", Cause.NORMAL);
            s.leg("L2").consultOf = null;
        });
        client.hears(
                "- state.updated i1.v1 state=DISCONNECTED previous=HELD cause=normal",
                "- conversation.disposed i1.v1",
                "- conversation.attributeschanged i1.v2 muted=false recording=false role=primary",
                "- actions.updated i1");
        assertThat(client.actions("i1")).contains("interaction.consult").doesNotContain("interaction.reconnect");
    }

    @Test
    void alternate_bothWays() {
        consulting();
        client.ask("r", "interaction.alternate", "i1");
        assertThat(desk.order()).isEqualTo(new Command.Alternate("L1", "L2"));
        desk.switchDoes(s -> {
            s.leg("L2").now(HELD);
            s.leg("L1").now(CONNECTED);
        });
        client.hears(
                "r success interaction.alternate",
                "r state.updated i1.v2 state=HELD previous=CONNECTED cause=normal",
                "r conversation.member.changed i1.v2 id=L2 address=1001 name=1001 role=agent state=HELD",
                "r state.updated i1.v1 state=CONNECTED previous=HELD cause=normal",
                "r conversation.member.changed i1.v1 id=L1 address=1001 name=1001 role=agent state=CONNECTED",
                "r interaction.focuschanged i1 focus=v1");
        client.ask("r2", "interaction.alternate", "i1");
        assertThat(desk.order()).isEqualTo(new Command.Alternate("L2", "L1"));
    }

    @Test
    void consulttransfer() {
        consulting();
        client.ask("r", "interaction.consulttransfer", "i1");
        assertThat(desk.order()).isEqualTo(new Command.Transfer("L1", "L2"));
        desk.switchDoes(s -> {
            s.gone("L1", Cause.TRANSFERRED);
            s.gone("L2", Cause.TRANSFERRED);
            s.free(Availability.READY, null);
        });
        client.hears(
                "r success interaction.consulttransfer",
                "r state.updated i1.v1 state=DISCONNECTED previous=HELD cause=transferred",
                "r conversation.disposed i1.v1",
                "r state.updated i1.v2 state=DISCONNECTED previous=CONNECTED cause=transferred",
                "r conversation.disposed i1.v2",
                "r interaction.focuschanged i1 focus=null",
                "r state.updated i1 state=ENDED previous=STARTED cause=transferred",
                "r interaction.ended i1 cause=transferred",
                "r state.updated i1 state=COMPLETED previous=ENDED cause=normal",
                "r interaction.disposed i1",
                "r channel.infochanged c1 availability=ready reason=null pending=null pendingReason=null",
                "r actions.updated g1");
    }

    @Test
    void consulttransfer_whileItRings_needsASwitchThatCan() {
        onCall();
        desk.happens(s -> {
            s.leg("L1").now(HELD);
            s.dial("L2", "1002").with("P2", "1002", ALERTING).now(ALERTING).consultOf = "L1";
        });
        assertThat(client.actions("i1")).contains("interaction.consulttransfer");
    }

    @Test
    void consultconference() {
        consulting();
        client.ask("r", "interaction.consultconference", "i1");
        assertThat(desk.order()).isEqualTo(new Command.Conference("L1", "L2"));
        desk.switchDoes(s -> {
            s.gone("L2", Cause.CONFERENCED);
            s.leg("L1").now(CONNECTED).with("P2", "1002", CONNECTED);
        });
        client.hears(
                "r success interaction.consultconference",
                "r state.updated i1.v2 state=DISCONNECTED previous=CONNECTED cause=conferenced",
                "r conversation.disposed i1.v2",
                "r state.updated i1.v1 state=CONNECTED previous=HELD cause=normal",
                "r conversation.member.changed i1.v1 id=L1 address=1001 name=1001 role=agent state=CONNECTED",
                "r conversation.member.added i1.v1 id=P2 address=1002 name=1002 role=agent state=CONNECTED",
                "r interaction.focuschanged i1 focus=v1",
                "r actions.updated i1");
        assertThat(client.actions("i1.v1")).contains("conversation.dropmember");
    }

    @Test
    void withoutAConsult_nothingOfItIsPossible() {
        onCall();
        for (String verb : List.of("alternate", "reconnect", "consulttransfer", "consultconference")) {
            client.ask(verb, "interaction." + verb, "i1");
            client.hears(verb + " failure interaction." + verb + " invalidState");
            assertThat(client.blocked("i1", "interaction." + verb)).isEqualTo("invalidState");
        }
        assertThat(desk.calls.asked).isEmpty();
    }

    // ---- conversation

    @Test
    void answer() {
        offer();
        client.ask("r", "conversation.answer", "i1.v1");
        assertThat(desk.order()).isEqualTo(new Command.Answer("L1"));
        desk.switchDoes(s -> s.leg("L1").now(CONNECTED));
        assertThat(client.heard())
                .startsWith("r success conversation.answer")
                .contains("r state.updated i1 state=STARTED previous=ALERTING cause=normal");
    }

    @Test
    void release_whileTheCustomerHangsUpToo_endsOnce() {
        onCall();
        client.ask("r", "conversation.release", "i1.v1");
        desk.happens(s -> {
            s.gone("L1", Cause.NORMAL);
            s.free(Availability.READY, null);
        });
        desk.switchRefuses(Refusal.INVALID_STATE, "no such leg");
        List<String> heard = client.heard();
        assertThat(heard).filteredOn(line -> line.contains("interaction.ended")).hasSize(1);
        assertThat(heard).contains("r failure conversation.release invalidState");
        assertThat(heard).noneMatch(line -> line.startsWith("r success"));
    }

    @Test
    void release_ofARingingCall() {
        offer();
        client.ask("r", "conversation.release", "i1.v1");
        client.hears("r failure conversation.release invalidState");
    }

    @Test
    void holdAndRetrieve() {
        onCall();
        client.ask("r", "conversation.hold", "i1.v1");
        assertThat(desk.order()).isEqualTo(new Command.Hold("L1"));
        desk.switchDoes(s -> s.leg("L1").now(HELD));
        client.hears(
                "r success conversation.hold",
                "r state.updated i1.v1 state=HELD previous=CONNECTED cause=normal",
                "r conversation.member.changed i1.v1 id=L1 address=1001 name=1001 role=agent state=HELD",
                "r actions.updated i1");
        assertThat(client.actions("i1.v1")).containsExactly("conversation.release", "conversation.retrieve");

        client.ask("t", "conversation.retrieve", "i1.v1");
        assertThat(desk.order()).isEqualTo(new Command.Retrieve("L1"));
        desk.switchDoesAndTellsFirst(s -> s.leg("L1").now(CONNECTED));
        client.hears(
                "t success conversation.retrieve",
                "t state.updated i1.v1 state=CONNECTED previous=HELD cause=normal",
                "t conversation.member.changed i1.v1 id=L1 address=1001 name=1001 role=agent state=CONNECTED",
                "t actions.updated i1");
    }

    @Test
    void retrieve_ofAConnectedCall() {
        onCall();
        client.ask("r", "conversation.retrieve", "i1.v1");
        client.hears("r failure conversation.retrieve invalidState");
    }

    @Test
    void retrieve_whileTheOtherOneTalks() {
        consulting();
        client.ask("r", "conversation.retrieve", "i1.v1");
        client.hears("r failure conversation.retrieve invalidState");
    }

    @Test
    void muteAndUnmute() {
        onCall();
        client.ask("r", "conversation.mute", "i1.v1");
        assertThat(desk.order()).isEqualTo(new Command.Mute("L1"));
        desk.switchDoes(s -> s.leg("L1").muted = true);
        client.hears(
                "r success conversation.mute",
                "r conversation.attributeschanged i1.v1 muted=true recording=false role=primary",
                "r actions.updated i1.v1");
        client.ask("r2", "conversation.mute", "i1.v1");
        client.hears("r2 failure conversation.mute invalidState");
        client.ask("u", "conversation.unmute", "i1.v1");
        assertThat(desk.order()).isEqualTo(new Command.Unmute("L1"));
    }

    @Test
    void transfer_blind() {
        onCall();
        client.ask("r", "conversation.transfer", "i1.v1", "'destination':'8002'");
        assertThat(desk.order()).isEqualTo(new Command.SingleStepTransfer("L1", "8002"));
        desk.switchDoes(s -> {
            s.gone("L1", Cause.TRANSFERRED);
            s.free(Availability.READY, null);
        });
        assertThat(client.heard())
                .startsWith("r success conversation.transfer")
                .contains("r interaction.ended i1 cause=transferred");
    }

    @Test
    void conference_andDropmember() {
        onCall();
        client.ask("r", "conversation.conference", "i1.v1", "'destination':'1002'");
        assertThat(desk.order()).isEqualTo(new Command.SingleStepConference("L1", "1002"));
        desk.switchDoes(s -> s.leg("L1").with("P2", "1002", ALERTING));
        client.hears(
                "r success conversation.conference",
                "r conversation.member.added i1.v1 id=P2 address=1002 name=1002 role=agent state=ALERTING",
                "r actions.updated i1.v1");

        client.ask("x", "conversation.dropmember", "i1.v1", "'member':'nobody'");
        client.hears("x failure conversation.dropmember invalidRequest");
        client.ask("y", "conversation.dropmember", "i1.v1", "'member':'L1'");
        client.hears("y failure conversation.dropmember invalidRequest");
        client.ask("d", "conversation.dropmember", "i1.v1", "'member':'P2'");
        assertThat(desk.order()).isEqualTo(new Command.DropMember("L1", "P2"));
        desk.switchDoes(s -> s.leg("L1").without("P2"));
        client.hears(
                "d success conversation.dropmember",
                "d conversation.member.removed i1.v1 id=P2 address=1002 name=1002 role=agent state=ALERTING",
                "d actions.updated i1.v1");
        client.ask("z", "conversation.dropmember", "i1.v1", "'member':'P1'");
        client.hears("z failure conversation.dropmember invalidState");
    }

    @Test
    void senddtmf() {
        onCall();
        client.ask("r", "conversation.senddtmf", "i1.v1", "'digits':'12#'");
        assertThat(desk.order()).isEqualTo(new Command.SendDtmf("L1", "12#"));
        desk.calls.asked.remove().reply().complete(Reply.ACCEPTED);
        desk.settle();
        client.hears("r success conversation.senddtmf");
        client.ask("x", "conversation.senddtmf", "i1.v1", "'digits':'hello'");
        client.hears("x failure conversation.senddtmf invalidRequest");
    }
}
