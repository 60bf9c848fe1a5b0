package io.interactionprocessor.model.csta;

import static io.interactionprocessor.model.csta.DataCodec.readEnum;
import static io.interactionprocessor.model.csta.DataCodec.readMap;
import static io.interactionprocessor.model.csta.DataCodec.readString;
import static io.interactionprocessor.model.csta.DataCodec.writeEnum;
import static io.interactionprocessor.model.csta.DataCodec.writeMap;
import static io.interactionprocessor.model.csta.DataCodec.writeString;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.MemberRole;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The CSTA vocabulary as bytes, for the wire between nodes and for the grid. Written by hand: no reflection, no class
 * names. A reader throws {@link IOException} on what it does not know.
 */
public final class CstaCodec {
    private CstaCodec() {}

    /** Writes a command with its envelope. */
    public static void writeAgentCommand(DataOutput out, AgentCommand command) throws IOException {
        writeString(out, command.agent());
        out.writeLong(command.epoch().value());
        writeString(out, command.id());
        writeCommand(out, command.command());
    }

    /** Reads what {@link #writeAgentCommand} wrote. */
    public static AgentCommand readAgentCommand(DataInput in) throws IOException {
        return new AgentCommand(readString(in), new Epoch(in.readLong()), readString(in), readCommand(in));
    }

    /** Writes a command. */
    public static void writeCommand(DataOutput out, Command command) throws IOException {
        CommandCodec.write(out, command);
    }

    /** Reads what {@link #writeCommand} wrote. */
    public static Command readCommand(DataInput in) throws IOException {
        return CommandCodec.read(in);
    }

    /** Writes a reply. */
    public static void writeReply(DataOutput out, Reply reply) throws IOException {
        writeEnum(out, reply.refusal());
        writeString(out, reply.message());
        out.writeLong(reply.version());
    }

    /** Reads what {@link #writeReply} wrote. */
    public static Reply readReply(DataInput in) throws IOException {
        Refusal refusal = readEnum(in, Refusal.values());
        String message = readString(in);
        return new Reply(refusal, message, in.readLong());
    }

    /** Writes the answer to an attachment. */
    public static void writeAttachment(DataOutput out, Attachment attachment) throws IOException {
        out.writeBoolean(attachment.view() != null);
        if (attachment.view() != null) {
            writeAgentView(out, attachment.view());
        }
        writeEnum(out, attachment.refusal());
        writeString(out, attachment.message());
    }

    /** Reads what {@link #writeAttachment} wrote. */
    public static Attachment readAttachment(DataInput in) throws IOException {
        AgentView view = in.readBoolean() ? readAgentView(in) : null;
        return new Attachment(view, readEnum(in, Refusal.values()), readString(in));
    }

    /** Writes an agent's event. */
    public static void writeAgentEvent(DataOutput out, AgentEvent event) throws IOException {
        writeAgentView(out, event.view());
        out.writeInt(event.ended().size());
        for (Map.Entry<String, Cause> ended : event.ended().entrySet()) {
            writeString(out, ended.getKey());
            writeEnum(out, ended.getValue());
        }
        writeString(out, event.commandId());
    }

    /** Reads what {@link #writeAgentEvent} wrote. */
    public static AgentEvent readAgentEvent(DataInput in) throws IOException {
        AgentView view = readAgentView(in);
        int size = in.readInt();
        Map<String, Cause> ended = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String leg = readString(in);
            ended.put(leg, readEnum(in, Cause.values()));
        }
        return new AgentEvent(view, ended, readString(in));
    }

    /** Writes an agent's view. */
    public static void writeAgentView(DataOutput out, AgentView view) throws IOException {
        writeString(out, view.agent());
        out.writeLong(view.version());
        out.writeBoolean(view.loggedOn());
        writeString(out, view.station());
        writeEnum(out, view.availability());
        writeString(out, view.reason());
        writeEnum(out, view.pending());
        writeString(out, view.pendingReason());
        out.writeLong(view.since());
        out.writeInt(view.legs().size());
        for (CallLeg leg : view.legs()) {
            writeCallLeg(out, leg);
        }
    }

    /** Reads what {@link #writeAgentView} wrote. */
    public static AgentView readAgentView(DataInput in) throws IOException {
        String agent = readString(in);
        long version = in.readLong();
        boolean loggedOn = in.readBoolean();
        String station = readString(in);
        Availability availability = readEnum(in, Availability.values());
        String reason = readString(in);
        Availability pending = readEnum(in, Availability.values());
        String pendingReason = readString(in);
        long since = in.readLong();
        int size = in.readInt();
        List<CallLeg> legs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            legs.add(readCallLeg(in));
        }
        return new AgentView(
                agent, version, loggedOn, station, availability, reason, pending, pendingReason, since, legs);
    }

    /** Writes a leg. */
    public static void writeCallLeg(DataOutput out, CallLeg leg) throws IOException {
        writeString(out, leg.id());
        writeString(out, leg.call());
        writeString(out, leg.consultOf());
        writeEnum(out, leg.state());
        writeEnum(out, leg.cause());
        writeEnum(out, leg.direction());
        writeString(out, leg.queue());
        writeString(out, leg.from());
        writeString(out, leg.to());
        writeMap(out, leg.data());
        out.writeBoolean(leg.muted());
        out.writeBoolean(leg.recording());
        out.writeInt(leg.members().size());
        for (Member member : leg.members()) {
            writeMember(out, member);
        }
        out.writeLong(leg.since());
    }

    /** Reads what {@link #writeCallLeg} wrote. */
    public static CallLeg readCallLeg(DataInput in) throws IOException {
        String id = readString(in);
        String call = readString(in);
        String consultOf = readString(in);
        ConversationState state = readEnum(in, ConversationState.values());
        Cause cause = readEnum(in, Cause.values());
        Direction direction = readEnum(in, Direction.values());
        String queue = readString(in);
        String from = readString(in);
        String to = readString(in);
        Map<String, Object> data = readMap(in);
        boolean muted = in.readBoolean();
        boolean recording = in.readBoolean();
        int size = in.readInt();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(readMember(in));
        }
        return new CallLeg(
                id,
                call,
                consultOf,
                state,
                cause,
                direction,
                queue,
                from,
                to,
                data,
                muted,
                recording,
                members,
                in.readLong());
    }

    /** Writes a member. */
    public static void writeMember(DataOutput out, Member member) throws IOException {
        writeString(out, member.id());
        writeString(out, member.address());
        writeString(out, member.name());
        writeEnum(out, member.role());
        writeEnum(out, member.state());
    }

    /** Reads what {@link #writeMember} wrote. */
    public static Member readMember(DataInput in) throws IOException {
        return new Member(
                readString(in),
                readString(in),
                readString(in),
                readEnum(in, MemberRole.values()),
                readEnum(in, ConversationState.values()));
    }
}
