package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that is over while its store stands still: its client hears all that there was, in order, and the end. */
class UnstoredEndTest {
    private static final String[] ALL = {
        "- conversation.attributeschanged i1.v1 muted=true recording=false role=primary",
        "- actions.updated i1.v1",
        "- conversation.attributeschanged i1.v1 muted=false recording=false role=primary",
        "- actions.updated i1.v1",
        "h failure conversation.hold timeout",
        "- session.ended session reason=overridden",
        "unbound ended 4002"
    };

    private final Desk desk = new Desk();
    private final Desk.Client client = desk.connect("n1");

    @BeforeEach
    void onCall() {
        client.prepare(false);
        client.bind();
        desk.station.loggedOn = true;
        client.ask("s", "session.start", "session");
        desk.happens(s -> s.add("L1", ConversationState.CONNECTED).with("P1", "5550101", ConversationState.CONNECTED));
        client.heard();
    }

    private void storeStands() {
        desk.storeStands = true;
        desk.happens(s -> s.leg("L1").muted = true);
        desk.happens(s -> s.leg("L1").muted = false);
        client.ask("h", "conversation.hold", "i1.v1");
        client.hears();
    }

    /** What the directory has is somebody else's; nobody has told this session's node. */
    private void overriddenUnheard() {
        desk.directory.force(
                Desk.KEY,
                entry -> new DirectoryEntry(new SessionId("another"), "n2", new Epoch(7), null, desk.time.now()));
        desk.host("n1").regained();
        desk.settle();
    }

    @Test
    void overridden() {
        storeStands();
        Desk.Client other = desk.connect("n2");
        other.prepare(true);
        client.hears(ALL);
    }

    @Test
    void overridden_andOnlyTheDirectoryTells() {
        storeStands();
        overriddenUnheard();
        client.hears(ALL);
        assertThat(desk.host("n1").size()).isZero();
    }

    /** The request has waited for the binding, which comes to nothing. */
    @Test
    void overridden_whileItIsBeingBoundAndARequestWaits() {
        desk.storeFailures = 1;
        desk.happens(s -> s.leg("L1").muted = true);
        client.bindNow("b", client.resource, client.resumeKey, client.sequence);
        client.ask("x", "session.snapshot", "session");
        client.hears();
        desk.directory.force(
                Desk.KEY,
                entry -> new DirectoryEntry(new SessionId("another"), "n2", new Epoch(7), null, desk.time.now()));
        desk.store.remove(new SessionId(client.resource), new Epoch(7));
        desk.time.pass(3_000);
        client.hears(
                ALL[0],
                ALL[1],
                "- session.ended session reason=overridden",
                "unbound ended 4002",
                "b error unknownResource",
                "x error unknownResource");
    }

    /** Its agent has logged out, and somebody who has overridden it meanwhile has removed what is stored. */
    @Test
    void ended_andRemoved() {
        desk.happens(station -> station.gone("L1", Cause.NORMAL));
        client.ask("o", "session.logout", "session");
        client.heard();
        desk.store.remove(new SessionId(client.resource), new Epoch(7));
        desk.switchDoes(station -> station.loggedOn = false);
        assertThat(client.heard()).endsWith("o session.ended session reason=logout", "unbound ended");
        assertThat(desk.host("n1").size()).isZero();
    }
}
