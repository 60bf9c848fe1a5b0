package io.interactionprocessor.session;

import static io.interactionprocessor.model.csta.DataCodec.readEnum;
import static io.interactionprocessor.model.csta.DataCodec.readMap;
import static io.interactionprocessor.model.csta.DataCodec.readString;
import static io.interactionprocessor.model.csta.DataCodec.writeEnum;
import static io.interactionprocessor.model.csta.DataCodec.writeMap;
import static io.interactionprocessor.model.csta.DataCodec.writeString;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.ChannelType;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.InteractionState;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.Role;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.CstaCodec;
import io.interactionprocessor.model.csta.DataCodec;
import io.interactionprocessor.protocol.ObjectFields;
import io.interactionprocessor.session.SessionState.LogoutRequest;
import io.interactionprocessor.session.SessionState.OpenConversation;
import io.interactionprocessor.session.SessionState.OpenInteraction;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A session's state as bytes, for the grid. It is written with every step of every session, so by hand. The first byte is
 * the version; a reader throws {@link IOException} on one it does not know.
 */
public final class SessionStateCodec {
    private static final int VERSION = 1;

    private SessionStateCodec() {}

    /** Writes a state. */
    public static void write(DataOutput out, SessionState state) throws IOException {
        out.writeByte(VERSION);
        writeString(out, state.id().value());
        writeString(out, state.processor());
        writeString(out, state.agent().domain());
        writeString(out, state.agent().agent());
        writeString(out, state.agentName());
        writeString(out, state.model());
        out.writeLong(state.since());
        writeEnum(out, state.phase());
        out.writeBoolean(state.started());
        writeString(out, state.resumeKeyHash());
        writeString(out, state.station());
        out.writeLong(state.sequence());
        out.writeLong(state.viewVersion());
        out.writeInt(state.interactions());
        out.writeInt(state.conversations());
        out.writeBoolean(state.channel() != null);
        if (state.channel() != null) {
            writeChannel(out, state.channel());
        }
        out.writeInt(state.open().size());
        for (OpenInteraction interaction : state.open()) {
            writeOpenInteraction(out, interaction);
        }
        out.writeBoolean(state.logoutRequest() != null);
        if (state.logoutRequest() != null) {
            writeString(out, state.logoutRequest().requestId());
            writeString(out, state.logoutRequest().reason());
        }
        out.writeLong(state.detachedAt());
        DataCodec.writeStrings(out, List.copyOf(state.busy()));
    }

    /** Reads what {@link #write} wrote. */
    public static SessionState read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("session state version " + version + " is not known here: a newer release wrote it");
        }
        return new SessionState(
                new SessionId(readString(in)),
                readString(in),
                new AgentKey(readString(in), readString(in)),
                readString(in),
                readString(in),
                in.readLong(),
                readEnum(in, SessionState.Phase.values()),
                in.readBoolean(),
                readString(in),
                readString(in),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readBoolean() ? readChannel(in) : null,
                readOpenInteractions(in),
                in.readBoolean() ? new LogoutRequest(readString(in), readString(in)) : null,
                in.readLong(),
                Set.copyOf(DataCodec.readStrings(in)));
    }

    private static void writeChannel(DataOutput out, ObjectFields.Channel channel) throws IOException {
        writeString(out, channel.id());
        writeString(out, channel.name());
        writeEnum(out, channel.type());
        writeEnum(out, channel.state());
        writeString(out, channel.endpoint());
        writeEnum(out, channel.availability());
        writeString(out, channel.reason());
        out.writeLong(channel.since());
        writeEnum(out, channel.pending());
        writeString(out, channel.pendingReason());
    }

    private static ObjectFields.Channel readChannel(DataInput in) throws IOException {
        return new ObjectFields.Channel(
                readString(in),
                readString(in),
                readEnum(in, ChannelType.values()),
                readEnum(in, ChannelState.values()),
                readString(in),
                readEnum(in, Availability.values()),
                readString(in),
                in.readLong(),
                readEnum(in, Availability.values()),
                readString(in));
    }

    private static void writeOpenInteraction(DataOutput out, OpenInteraction open) throws IOException {
        ObjectFields.Interaction fields = open.fields();
        writeString(out, fields.id());
        writeEnum(out, fields.type());
        writeEnum(out, fields.state());
        writeEnum(out, fields.direction());
        writeString(out, fields.queue());
        writeString(out, fields.from());
        writeString(out, fields.to());
        writeMap(out, fields.data());
        writeString(out, fields.focus());
        out.writeLong(fields.since());
        out.writeInt(open.conversations().size());
        for (OpenConversation conversation : open.conversations()) {
            writeOpenConversation(out, conversation);
        }
    }

    private static List<OpenInteraction> readOpenInteractions(DataInput in) throws IOException {
        int size = in.readInt();
        List<OpenInteraction> open = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            open.add(new OpenInteraction(readInteraction(in), readOpenConversations(in)));
        }
        return open;
    }

    private static ObjectFields.Interaction readInteraction(DataInput in) throws IOException {
        return new ObjectFields.Interaction(
                readString(in),
                readEnum(in, ChannelType.values()),
                readEnum(in, InteractionState.values()),
                readEnum(in, Direction.values()),
                readString(in),
                readString(in),
                readString(in),
                readMap(in),
                readString(in),
                in.readLong());
    }

    private static void writeOpenConversation(DataOutput out, OpenConversation open) throws IOException {
        ObjectFields.Conversation fields = open.fields();
        writeString(out, fields.id());
        writeEnum(out, fields.role());
        writeEnum(out, fields.state());
        out.writeBoolean(fields.muted());
        out.writeBoolean(fields.recording());
        out.writeInt(fields.members().size());
        for (Member member : fields.members()) {
            CstaCodec.writeMember(out, member);
        }
        out.writeLong(fields.since());
        writeEnum(out, fields.cause());
        writeString(out, open.leg());
    }

    private static List<OpenConversation> readOpenConversations(DataInput in) throws IOException {
        int size = in.readInt();
        List<OpenConversation> open = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            open.add(new OpenConversation(readConversation(in), readString(in)));
        }
        return open;
    }

    private static ObjectFields.Conversation readConversation(DataInput in) throws IOException {
        return new ObjectFields.Conversation(
                readString(in),
                readEnum(in, Role.values()),
                readEnum(in, ConversationState.values()),
                in.readBoolean(),
                in.readBoolean(),
                readMembers(in),
                in.readLong(),
                readEnum(in, Cause.values()));
    }

    private static List<Member> readMembers(DataInput in) throws IOException {
        int size = in.readInt();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(CstaCodec.readMember(in));
        }
        return members;
    }
}
