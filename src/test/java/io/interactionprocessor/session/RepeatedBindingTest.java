package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.protocol.Inbound;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that asks for its session several times (protocol 6.2, 6.3): no event comes twice over one connection. */
class RepeatedBindingTest {
    private Desk desk;
    private Desk.Client client;

    @BeforeEach
    void onCall() {
        desk = new Desk();
        client = desk.connect("n1");
        client.prepare(false);
        client.bind();
        desk.station.loggedOn = true;
        client.ask("s", "session.start", "session");
        desk.happens(s -> s.add("L1", ConversationState.CONNECTED).with("P1", "5550101", ConversationState.CONNECTED));
        client.heard();
    }

    private void mute(boolean muted) {
        desk.happens(s -> s.leg("L1").muted = muted);
    }

    private List<String> muted(boolean muted) {
        return List.of(
                "- conversation.attributeschanged i1.v1 muted=" + muted + " recording=false role=primary",
                "- actions.updated i1.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void twiceInOneGo_tellsWhatWasMissedOnce(String node) {
        client.drop();
        mute(true);
        Desk.Client again = desk.connect(node);
        again.follow(client);
        again.bindNow("x", client.resource, client.resumeKey, client.sequence);
        again.bindNow("y", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(3_000);
        assertThat(again.heard()).filteredOn(line -> line.startsWith("- ")).isEqualTo(muted(true));
        mute(false);
        assertThat(again.heard()).isEqualTo(muted(false));
    }

    @Test
    void overTheConnectionThatHasIt_tellsNothingThatItHasTold() {
        long before = client.sequence;
        mute(true);
        assertThat(client.heard()).isEqualTo(muted(true));
        client.bind("b", client.resource, client.resumeKey, before);
        client.hears("b success bindResource epoch=1 resumed=true active");
        mute(false);
        assertThat(client.heard()).isEqualTo(muted(false));
    }

    @Test
    void overTheConnectionThatHasIt_whileEventsAreBeingStored() {
        desk.storeFailures = 1;
        desk.happens(s -> s.leg("L1").muted = true);
        client.bindNow("b", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(3_000);
        assertThat(client.heard())
                .containsExactly(
                        muted(true).get(0), muted(true).get(1), "b success bindResource epoch=1 resumed=true active");
    }

    @Test
    void overTheConnectionThatHasIt_withoutLastSequence_tellsAll() {
        client.bind("b", client.resource, client.resumeKey, null);
        client.hears("b success bindResource epoch=1 resumed=false active", "- session.snapshot session");
    }

    /** What it lets go of is told to nobody: the next binding makes up for it. */
    @Test
    void afterLettingGo_tellsWhatWasMissed() {
        client.unbind();
        client.heard();
        mute(true);
        client.bind("b", client.resource, client.resumeKey, client.sequence);
        assertThat(client.heard())
                .containsExactly(
                        "b success bindResource epoch=1 resumed=true active",
                        muted(true).get(0),
                        muted(true).get(1));
    }

    /** An attempt that its client has given up; it may have the session over a newer connection by now. */
    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void overAConnectionThatHasGone_takesTheSessionFromNobody(String node) {
        Desk.Client early = desk.connect(node);
        early.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.host(node).receive(new Inbound.Closed(early.address));
        desk.time.pass(3_000);
        client.hears();
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().epoch()).isEqualTo(new Epoch(1));
        mute(true);
        assertThat(client.heard()).isEqualTo(muted(true));
    }

    @Test
    void grantedWhenItsNodeIsCutOff_takesTheSessionFromNobody() {
        Desk.Client again = desk.connect("n2");
        again.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(1);
        desk.quorum = false;
        desk.time.pass(1_000);
        again.hears("x failure bindResource noQuorum");
        client.hears();
    }

    /** The grant was under way when its client gave up; where the client is now it must not take it for its own doing. */
    @Test
    void grantedToAConnectionThatHasGone_sendsTheClientToWhereItsSessionIs() {
        Desk.Client early = desk.connect("n2");
        early.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(1);
        desk.host("n2").receive(new Inbound.Closed(early.address));
        desk.time.pass(1_000);
        client.hears("unbound 1012");
        comesBackWithNothingMissing();
    }

    private void comesBackWithNothingMissing() {
        assertThat(desk.host("n1").size()).isZero();
        mute(true);
        Desk.Client back = desk.connect("n1");
        back.resume(client);
        assertThat(back.heard().get(0)).contains("resumed=true active");
        mute(false);
        assertThat(back.heard()).isEqualTo(muted(false));
    }

    /** Granted while its client was there, who gave up while the old owner was waited for. */
    @Test
    void carriedOutWhenItsClientHasGone_sendsTheClientToWhereItsSessionIs() {
        Desk.Client early = desk.connect("n2");
        desk.dead.add("n1");
        early.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(500);
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().epoch()).isEqualTo(new Epoch(2));
        desk.host("n2").receive(new Inbound.Closed(early.address));
        desk.time.pass(3_000);
        desk.dead.remove("n1");
        desk.host("n1").regained();
        desk.time.pass(1_000);
        client.hears("unbound 1012");
        comesBackWithNothingMissing();
    }

    /** The old owner reads the directory just before the new one, whose client has gone, marks the entry, and the store after. */
    @Test
    void grantedToAConnectionThatHasGone_isNotJudgedByWhatTheDirectorySaidBefore() {
        SessionId id = new SessionId(client.resource);
        desk.directory.force(
                Desk.KEY, e -> new DirectoryEntry(id, "n2", e.epoch().next(), e.keyHash(), e.since()));
        desk.host("n1").regained();
        desk.time.pass(1);
        desk.directory.force(
                Desk.KEY, e -> new DirectoryEntry(id, "n2", e.epoch().next(), e.keyHash(), e.since(), true));
        desk.store.fence(id, new Epoch(3), StoredSession.NO_EVENTS);
        desk.time.pass(500);
        client.hears("unbound 1012");
    }

    /** What the directory says of it meanwhile is nobody's concern but the binding's. */
    @Test
    void thatTakesLong_isNotComparedWithTheDirectory() {
        client.drop();
        Desk.Client again = desk.connect("n2");
        desk.bindTravels = 25_000;
        again.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(24_000);
        desk.bindTravels = 0;
        desk.time.pass(3_000);
        again.hears("x success bindResource epoch=2 resumed=true active");
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().epoch()).isEqualTo(new Epoch(2));
    }

    /** Granted, and not carried out yet: the node that has the session goes on with it, whatever it finds. */
    @Test
    void thatTakesLong_leavesTheSessionWhereItIsUntilThen() {
        Desk.Client again = desk.connect("n2");
        desk.bindTravels = 25_000;
        again.bindNow("x", client.resource, client.resumeKey, null);
        desk.time.pass(24_000);
        client.hears();
        mute(true);
        assertThat(client.heard()).isEqualTo(muted(true));
        desk.time.pass(3_000);
        client.hears("unbound 4001");
        again.hears("x success bindResource epoch=2 resumed=false active", "- session.snapshot session");
    }

    /** The old owner stood still, and nobody could tell it: the directory says what has become of its client. */
    @Test
    void carriedOutWhileTheOldOwnerStoodStill_closesTheOldConnectionForGood() {
        desk.dead.add("n1");
        Desk.Client again = desk.connect("n2");
        again.resume(client);
        desk.time.pass(3_000);
        assertThat(again.heard().get(0)).contains("resumed=true active");
        desk.dead.remove("n1");
        desk.host("n1").regained();
        desk.time.pass(1_000);
        client.hears("unbound 4001");
    }

    /** The connection that has the session asks for it again, and the directory has it elsewhere: it comes once more. */
    @Test
    void overTheConnectionThatHasIt_afterAGrantThatCameToNothing() {
        desk.directory.force(
                Desk.KEY, e -> new DirectoryEntry(e.session(), "n2", e.epoch().next(), e.keyHash(), e.since()));
        client.bind("b", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(2_000);
        assertThat(client.heard()).contains("unbound 1012").doesNotContain("unbound 4001");
        client.drop();
        Desk.Client back = desk.connect("n1");
        back.resume(client);
        assertThat(back.heard().get(0)).contains("resumed=true active");
    }

    /** The directory had granted it all the same; until that is found the session goes on where it is. */
    @Test
    void overAConnectionThatHasGone_isNotTriedAgain() {
        desk.directoryFailures = 1;
        Desk.Client early = desk.connect("n2");
        early.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(1);
        desk.host("n2").receive(new Inbound.Closed(early.address));
        desk.time.pass(3_000);
        mute(true);
        assertThat(client.heard()).isEqualTo(muted(true));
        desk.time.pass(12_000);
        assertThat(desk.host("n2").size()).isEqualTo(1);
        desk.time.pass(10_000);
        client.hears("unbound 1012");
        comesBackWithNothingMissing();
    }

    /** It waited for its turn behind another binding when its connection went. */
    @Test
    void keptBehindAnother_overAConnectionThatHasGone_takesTheSessionFromNobody() {
        client.drop();
        Desk.Client first = desk.connect("n1");
        Desk.Client second = desk.connect("n1");
        first.follow(client);
        desk.findTravels = 500;
        first.bindNow("x", client.resource, client.resumeKey, client.sequence);
        second.bindNow("y", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(100);
        first.hears();
        desk.lostConnections.add(second.address);
        desk.host("n1").receive(new Inbound.Closed(second.address));
        desk.findTravels = 0;
        desk.time.pass(3_000);
        first.hears("x success bindResource epoch=1 resumed=true active");
        mute(true);
        assertThat(first.heard()).isEqualTo(muted(true));
    }

    /** What its client has given up is granted when the session is here, because the client has come back to this node. */
    @Test
    void grantedToAConnectionThatHasGone_whenItsClientIsHereAgain_changesNothing() {
        client.drop();
        Desk.Client early = desk.connect("n2");
        desk.bindTravels = 500;
        early.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(100);
        desk.host("n2").receive(new Inbound.Closed(early.address));
        desk.bindTravels = 0;
        Desk.Client again = desk.connect("n2");
        again.resume(client);
        assertThat(again.heard().get(0)).contains("epoch=2 resumed=true active");
        desk.time.pass(3_000);
        again.hears();
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().epoch()).isEqualTo(new Epoch(2));
    }

    /** As before, but the client's next binding has not been granted yet. */
    @Test
    void grantedToAConnectionThatHasGone_whenItsClientIsAboutToComeHere_leavesItToThat() {
        client.drop();
        Desk.Client early = desk.connect("n2");
        desk.bindTravels = 500;
        early.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(100);
        desk.host("n2").receive(new Inbound.Closed(early.address));
        Desk.Client again = desk.connect("n2");
        again.follow(client);
        again.bindNow("y", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(3_000);
        again.hears("y success bindResource epoch=2 resumed=true active");
        assertThat(desk.directory.find(Desk.KEY).orElseThrow().epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void grantedToAConnectionThatHasGone_asksTheStoreUntilItAnswers() {
        Desk.Client early = desk.connect("n2");
        early.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(1);
        desk.storeFailures = 3;
        desk.host("n2").receive(new Inbound.Closed(early.address));
        desk.time.pass(1_000);
        assertThat(desk.host("n2").size()).as("not yet").isZero();
        desk.time.pass(1_000);
        assertThat(desk.host("n2").size()).isEqualTo(1);
        client.hears("unbound 1012");
        comesBackWithNothingMissing();
    }

    /** Its client is told that the outcome is unknown, and has gone when the store answers again. */
    @Test
    void whoseStoreDoesNotAnswer_isCarriedOutAllTheSame() {
        client.drop();
        Desk.Client again = desk.connect("n2");
        again.follow(client);
        again.bindNow("x", client.resource, client.resumeKey, client.sequence);
        desk.time.pass(1);
        desk.storeFailures = 1;
        desk.time.pass(100);
        again.hears("x failure bindResource timeout");
        desk.time.pass(1_000);
        assertThat(desk.host("n2").size()).isEqualTo(1);
        comesBackWithNothingMissing();
    }
}
