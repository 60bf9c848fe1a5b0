package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.session.StoredSession;
import java.io.IOException;
import java.util.Map;

/** Appends to a stored session. The backup appends the same: what travels is what was added. */
final class SessionAppend extends GridOperation<SessionHolder, Boolean> {
    private static final long serialVersionUID = 1;

    private transient StoredSession.Append append;
    private transient boolean accepted;

    SessionAppend() {}

    SessionAppend(StoredSession.Append append) {
        this.append = append;
    }

    @Override
    public Boolean process(Map.Entry<String, SessionHolder> entry) {
        SessionHolder holder = entry.getValue();
        if (holder == null) {
            holder = new SessionHolder();
        }
        accepted = holder.append(append);
        if (accepted) {
            // also when it was a repetition: the one before may not have reached the backup
            entry.setValue(holder);
        }
        return accepted;
    }

    @Override
    public EntryProcessor<String, SessionHolder, Boolean> getBackupProcessor() {
        return accepted ? new SessionAppend(append) : null;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.SESSION_APPEND;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        StoredSessionCodec.writeAppend(out, append);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        append = StoredSessionCodec.readAppend(in);
    }
}
