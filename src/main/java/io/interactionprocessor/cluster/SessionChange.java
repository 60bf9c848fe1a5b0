package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.session.StoredSession;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads, fences or removes a stored session; the result is what is stored, or null if refused or not there. */
final class SessionChange extends GridOperation<SessionHolder, StoredSession> {
    private static final long serialVersionUID = 1;
    private static final int READ = 0;
    private static final int FENCE = 1;
    private static final int REMOVE = 2;
    /** For so long it is remembered that a session has been removed, against appends that come late. */
    private static final long REMEMBER_REMOVED_MS = TimeUnit.MINUTES.toMillis(10);

    private int kind;
    private long epoch;
    private long eventsAfter;
    private transient boolean changed;

    SessionChange() {}

    private SessionChange(int kind, long epoch, long eventsAfter) {
        this.kind = kind;
        this.epoch = epoch;
        this.eventsAfter = eventsAfter;
    }

    /** Reads, of the events those with a higher sequence. */
    static SessionChange read(long eventsAfter) {
        return new SessionChange(READ, 0, eventsAfter);
    }

    /** Fences, and reads as {@link #read} does. */
    static SessionChange fence(Epoch epoch, long eventsAfter) {
        return new SessionChange(FENCE, epoch.value(), eventsAfter);
    }

    static SessionChange remove(Epoch epoch) {
        return new SessionChange(REMOVE, epoch.value(), StoredSession.NO_EVENTS);
    }

    @Override
    public StoredSession process(Map.Entry<String, SessionHolder> entry) {
        SessionHolder holder = entry.getValue();
        if (kind == REMOVE) {
            SessionHolder gone = holder == null ? new SessionHolder() : holder;
            changed = gone.remove(new Epoch(epoch));
            if (changed) {
                ExactValue.store(entry, gone, REMEMBER_REMOVED_MS);
            }
            return null;
        }
        if (holder == null) {
            return null;
        }
        if (kind == FENCE) {
            changed = holder.fence(new Epoch(epoch));
            if (!changed) {
                return null;
            }
            entry.setValue(holder);
        }
        return holder.stored(eventsAfter);
    }

    @Override
    public EntryProcessor<String, SessionHolder, StoredSession> getBackupProcessor() {
        return changed ? new SessionChange(kind, epoch, StoredSession.NO_EVENTS) : null;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.SESSION_CHANGE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(kind);
        out.writeLong(epoch);
        out.writeLong(eventsAfter);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        kind = in.readByte();
        epoch = in.readLong();
        eventsAfter = in.readLong();
    }
}
