package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.model.csta.DataCodec;
import io.interactionprocessor.session.StoredSession;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Appends to stored sessions, each its own part; the backup appends the same. Of a session that does not take it, since a
 * newer epoch owns it or it has been removed, the result is {@code false}; of the others there is none.
 */
final class SessionAppends extends GridOperation<SessionHolder, Boolean> {
    private static final long serialVersionUID = 1;

    private transient Map<String, StoredSession.Append> appends;
    private final transient Map<String, StoredSession.Append> accepted = new HashMap<>();

    SessionAppends() {}

    SessionAppends(Map<String, StoredSession.Append> appends) {
        this.appends = appends;
    }

    @Override
    public Boolean process(Map.Entry<String, SessionHolder> entry) {
        StoredSession.Append append = appends.get(entry.getKey());
        if (append == null) {
            // on the backup: it was refused
            return null;
        }
        SessionHolder holder = entry.getValue();
        if (holder == null) {
            holder = new SessionHolder();
        }
        if (!holder.append(append)) {
            return false;
        }
        // also when it was a repetition: the one before may not have reached the backup
        accepted.put(entry.getKey(), append);
        entry.setValue(holder);
        return null;
    }

    @Override
    public EntryProcessor<String, SessionHolder, Boolean> getBackupProcessor() {
        return accepted.isEmpty() ? null : new SessionAppends(accepted);
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.SESSION_APPENDS;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(appends.size());
        for (Map.Entry<String, StoredSession.Append> each : appends.entrySet()) {
            DataCodec.writeString(out, each.getKey());
            StoredSessionCodec.writeAppend(out, each.getValue());
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        int size = in.readInt();
        appends = new HashMap<>();
        for (int i = 0; i < size; i++) {
            appends.put(DataCodec.readString(in), StoredSessionCodec.readAppend(in));
        }
    }
}
