package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.DataCodec;
import io.interactionprocessor.session.DirectoryEntry;
import java.io.IOException;
import java.util.Map;

/** Runs one of the three changes of {@link DirectoryEntry} as one atomic operation. */
final class DirectoryChange extends GridOperation<DirectoryEntry, DirectoryEntry.Outcome> {
    private static final long serialVersionUID = 1;
    private static final int CLAIM = 0;
    private static final int BIND = 1;
    private static final int RELEASE = 2;

    private int kind;
    private transient SessionId session;
    private String node;
    private String keyHash;
    private boolean override;
    private long number;
    private transient DirectoryEntry stored;

    DirectoryChange() {}

    private DirectoryChange(int kind, SessionId session, String node, boolean override, long number) {
        this.kind = kind;
        this.session = session;
        this.node = node;
        this.override = override;
        this.number = number;
    }

    static DirectoryChange claim(SessionId session, String node, boolean override, long now) {
        return new DirectoryChange(CLAIM, session, node, override, now);
    }

    static DirectoryChange bind(SessionId session, String node, String keyHash) {
        DirectoryChange change = new DirectoryChange(BIND, session, node, false, 0);
        change.keyHash = keyHash;
        return change;
    }

    static DirectoryChange release(SessionId session, Epoch epoch) {
        return new DirectoryChange(RELEASE, session, null, false, epoch.value());
    }

    @Override
    public DirectoryEntry.Outcome process(Map.Entry<String, DirectoryEntry> entry) {
        DirectoryEntry before = entry.getValue();
        DirectoryEntry.Outcome outcome = switch (kind) {
            case CLAIM -> DirectoryEntry.claim(before, session, node, override, number);
            case BIND -> DirectoryEntry.bind(before, session, node, keyHash);
            case RELEASE -> DirectoryEntry.release(before, session, new Epoch(number));
            default -> throw new IllegalStateException("change " + kind + " is not known here");
        };
        if (outcome.granted()) {
            // also when nothing changed: the repetition of a claim makes sure that the backup has it
            stored = outcome.after();
            entry.setValue(stored);
        }
        return outcome;
    }

    @Override
    public EntryProcessor<String, DirectoryEntry, DirectoryEntry.Outcome> getBackupProcessor() {
        return stored == null ? null : new ExactValue<>(stored, 0);
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.DIRECTORY_CHANGE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(kind);
        GridSerialization.writeSession(out, session);
        DataCodec.writeString(out, node);
        DataCodec.writeString(out, keyHash);
        out.writeBoolean(override);
        out.writeLong(number);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        kind = in.readByte();
        session = GridSerialization.readSession(in);
        node = DataCodec.readString(in);
        keyHash = DataCodec.readString(in);
        override = in.readBoolean();
        number = in.readLong();
    }
}
