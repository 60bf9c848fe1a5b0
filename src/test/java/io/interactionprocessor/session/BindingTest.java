package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Inbound;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preparing, binding, resuming, overriding (protocol 4.1, 6.1 to 6.3), on one node and over two. */
@ParameterizedClass(name = "ports complete at once: {0}")
@ValueSource(booleans = {false, true})
class BindingTest {
    private static final ConversationState CONNECTED = ConversationState.CONNECTED;
    private static final ConversationState HELD = ConversationState.HELD;

    @Parameter
    boolean atOnce;

    private Desk desk;
    private Desk.Client client;
    private String releaseId;

    @BeforeEach
    void open() {
        desk = new Desk(atOnce);
        client = desk.connect("n1");
    }

    private void onCall() {
        client.prepare(false);
        client.bind();
        desk.station.loggedOn = true;
        desk.station.availability = Availability.READY;
        client.ask("s", "session.start", "session");
        desk.happens(s -> s.add("L1", CONNECTED).with("P1", "5550101", CONNECTED));
        client.heard();
    }

    private void mute(boolean muted) {
        desk.happens(s -> s.leg("L1").muted = muted);
    }

    // ---- prepare

    @Test
    void prepare_whatCanBeWrong() {
        client.prepare("a", false, "wrong", "");
        client.prepare("b", false, "often", "");
        client.prepare("c", false, "demo", "no such");
        desk.quorum = false;
        client.prepare("d", false, "demo", "");
        desk.quorum = true;
        desk.accepting = false;
        client.prepare("e", false, "demo", "");
        desk.accepting = true;
        desk.calls.down = true;
        client.prepare("f", false, "demo", "other");
        client.hears(
                "a failure prepareSession invalidCredentials",
                "b failure prepareSession tooManyAttempts",
                "c failure prepareSession unknownModel",
                "d failure prepareSession noQuorum",
                "e failure prepareSession notAcceptingSessions",
                "f failure prepareSession ctiUnavailable");
        assertThat(desk.directory.all()).isEmpty();
    }

    @Test
    void prepare_anAgentWhoHasASession_confirms() {
        onCall();
        Desk.Client other = desk.connect("n2");
        other.prepare(false);
        other.hears("p1 confirm prepareSession active node-n1 1");
        client.hears();
    }

    @Test
    void override_endsTheOldSession_theNewOneFindsItsCalls() {
        Stream.of("n1", "n2").forEach(node -> {
            open();
            onCall();
            Desk.Client other = desk.connect(node);
            other.prepare(true);
            other.hears("p1 success prepareSession");
            client.hears("- session.ended session reason=overridden", "unbound ended 4002");
            assertThat(desk.store.sessions()).hasSize(1);
            assertThat(Stream.of("n1", "n2").mapToInt(n -> desk.host(n).size()).sum())
                    .isEqualTo(1);

            other.bind();
            other.ask("s", "session.start", "session");
            assertThat(other.heard())
                    .contains("b2 success bindResource epoch=2 resumed=false bound")
                    .anyMatch(line -> line.startsWith("s interaction.created i1"))
                    .endsWith("s session.initialized session");
            client.ask("x", "session.snapshot", "session");
            client.hears("x error unknownResource");
        });
    }

    @Test
    void whatTheSwitchHasDoneForANodeThatDied_isAnsweredSo_alsoWhenItIsNoLongerPossible() {
        Desk.Client again = resumedAfterARelease();
        again.ask("a", "conversation.release", "i1.v1");
        SwitchScript.Asked asked = desk.calls.asked.remove();
        assertThat(asked.command().id()).isEqualTo(releaseId);
        assertThat(asked.command().command()).as("does nothing").isEqualTo(new Command.Release(""));
        asked.reply().complete(Reply.accepted(desk.station.version));
        desk.settle();
        again.hears("a success conversation.release");
    }

    @Test
    void whatTheSwitchHasNotDoneForANodeThatDied_isRefusedAsAnythingElse() {
        Desk.Client again = resumedAfterARelease();
        again.ask("b", "conversation.hold", "i1.v1");
        int attached = desk.calls.attached;
        desk.switchRefuses(Refusal.INVALID_STATE, "no such leg");
        again.hears("b failure conversation.hold invalidTarget");
        assertThat(desk.calls.attached).isEqualTo(attached);
        desk.time.pass(30_000);
        again.ask("c", "conversation.hold", "i1.v1");
        again.hears("c failure conversation.hold invalidTarget");
        assertThat(desk.calls.asked).isEmpty();
    }

    /** The switch releases the call; the node dies before it hears of it, and the client resumes on the other one. */
    private Desk.Client resumedAfterARelease() {
        onCall();
        client.ask("a", "conversation.release", "i1.v1");
        desk.settle();
        releaseId = desk.calls.asked.remove().command().id();
        desk.station.gone("L1", Cause.NORMAL);
        desk.station.free(Availability.READY, null);
        desk.station.version++;
        desk.dead.add("n1");
        desk.host("n2").nodeLeft("n1");
        Desk.Client again = desk.connect("n2");
        again.resume(client);
        desk.time.pass(1_500);
        assertThat(again.heard()).contains("- interaction.ended i1 cause=resync");
        return again;
    }

    @Test
    void override_whileACommandIsWithTheSwitch_itsOutcomeIsUnknown() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        desk.order();
        Desk.Client other = desk.connect("n2");
        other.prepare(true);
        client.hears(
                "a failure conversation.hold timeout",
                "- session.ended session reason=overridden",
                "unbound ended 4002");
    }

    @Test
    void override_ofASessionOnADeadNode() {
        onCall();
        desk.dead.add("n1");
        Desk.Client other = desk.connect("n2");
        other.prepare(true);
        desk.time.pass(1_500);
        other.hears("p1 success prepareSession");
    }

    @Test
    void twoPrepareAtOnce_oneGetsIt() {
        Desk.Client other = desk.connect("n2");
        for (Desk.Client each : List.of(client, other)) {
            each.send("{'messageType':'serviceRequest','requestId':'p','serviceId':'sim','request':{'command':"
                    + "'prepareSession','data':{'agent':{'id':'1001','password':'demo'}}}}");
        }
        desk.settle();
        assertThat(Stream.concat(client.heard().stream(), other.heard().stream()))
                .containsExactlyInAnyOrder("p success prepareSession", "p confirm prepareSession prepared node-n1 0");
    }

    @Test
    void twoOverrideAtOnce_oneSessionStays() {
        onCall();
        Desk.Client one = desk.connect("n1");
        Desk.Client two = desk.connect("n2");
        for (Desk.Client each : List.of(one, two)) {
            each.send("{'messageType':'serviceRequest','requestId':'p','serviceId':'sim','request':{'command':"
                    + "'prepareSession','data':{'override':true,'agent':{'id':'1001','password':'demo'}}}}");
        }
        desk.time.pass(3_000);
        one.hears("p success prepareSession");
        two.hears("p success prepareSession");
        assertThat(desk.host("n1").size() + desk.host("n2").size()).isEqualTo(1);
        assertThat(desk.store.sessions()).hasSize(1);
        SessionId owner = desk.directory.find(Desk.KEY).orElseThrow().session();
        for (Desk.Client each : List.of(one, two)) {
            each.bind();
            assertThat(each.heard())
                    .last()
                    .isEqualTo(
                            each.resource.equals(owner.value())
                                    ? "b1 success bindResource epoch=3 resumed=false bound"
                                    : "b1 error unknownResource");
        }
    }

    @Test
    void anOverrideWhoseAnswerIsLost_isSentAgain() {
        onCall();
        Desk.Client other = desk.connect("n2");
        desk.overrideFailures = 1;
        other.prepare(true);
        desk.time.pass(500);
        other.hears("p1 success prepareSession");
        client.hears("- session.ended session reason=overridden", "unbound ended 4002");
        other.bind();
        other.hears("b2 success bindResource epoch=2 resumed=false bound");
    }

    @Test
    void anOverrideWhoseAnswerIsLost_doesNotDestroyTheSessionThatHasOverriddenIt() {
        onCall();
        Desk.Client one = desk.connect("n1");
        Desk.Client two = desk.connect("n2");
        desk.overrideFailures = 1;
        desk.overrideTravels = 200;
        one.prepare(true);
        desk.overrideTravels = 0;
        two.prepare(true);
        two.hears("p1 success prepareSession");
        desk.time.pass(500);
        one.hears("p1 success prepareSession");
        two.bind();
        two.hears("b2 success bindResource epoch=3 resumed=false bound");
        client.hears("- session.ended session reason=overridden", "unbound ended 4002");
        assertThat(desk.host("n1").size() + desk.host("n2").size()).isEqualTo(1);
        one.bind();
        one.hears("b2 error unknownResource");
    }

    @Test
    void anOverrideWhoseAnswerIsLost_andThatNobodyHasToldOfWhatOverrodeIt_isUnknown() {
        onCall();
        Desk.Client one = desk.connect("n1");
        Desk.Client two = desk.connect("n2");
        desk.overrideFailures = 1;
        desk.overrideTravels = 200;
        one.prepare(true);
        desk.overrideTravels = 0;
        desk.peersAreDeaf = true;
        two.prepare(true);
        desk.time.pass(2_000);
        two.hears("p1 success prepareSession");
        one.hears("p1 failure prepareSession timeout");
        desk.peersAreDeaf = false;
        two.bind();
        two.hears("b2 success bindResource epoch=3 resumed=false bound");
        one.prepare(true);
        one.hears("p2 success prepareSession");
        two.hears("- session.ended session reason=overridden", "unbound ended 4002");
    }

    /** The grid grants everything to a node that it believes to be one of few. */
    @Test
    void anOverrideGrantedWhenItsNodeIsCutOff_isToldToNobody() {
        onCall();
        Desk.Client other = desk.connect("n2");
        desk.overrideTravels = 200;
        other.prepare(true);
        desk.quorum = false;
        desk.time.pass(500);
        other.hears("p1 failure prepareSession noQuorum");
        client.hears();
    }

    @Test
    void anOverridesClaimWhoseAnswerIsLost_doesNotDestroyTheSessionThatHasOverriddenIt() {
        Desk.Client one = desk.connect("n1");
        Desk.Client two = desk.connect("n2");
        desk.directoryFailures = 1;
        desk.claimTravels = 200;
        one.prepare(true);
        desk.claimTravels = 0;
        two.prepare(true);
        two.hears("p1 success prepareSession");
        desk.time.pass(500);
        one.hears("p1 success prepareSession");
        two.bind();
        two.hears("b2 success bindResource epoch=2 resumed=false bound");
        assertThat(desk.host("n1").size() + desk.host("n2").size()).isEqualTo(1);
        one.bind();
        one.hears("b2 error unknownResource");
    }

    /** The id of what was overridden cannot be used again: the store remembers that it is over. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClaimWhoseAnswerIsLost_comesToASessionThatWorksWhenWhatOverrodeItIsOver(boolean override) {
        Desk.Client one = desk.connect("n1");
        Desk.Client two = desk.connect("n2");
        desk.directoryFailures = 1;
        desk.claimTravels = 400;
        one.prepare(override);
        desk.claimTravels = 0;
        two.prepare(true);
        two.bind();
        desk.host("n2").endByAdministrator(new SessionId(two.resource));
        desk.settle();
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().occupied())
                .as("the second login is over")
                .isFalse();
        one.hears();
        desk.time.pass(1_000);
        one.hears("p1 success prepareSession");
        one.bind();
        one.hears("b2 success bindResource epoch=3 resumed=false bound");
    }

    @Test
    void anOverridesClaimWhoseAnswerIsLost_andThatNobodyHasToldOfWhatOverrodeIt_isUnknown() {
        Desk.Client one = desk.connect("n1");
        Desk.Client two = desk.connect("n2");
        desk.directoryFailures = 1;
        desk.claimTravels = 200;
        one.prepare(true);
        desk.claimTravels = 0;
        desk.peersAreDeaf = true;
        two.prepare(true);
        desk.time.pass(2_000);
        two.hears("p1 success prepareSession");
        one.hears("p1 failure prepareSession timeout");
        two.bind();
        two.hears("b2 success bindResource epoch=2 resumed=false bound");
    }

    @Test
    void anOverrideThatOvertakesTheClaimsAnswer_isNotForgotten() {
        desk.claimTravels = 200;
        client.prepare(false);
        desk.claimTravels = 0;
        Desk.Client other = desk.connect("n2");
        other.prepare(true);
        other.hears("p1 success prepareSession");
        desk.time.pass(500);
        client.hears("p1 success prepareSession");
        assertThat(desk.host("n1").size()).isZero();
        assertThat(desk.host("n2").size()).isEqualTo(1);
    }

    @Test
    void whoTakesTheDeadForOver_doesNotDestroyWhatHasComeInBetween() {
        // a session that the directory has named for long and that was never stored
        desk.directory.change(Desk.KEY, before -> DirectoryEntry.claim(before, new SessionId("ghost"), "n1", 0));
        Desk.Client other = desk.connect("n2");
        desk.findTravels = 300;
        client.prepare(false);
        desk.findTravels = 0;
        other.prepare(true);
        other.hears("p1 success prepareSession");
        other.bind();
        desk.time.pass(1_000);
        assertThat(client.heard()).singleElement().asString().startsWith("p1 confirm");
        assertThat(desk.host("n2").size()).isEqualTo(1);
    }

    @Test
    void aClaimThatCameTooLate_findsOutByItself() {
        // the directory grants n1 and then n2; n1's answer is slower than n2's whole preparation
        client.prepare(false);
        SessionId first = new SessionId(client.resource);
        desk.directory.force(
                Desk.KEY,
                e -> new DirectoryEntry(new SessionId("newer"), "n2", e.epoch().next(), null, 0));
        desk.store.remove(first, new Epoch(2));
        client.bind();
        desk.time.pass(3_000);
        assertThat(desk.host("n1").size()).isZero();
    }

    @Test
    void anUnknownClaim_leavesNoGhost() {
        desk.directoryFailures = 1;
        client.prepare(false);
        desk.time.pass(2_000);
        assertThat(client.heard()).singleElement().asString().startsWith("p1 ");
        desk.time.pass(120_000);
        client.prepare(false);
        desk.time.pass(2_000);
        client.hears("p2 success prepareSession");
    }

    // ---- bind

    @Test
    void bind_isKnownToTheNextOwner_evenIfItsNodeDiesBeforeItIsStored() {
        client.prepare(false);
        client.bind();
        desk.dead.add("n1");
        // nothing of it comes to the store any more
        desk.store.fence(new SessionId(client.resource), new Epoch(2), StoredSession.NO_EVENTS);
        Desk.Client again = desk.connect("n2");
        again.bind("x", client.resource, "guessed", 0L);
        again.bind("b", client.resource, client.resumeKey, 0L);
        desk.time.pass(1_500);
        again.hears("x failure bindResource alreadyBound", "b success bindResource epoch=2 resumed=true bound");
    }

    @Test
    void bind_oneClientOnly() {
        client.prepare(false);
        client.bind();
        client.hears("p1 success prepareSession", "b2 success bindResource epoch=1 resumed=false bound");
        for (String node : List.of("n1", "n2")) {
            Desk.Client other = desk.connect(node);
            other.bind("x", client.resource, null, null);
            other.bind("y", client.resource, "guessed", 0L);
            other.hears("x failure bindResource alreadyBound", "y failure bindResource alreadyBound");
            other.resource = client.resource;
            other.ask("z", "session.start", "session");
            other.hears("z error notBound");
        }
        client.ask("s", "session.start", "session");
        assertThat(client.heard()).startsWith("s success session.start");
    }

    @Test
    void bind_whatThereIsNot() {
        client.bind("x", "nothing", null, null);
        client.hears("x error unknownResource");
    }

    @Test
    void twoBindAtOnce_oneGetsIt() {
        for (String node : List.of("n1", "n2")) {
            open();
            client.prepare(false);
            client.heard();
            Desk.Client other = desk.connect(node);
            client.bindNow("x", client.resource, null, null);
            other.bindNow("y", client.resource, null, null);
            desk.time.pass(3_000);
            List<String> all = Stream.concat(client.heard().stream(), other.heard().stream())
                    .toList();
            assertThat(all)
                    .filteredOn(line -> line.contains(" success "))
                    .as("%s %s", node, all)
                    .hasSize(1);
            assertThat(all)
                    .filteredOn(line ->
                            line.contains(" alreadyBound") || line.contains(" error ") || line.contains("staleEpoch"))
                    .hasSize(1);
            Desk.Client winner = client.resumeKey != null ? client : other;
            winner.ask("s", "session.start", "session");
            assertThat(winner.heard()).startsWith("s success session.start");
        }
    }

    @Test
    void theConnectionClosesWhileItBinds_theSessionIsDetached() {
        for (String node : List.of("n1", "n2")) {
            open();
            client.prepare(false);
            Desk.Client other = desk.connect(node);
            other.bindNow("x", client.resource, null, null);
            desk.host(node).receive(new Inbound.Closed(other.address));
            desk.time.pass(70_000);
            assertThat(desk.store.sessions()).as(node).isEmpty();
        }
    }

    @Test
    void unbind_detaches_andTheConnectionStays() {
        onCall();
        client.unbind();
        client.hears("u3 success unbindResource", "unbound");
        client.ask("x", "session.snapshot", "session");
        client.hears("x error notBound");
        mute(true);
        client.bind("b", client.resource, client.resumeKey, client.sequence);
        assertThat(client.heard())
                .startsWith(
                        "b success bindResource epoch=1 resumed=true active",
                        "- conversation.attributeschanged i1.v1 muted=true recording=false role=primary");
    }

    // ---- resume

    @Test
    void resume_afterADrop_tellsWhatWasMissed() {
        for (String node : List.of("n1", "n2")) {
            open();
            onCall();
            client.drop();
            mute(true);
            mute(false);
            Desk.Client again = desk.connect(node);
            again.resume(client);
            desk.time.pass(1_500);
            again.hears(
                    "b1 success bindResource epoch=" + (node.equals("n1") ? 1 : 2) + " resumed=true active",
                    "- conversation.attributeschanged i1.v1 muted=true recording=false role=primary",
                    "- actions.updated i1.v1",
                    "- conversation.attributeschanged i1.v1 muted=false recording=false role=primary",
                    "- actions.updated i1.v1");
            again.ask("q", "session.snapshot", "session");
            assertThat(again.tree.differences(again.snapshot)).isEmpty();
        }
    }

    @Test
    void resume_withoutLastSequence_beginsWithASnapshot() {
        for (String node : List.of("n1", "n2")) {
            for (Long last : new Long[] {null, 999L}) {
                open();
                onCall();
                client.drop();
                Desk.Client again = desk.connect(node);
                again.follow(client);
                again.bind("b", client.resource, client.resumeKey, last);
                again.hears(
                        "b success bindResource epoch=" + (node.equals("n1") ? 1 : 2) + " resumed=false active",
                        "- session.snapshot session");
                assertThat(again.snapshot.get("sequence").longValue()).isEqualTo(again.sequence);
                mute(true);
                again.ask("q", "session.snapshot", "session");
                assertThat(again.tree.differences(again.snapshot)).isEmpty();
            }
        }
    }

    @Test
    void resume_outsideTheReplayWindow() {
        onCall();
        long last = client.sequence;
        client.drop();
        for (int i = 0; i < 600; i++) {
            mute(i % 2 == 0);
        }
        Desk.Client again = desk.connect("n2");
        again.follow(client);
        again.bind("b", client.resource, client.resumeKey, last);
        again.hears("b success bindResource epoch=2 resumed=false active", "- session.snapshot session");
    }

    @Test
    void resume_whileTheOldConnectionIsThere_closesIt() {
        for (String node : List.of("n1", "n2")) {
            open();
            onCall();
            Desk.Client again = desk.connect(node);
            again.resume(client);
            client.hears("unbound 4001");
            again.hears("b1 success bindResource epoch=" + (node.equals("n1") ? 1 : 2) + " resumed=true active");
            mute(true);
            assertThat(again.heard()).hasSize(2);
            client.hears();
            client.ask("x", "session.snapshot", "session");
            client.hears("x error notBound");
            client.drop();
            mute(false);
            assertThat(again.heard()).hasSize(2);
        }
    }

    @Test
    void resume_fromADeadNode_losesNothing() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        desk.dead.add("n1");
        var asked = desk.calls.asked.remove();
        desk.happens(s -> s.leg("L1").now(HELD));
        Desk.Client again = desk.connect("n2");
        again.resume(client);
        desk.time.pass(1_500);
        assertThat(again.heard())
                .startsWith(
                        "b1 success bindResource epoch=2 resumed=true active",
                        "- state.updated i1.v1 state=HELD previous=CONNECTED cause=resync");
        again.ask("q", "session.snapshot", "session");
        assertThat(again.tree.differences(again.snapshot)).isEmpty();
        assertThat(asked.command().epoch()).isEqualTo(new Epoch(1));
    }

    @Test
    void aRequestOnItsWayWhenTheConnectionBroke_isAnsweredOnceWhenRepeated() {
        for (boolean replyFirst : List.of(true, false)) {
            open();
            onCall();
            client.ask("a", "conversation.hold", "i1.v1");
            client.drop();
            Desk.Client again = desk.connect("n1");
            again.resume(client);
            if (replyFirst) {
                desk.switchDoes(s -> s.leg("L1").now(HELD));
                again.ask("a", "conversation.hold", "i1.v1");
            } else {
                again.ask("a", "conversation.hold", "i1.v1");
                desk.switchDoes(s -> s.leg("L1").now(HELD));
            }
            assertThat(again.heard())
                    .as("reply first: %s", replyFirst)
                    .filteredOn(line -> line.startsWith("a success") || line.startsWith("a failure"))
                    .containsExactly("a success conversation.hold");
            assertThat(desk.calls.asked).isEmpty();
        }
    }

    @Test
    void aRequestThatWaitedWhenTheConnectionBroke_isAnsweredOnceWhenRepeated() {
        onCall();
        client.ask("a", "channel.notready", "c1", "'reason':'lunch'");
        client.ask("b", "channel.ready", "c1");
        client.drop();
        Desk.Client again = desk.connect("n1");
        again.resume(client);
        again.ask("b", "channel.ready", "c1");
        desk.switchDoes(s -> {
            s.pending = Availability.NOT_READY;
            s.pendingReason = "lunch";
        });
        desk.switchDoes(s -> {
            s.pending = Availability.READY;
            s.pendingReason = null;
        });
        assertThat(again.heard())
                .filteredOn(line -> line.startsWith("b success") || line.startsWith("b failure"))
                .containsExactly("b success channel.ready");
    }

    @Test
    void repeatedOnAnotherNode_namesTheSameCommand() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        String id = desk.calls.asked.remove().command().id();
        desk.dead.add("n1");
        Desk.Client again = desk.connect("n2");
        again.resume(client);
        desk.time.pass(1_500);
        again.ask("a", "conversation.hold", "i1.v1");
        assertThat(desk.calls.asked.element().command().id()).isEqualTo(id);
    }

    @Test
    void resumedOnTheSameConnection_losesNoAnswer() {
        onCall();
        client.askNow("a", "session.snapshot", "session", "");
        client.bindNow("b", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(1_000);
        assertThat(client.heard())
                .filteredOn(line -> line.startsWith("a ") || line.startsWith("b "))
                .hasSize(2);
    }

    // ---- faults

    @Test
    void anAppendWhoseOutcomeIsUnknown_isRepeatedAndToldOnce() {
        onCall();
        desk.storeFailures = 3;
        mute(true);
        client.hears();
        desk.time.pass(1_500);
        client.hears(
                "- conversation.attributeschanged i1.v1 muted=true recording=false role=primary",
                "- actions.updated i1.v1");
    }

    @Test
    void theStoreSaysAnotherHasIt_theClientIsToldWhy() {
        onCall();
        SessionId id = new SessionId(client.resource);
        desk.directory.force(
                Desk.KEY, e -> new DirectoryEntry(id, "n2", e.epoch().next(), e.keyHash(), e.since()));
        desk.store.fence(id, new Epoch(2), StoredSession.NO_EVENTS);
        mute(true);
        client.hears("unbound 4001");
        assertThat(desk.host("n1").size()).isZero();
    }

    @Test
    void theSwitchSaysStale_theSessionFindsOutThatItIsOverridden() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        desk.directory.force(
                Desk.KEY,
                e -> new DirectoryEntry(new SessionId("x"), "n2", e.epoch().next(), null, 0));
        desk.switchRefuses(Refusal.STALE_EPOCH, "a newer owner");
        client.hears(
                "a failure conversation.hold staleEpoch",
                "- session.ended session reason=overridden",
                "unbound ended 4002");
        assertThat(desk.host("n1").size()).isZero();
    }

    @Test
    void aTakeOverThatFailsHalfway_canBeRepeated() {
        onCall();
        client.drop();
        Desk.Client again = desk.connect("n2");
        again.follow(client);
        again.bindNow("b", client.resource, client.resumeKey, client.sequence);
        if (!atOnce) {
            desk.time.pass(2);
            desk.storeFailures = 1;
        }
        desk.time.pass(3_000);
        List<String> first = again.heard();
        assertThat(first).hasSize(1);
        again.bind("b2", client.resource, client.resumeKey, client.sequence);
        assertThat(again.heard())
                .singleElement()
                .asString()
                .startsWith("b2 success bindResource")
                .contains("resumed=true");
    }

    @Test
    void aTakeOverThatFailsForGood_leavesNoSessionWithoutAnOwner() {
        onCall();
        desk.happens(s -> {
            s.gone("L1", io.interactionprocessor.model.Cause.NORMAL);
            s.free(Availability.READY, null);
        });
        client.drop();
        Desk.Client again = desk.connect("n2");
        again.bindNow("b", client.resource, client.resumeKey, client.sequence);
        if (!atOnce) {
            desk.time.pass(2);
            desk.storeFailures = 1;
        }
        desk.host("n2").receive(new Inbound.Closed(again.address));
        desk.time.pass(8_000);
        desk.switchDoes(s -> s.free(Availability.NOT_READY, "connectionLost"));
        desk.time.pass(61_000);
        desk.switchDoes(s -> s.loggedOn = false);
        assertThat(desk.store.sessions()).isEmpty();
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().occupied()).isFalse();
    }

    @Test
    void aLateReplyToTheOldOwner_changesNothing() {
        onCall();
        client.ask("a", "conversation.hold", "i1.v1");
        var asked = desk.calls.asked.remove();
        Desk.Client again = desk.connect("n2");
        again.resume(client);
        again.heard();
        asked.reply().complete(Reply.ACCEPTED);
        desk.settle();
        again.hears();
        client.hears("unbound 4001");
    }
}
