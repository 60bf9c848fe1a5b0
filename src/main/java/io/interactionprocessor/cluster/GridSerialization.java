package io.interactionprocessor.cluster;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.DataCodec;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.StoredSession;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What travels between nodes through Hazelcast, all of it written by hand. Numbers here are for ever: nodes of two releases
 * share a cluster during a rolling restart.
 */
final class GridSerialization implements DataSerializableFactory {
    static final int FACTORY = 4201;

    /** The operations and stored things that write themselves. */
    enum Type {
        EXACT_VALUE,
        DIRECTORY_CHANGE,
        SESSION_HOLDER,
        SESSION_APPENDS,
        SESSION_CHANGE,
        LEASE_ENTRY,
        LEASE_CHANGE,
        BYTE_TABLE,
        BYTE_TABLE_WRITE,
        BYTE_TABLE_LOAD,
        NODE_INFO,
        ATTEMPT_WINDOW,
        ATTEMPT_COUNT,
        PULSE,
        HIGHEST_EPOCH,
        SURVEY,
        OWNED_BY,
        APPEND_OPERATION,
        DIRECTORY_SHARE;

        @SuppressWarnings("EnumOrdinal") // constants are only ever added at the end
        int id() {
            return ordinal();
        }
    }

    private static final Type[] TYPES = Type.values();

    static void register(SerializationConfig config) {
        config.addDataSerializableFactory(FACTORY, new GridSerialization());
        add(config, DirectoryEntry.class, 4211, GridSerialization::writeEntry, GridSerialization::readEntry);
        add(
                config,
                DirectoryEntry.Outcome.class,
                4212,
                GridSerialization::writeOutcome,
                GridSerialization::readOutcome);
        add(config, StoredSession.class, 4213, StoredSessionCodec::write, StoredSessionCodec::read);
    }

    @Override
    public IdentifiedDataSerializable create(int typeId) {
        return switch (TYPES[typeId]) {
            case EXACT_VALUE -> new ExactValue<>();
            case DIRECTORY_CHANGE -> new DirectoryChange();
            case SESSION_HOLDER -> new SessionHolder();
            case SESSION_APPENDS -> new SessionAppends();
            case SESSION_CHANGE -> new SessionChange();
            case LEASE_ENTRY -> new LeaseEntry();
            case LEASE_CHANGE -> new LeaseChange();
            case BYTE_TABLE -> new ByteTable();
            case BYTE_TABLE_WRITE -> new ByteTableWrite();
            case BYTE_TABLE_LOAD -> new ByteTableLoad();
            case NODE_INFO -> new StoredNodeInfo();
            case ATTEMPT_WINDOW -> new AttemptWindow();
            case ATTEMPT_COUNT -> new AttemptCount();
            case PULSE -> new Pulse();
            case HIGHEST_EPOCH -> new HighestEpoch();
            case SURVEY -> new Survey();
            case OWNED_BY -> new OwnedBy();
            case APPEND_OPERATION -> new AppendOperation();
            case DIRECTORY_SHARE -> new DirectoryShare();
        };
    }

    private static void writeEntry(DataOutput out, DirectoryEntry entry) throws IOException {
        writeSession(out, entry.session());
        DataCodec.writeString(out, entry.node());
        out.writeLong(entry.epoch().value());
        DataCodec.writeString(out, entry.keyHash());
        out.writeLong(entry.since());
        out.writeBoolean(entry.adopted());
    }

    private static DirectoryEntry readEntry(DataInput in) throws IOException {
        return new DirectoryEntry(
                readSession(in),
                DataCodec.readString(in),
                new Epoch(in.readLong()),
                DataCodec.readString(in),
                in.readLong(),
                in.readBoolean());
    }

    private static void writeOutcome(DataOutput out, DirectoryEntry.Outcome outcome) throws IOException {
        out.writeBoolean(outcome.granted());
        writeNullable(out, outcome.before());
        writeNullable(out, outcome.after());
    }

    private static DirectoryEntry.Outcome readOutcome(DataInput in) throws IOException {
        return new DirectoryEntry.Outcome(in.readBoolean(), readNullable(in), readNullable(in));
    }

    static void writeNullable(DataOutput out, DirectoryEntry entry) throws IOException {
        out.writeBoolean(entry != null);
        if (entry != null) {
            writeEntry(out, entry);
        }
    }

    static DirectoryEntry readNullable(DataInput in) throws IOException {
        return in.readBoolean() ? readEntry(in) : null;
    }

    static void writeSession(DataOutput out, SessionId session) throws IOException {
        DataCodec.writeString(out, session == null ? null : session.value());
    }

    static SessionId readSession(DataInput in) throws IOException {
        String value = DataCodec.readString(in);
        return value == null ? null : new SessionId(value);
    }

    private interface Writer<T> {
        void write(DataOutput out, T value) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    private static <T> void add(SerializationConfig config, Class<T> type, int id, Writer<T> writer, Reader<T> reader) {
        config.addSerializerConfig(
                new SerializerConfig().setTypeClass(type).setImplementation(new StreamSerializer<T>() {
                    @Override
                    public int getTypeId() {
                        return id;
                    }

                    @Override
                    public void write(ObjectDataOutput out, T value) throws IOException {
                        writer.write(out, value);
                    }

                    @Override
                    public T read(ObjectDataInput in) throws IOException {
                        return reader.read(in);
                    }
                }));
    }
}
