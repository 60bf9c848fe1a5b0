package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.csta.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operation that goes on for long enough to be noticed is told of (protocol 7.2, {@code actions.updated}). */
class LastingOperationTest {
    private final Desk desk = new Desk();
    private Desk.Client client = desk.connect("n1");

    @BeforeEach
    void onCall() {
        desk.station.loggedOn = true;
        desk.station.availability = Availability.READY;
        client.prepare(false);
        client.bind();
        client.ask("s", "session.start", "session");
        desk.happens(s -> s.add("L1", ConversationState.CONNECTED).with("P1", "5550101", ConversationState.CONNECTED));
        client.heard();
    }

    private void nothingElseGoes() {
        assertThat(client.actions("i1.v1")).isEmpty();
        assertThat(client.actions("i1")).isEmpty();
        assertThat(client.blocked("i1.v1", "conversation.mute")).isEqualTo("operationInProgress");
        assertThat(client.blocked("i1.v1", "conversation.answer")).isEqualTo("invalidState");
    }

    @Test
    void itsBeginAndItsEnd() {
        client.ask("a", "conversation.hold", "i1.v1");
        desk.time.pass(100);
        client.hears();
        desk.time.pass(100);
        client.hears("- actions.updated i1", "- actions.updated i1.v1");
        nothingElseGoes();
        desk.switchDoes(s -> s.leg("L1").now(ConversationState.HELD));
        client.hears(
                "a success conversation.hold",
                "a state.updated i1.v1 state=HELD previous=CONNECTED cause=normal",
                "a conversation.member.changed i1.v1 id=L1 address=1001 name=1001 role=agent state=HELD",
                "a actions.updated i1");
        assertThat(client.actions("i1.v1")).contains("conversation.retrieve");
    }

    @Test
    void oneThatFails() {
        client.ask("a", "conversation.hold", "i1.v1");
        desk.time.pass(300);
        client.heard();
        desk.switchRefuses(Refusal.CTI_REJECTED, "not now");
        client.hears("a failure conversation.hold ctiRejected", "- actions.updated i1", "- actions.updated i1.v1");
        assertThat(client.actions("i1.v1")).contains("conversation.hold");
    }

    @Test
    void oneWhoseNodeDies() {
        client.ask("a", "conversation.hold", "i1.v1");
        desk.time.pass(300);
        client.heard();
        nothingElseGoes();
        Desk.Client before = client;
        desk.dead.add("n1");
        desk.host("n2").nodeLeft("n1");
        client = desk.connect("n2");
        client.resume(before);
        desk.time.pass(1_500);
        assertThat(client.heard()).contains("- actions.updated i1", "- actions.updated i1.v1");
        assertThat(client.actions("i1.v1")).contains("conversation.hold");
    }

    @Test
    void ofTheChannel_isNotTold() {
        client.ask("a", "channel.notready", "c1", "'reason':'lunch'");
        desk.time.pass(300);
        client.hears();
    }
}
