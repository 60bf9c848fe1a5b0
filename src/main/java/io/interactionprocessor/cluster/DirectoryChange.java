package io.interactionprocessor.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.DataCodec;
import io.interactionprocessor.session.DirectoryEntry;
import java.io.IOException;
import java.util.Map;

/** Runs one of the changes of {@link DirectoryEntry} as one atomic operation. */
final class DirectoryChange extends GridOperation<DirectoryEntry, DirectoryEntry.Outcome>
        implements HazelcastInstanceAware {
    private static final long serialVersionUID = 1;
    private static final int CLAIM = 0;
    private static final int BIND = 1;
    private static final int RELEASE = 2;
    private static final int ADOPT = 3;
    private static final int REASSERT = 4;
    private static final int OVERRIDE = 5;
    private static final long ANY_EPOCH = -1;

    private int kind;
    private transient SessionId session;
    private String node;
    /** The hash of a resume key, or the node that has gone. */
    private String other;

    private long now;
    private long epoch;
    private transient DirectoryEntry held;
    private transient DirectoryEntry stored;
    private transient DirectoryCounts counts;

    DirectoryChange() {}

    private DirectoryChange(int kind, SessionId session, String node) {
        this.kind = kind;
        this.session = session;
        this.node = node;
    }

    static DirectoryChange claim(SessionId session, String node, long now) {
        DirectoryChange change = new DirectoryChange(CLAIM, session, node);
        change.now = now;
        return change;
    }

    static DirectoryChange override(Epoch seen, SessionId session, String node, long now) {
        DirectoryChange change = new DirectoryChange(OVERRIDE, session, node);
        change.epoch = seen == null ? ANY_EPOCH : seen.value();
        change.now = now;
        return change;
    }

    static DirectoryChange bind(SessionId session, String node, String keyHash) {
        DirectoryChange change = new DirectoryChange(BIND, session, node);
        change.other = keyHash;
        return change;
    }

    static DirectoryChange release(SessionId session, Epoch epoch) {
        DirectoryChange change = new DirectoryChange(RELEASE, session, null);
        change.epoch = epoch.value();
        return change;
    }

    static DirectoryChange adopt(SessionId session, String from, String node) {
        DirectoryChange change = new DirectoryChange(ADOPT, session, node);
        change.other = from;
        return change;
    }

    static DirectoryChange reassert(DirectoryEntry held) {
        DirectoryChange change = new DirectoryChange(REASSERT, null, null);
        change.held = held;
        return change;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        counts = DirectoryCounts.of(member);
    }

    @Override
    public DirectoryEntry.Outcome process(Map.Entry<String, DirectoryEntry> entry) {
        DirectoryEntry before = entry.getValue();
        DirectoryEntry.Outcome outcome = switch (kind) {
            case CLAIM -> DirectoryEntry.claim(before, session, node, now).notBelow(Epoch.first(now));
            case OVERRIDE ->
                DirectoryEntry.override(before, epoch == ANY_EPOCH ? null : new Epoch(epoch), session, node, now)
                        .notBelow(Epoch.first(now));
            case BIND -> DirectoryEntry.bind(before, session, node, other);
            case RELEASE -> DirectoryEntry.release(before, session, new Epoch(epoch));
            case ADOPT -> DirectoryEntry.adopt(before, session, other, node);
            case REASSERT -> DirectoryEntry.reassert(before, held);
            default -> throw new IllegalStateException("change " + kind + " is not known here");
        };
        // Also when nothing changed: the repetition of a claim makes sure that the backup has it.
        // Not what was granted before this was refused: Hazelcast repeats the same object.
        stored = outcome.granted() ? outcome.after() : null;
        if (stored != null) {
            entry.setValue(stored);
            if (counts != null) {
                counts.changed(entry.getKey(), before, stored);
            }
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
        DataCodec.writeString(out, other);
        out.writeLong(now);
        out.writeLong(epoch);
        GridSerialization.writeNullable(out, held);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        kind = in.readByte();
        session = GridSerialization.readSession(in);
        node = DataCodec.readString(in);
        other = DataCodec.readString(in);
        now = in.readLong();
        epoch = in.readLong();
        held = GridSerialization.readNullable(in);
    }
}
