package io.interactionprocessor.model.csta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.MemberRole;
import io.interactionprocessor.testkit.RecordedFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CstaCodecTest {
    private interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static <T> byte[] write(T value, Writer<T> writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(new DataOutputStream(bytes), value);
        return bytes.toByteArray();
    }

    private static <T> T roundTrip(T value, Writer<T> writer, Reader<T> reader) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(write(value, writer)));
        T read = reader.read(in);
        assertThat(in.available()).as("bytes left over").isZero();
        return read;
    }

    private static Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("z", "ünïcode \uD83D\uDE00");
        data.put("a", null);
        data.put("i", 7);
        data.put("l", 7L);
        data.put("d", 1.5);
        data.put("bi", new BigInteger("123456789012345678901234567890"));
        data.put("bd", new BigDecimal("1.10"));
        data.put("t", true);
        data.put("f", false);
        data.put("list", Arrays.asList(1, null, List.of("x"), Map.of("k", "v")));
        data.put("long", "x".repeat(100_000));
        return data;
    }

    static List<Command> commands() {
        return List.of(
                new Command.LogOn("1001"),
                new Command.LogOff(),
                new Command.SetState(Availability.READY, null),
                new Command.SetState(Availability.NOT_READY, "lunch"),
                new Command.CancelPending(),
                new Command.Complete("sold", null),
                new Command.MakeCall("5550101", data()),
                new Command.Answer("a"),
                new Command.Reject("a"),
                new Command.Release("a"),
                new Command.Hold("a"),
                new Command.Retrieve("a"),
                new Command.Mute("a"),
                new Command.Unmute("a"),
                new Command.SendDtmf("a", "0-9*#A-D"),
                new Command.SingleStepTransfer("a", "8001"),
                new Command.SingleStepConference("a", "1002"),
                new Command.DropMember("a", "b"),
                new Command.Consult("a", "1002"),
                new Command.Alternate("a", "b"),
                new Command.Reconnect("a", "b"),
                new Command.Transfer("a", "b"),
                new Command.Conference("a", "b"),
                new Command.SetData("a", data(), List.of("x", "y")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandComesBackAsItWas(Command command) throws IOException {
        AgentCommand sent = new AgentCommand("1001", new Epoch(Long.MAX_VALUE), "s-r1", command);
        assertThat(roundTrip(sent, CstaCodec::writeAgentCommand, CstaCodec::readAgentCommand))
                .isEqualTo(sent);
    }

    @Test
    void everyKindOfCommandIsInTheListAbove() {
        assertThat(commands().stream().map(Object::getClass).distinct())
                .hasSize(Command.class.getPermittedSubclasses().length);
    }

    private static AgentView view() {
        Member self = new Member("c1", "1001", "Ann", MemberRole.AGENT, ConversationState.CONNECTED);
        Member other = new Member("c2", "5550101", "5550101", MemberRole.CUSTOMER, ConversationState.HELD);
        CallLeg leg = new CallLeg(
                "c1",
                "7",
                null,
                ConversationState.CONNECTED,
                Cause.NORMAL,
                Direction.INBOUND,
                "sales",
                "5550101",
                "8001",
                data(),
                true,
                false,
                List.of(self, other),
                123L);
        CallLeg consult = new CallLeg(
                "c3",
                "8",
                "c1",
                ConversationState.FAILED,
                Cause.BUSY,
                Direction.INTERNAL,
                null,
                "1001",
                "1002",
                Map.of(),
                false,
                true,
                List.of(),
                124L);
        return new AgentView(
                "1001",
                9,
                true,
                "1001",
                Availability.BUSY,
                null,
                Availability.NOT_READY,
                "lunch",
                5,
                List.of(leg, consult));
    }

    @Test
    void viewsEventsAndAnswersComeBackAsTheyWere() throws IOException {
        AgentView view = view();
        AgentEvent event = new AgentEvent(view, Map.of("c9", Cause.TRANSFERRED, "c8", Cause.ABANDONED), "id");
        assertThat(roundTrip(event, CstaCodec::writeAgentEvent, CstaCodec::readAgentEvent))
                .isEqualTo(event);
        for (Attachment attachment : List.of(
                Attachment.of(view),
                Attachment.of(AgentView.loggedOff("1002", 1, 2)),
                Attachment.refused(Refusal.STALE_EPOCH, "older"))) {
            assertThat(roundTrip(attachment, CstaCodec::writeAttachment, CstaCodec::readAttachment))
                    .isEqualTo(attachment);
        }
        for (Reply reply : List.of(Reply.ACCEPTED, Reply.accepted(7), Reply.refused(Refusal.CTI_REJECTED, "no"))) {
            assertThat(roundTrip(reply, CstaCodec::writeReply, CstaCodec::readReply))
                    .isEqualTo(reply);
        }
    }

    @Test
    void allOfThemAreWrittenAsRecorded() throws IOException {
        List<byte[]> written = new ArrayList<>();
        for (Command command : commands()) {
            written.add(write(
                    new AgentCommand("1001", new Epoch(Long.MAX_VALUE), "s-r1", command),
                    CstaCodec::writeAgentCommand));
        }
        for (Cause cause : Cause.values()) {
            written.add(write(new AgentEvent(view(), Map.of("c9", cause), "id"), CstaCodec::writeAgentEvent));
        }
        for (Refusal refusal : Refusal.values()) {
            written.add(write(Attachment.refused(refusal, "no"), CstaCodec::writeAttachment));
            written.add(write(Reply.refused(refusal, "no"), CstaCodec::writeReply));
        }
        written.add(write(Attachment.of(view()), CstaCodec::writeAttachment));
        written.add(write(Reply.accepted(7), CstaCodec::writeReply));
        RecordedFormat.check("telephony", written);
    }

    @Test
    void theOrderOfKeysStays() throws IOException {
        Map<String, Object> back = roundTrip(data(), DataCodec::writeMap, DataCodec::readMap);
        assertThat(back.keySet()).containsExactlyElementsOf(data().keySet());
    }

    @Test
    void whatIsNotKnownIsSaid() {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[] {99}));
        assertThatThrownBy(() -> DataCodec.readValue(in)).isInstanceOf(IOException.class);
        DataInputStream operation = new DataInputStream(new ByteArrayInputStream(new byte[] {99}));
        assertThatThrownBy(() -> CstaCodec.readCommand(operation)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> roundTrip(Map.of("k", new Object()), DataCodec::writeMap, DataCodec::readMap))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
