package io.interactionprocessor.cti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.LinkEvent;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.testkit.RecordedFormat;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinkCodecTest {
    private static final AgentView VIEW = AgentView.loggedOff("ann", 3, 4);

    static List<LinkRequest> requests() {
        return List.of(
                new LinkRequest.Attach("ann", new Epoch(7), "sessions.n1"),
                new LinkRequest.Execute(new AgentCommand("ann", new Epoch(7), "id", new Command.Hold("c1"))),
                new LinkRequest.OperateSwitch("{\"operation\":\"calls\"}"));
    }

    static List<LinkReply> replies() {
        return List.of(
                new LinkReply.Attached(Attachment.of(VIEW)),
                new LinkReply.Attached(Attachment.refused(Refusal.STALE_EPOCH, "old")),
                new LinkReply.Executed(Reply.accepted(9)),
                new LinkReply.Executed(Reply.accepted(3), new AgentEvent(VIEW, Map.of(), "id")),
                new LinkReply.Side(404, "{}"),
                new LinkReply.NotHolder(true));
    }

    static List<LinkEvent> events() {
        return List.of(
                new LinkEvent.AgentChanged("sim", new AgentEvent(VIEW, Map.of(), "id"), new Epoch(7)),
                new LinkEvent.LinkUp("sim", new Epoch(2)),
                new LinkEvent.LinkDown("sim", new Epoch(2), "cut"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsComeBackAsTheyWere(LinkRequest request) {
        assertThat(LinkCodec.decodeRequest(LinkCodec.encode(request))).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void repliesComeBackAsTheyWere(LinkReply reply) {
        assertThat(LinkCodec.decodeReply(LinkCodec.encode(reply))).isEqualTo(reply);
    }

    @ParameterizedTest
    @MethodSource("events")
    void eventsComeBackAsTheyWere(LinkEvent event) {
        assertThat(LinkCodec.decodeEvent(LinkCodec.encode(event))).isEqualTo(event);
    }

    @Test
    void everyKindIsInTheListsAbove() {
        assertThat(requests().stream().map(Object::getClass).distinct())
                .hasSize(LinkRequest.class.getPermittedSubclasses().length);
        assertThat(replies().stream().map(Object::getClass).distinct())
                .hasSize(LinkReply.class.getPermittedSubclasses().length);
        assertThat(events().stream().map(Object::getClass).distinct())
                .hasSize(LinkEvent.class.getPermittedSubclasses().length);
    }

    @Test
    void allOfThemAreWrittenAsRecorded() {
        List<byte[]> written = new ArrayList<>();
        requests().forEach(request -> written.add(LinkCodec.encode(request)));
        replies().forEach(reply -> written.add(LinkCodec.encode(reply)));
        events().forEach(event -> written.add(LinkCodec.encode(event)));
        RecordedFormat.check("link", written);
    }

    @Test
    void whatIsNotKnownIsSaid() {
        assertThatThrownBy(() -> LinkCodec.decodeRequest(new byte[] {99})).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> LinkCodec.decodeReply(new byte[] {99})).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> LinkCodec.decodeEvent(new byte[] {})).isInstanceOf(UncheckedIOException.class);
    }
}
