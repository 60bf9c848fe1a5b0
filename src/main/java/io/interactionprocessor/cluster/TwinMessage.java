package io.interactionprocessor.cluster;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What the session verticles of one instance-domain on different nodes ask of each other. */
public sealed interface TwinMessage {
    /** Let go of a session: another node takes it over with this epoch. */
    record HandOver(SessionId session, Epoch epoch) implements TwinMessage {}

    /** A session of yours has been replaced by one with this epoch. */
    record Overridden(SessionId session, Epoch epoch) implements TwinMessage {}

    /** It is done. */
    record Done() implements TwinMessage {}

    /** An administrator ends a session of yours. */
    record End(SessionId session) implements TwinMessage {}

    /** Whether that has begun: not while an interaction is open. */
    record Ending(boolean begun) implements TwinMessage {}

    /** Writes a message for another node. */
    static void encode(DataOutput out, TwinMessage message) throws IOException {
        if (message instanceof HandOver handOver) {
            out.writeByte(0);
            write(out, handOver.session(), handOver.epoch());
        } else if (message instanceof Overridden overridden) {
            out.writeByte(1);
            write(out, overridden.session(), overridden.epoch());
        } else if (message instanceof End end) {
            out.writeByte(3);
            out.writeUTF(end.session().value());
        } else if (message instanceof Ending ending) {
            out.writeByte(4);
            out.writeBoolean(ending.begun());
        } else {
            out.writeByte(2);
        }
    }

    /** Reads what {@link #encode} wrote. */
    static TwinMessage decode(DataInput in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 0 -> new HandOver(new SessionId(in.readUTF()), new Epoch(in.readLong()));
            case 1 -> new Overridden(new SessionId(in.readUTF()), new Epoch(in.readLong()));
            case 2 -> new Done();
            case 3 -> new End(new SessionId(in.readUTF()));
            case 4 -> new Ending(in.readBoolean());
            default -> throw new IOException("no message between twins: " + kind);
        };
    }

    private static void write(DataOutput out, SessionId session, Epoch epoch) throws IOException {
        out.writeUTF(session.value());
        out.writeLong(epoch.value());
    }
}
