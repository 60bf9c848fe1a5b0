package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * Looks at the failed logins of a key, and unless the limit is reached counts one more or forgets them; returns for how many
 * milliseconds there may be no further attempt: 0 if there may, or if it was counted.
 */
final class AttemptCount extends GridOperation<AttemptWindow, Long> {
    private static final long serialVersionUID = 1;

    static final int LOOK = 0;
    static final int COUNT = 1;
    static final int FORGIVE = 2;

    private int kind;
    private int limit;
    private long windowMillis;
    private transient AttemptWindow stored;
    private transient boolean forgotten;

    AttemptCount() {}

    AttemptCount(int kind, int limit, long windowMillis) {
        this.kind = kind;
        this.limit = limit;
        this.windowMillis = windowMillis;
    }

    @Override
    public Long process(Map.Entry<String, AttemptWindow> entry) {
        long now = System.currentTimeMillis();
        AttemptWindow window = entry.getValue() == null ? new AttemptWindow() : entry.getValue();
        long wait = window.waitMillis(limit, windowMillis, now);
        stored = null;
        forgotten = false;
        if (wait == 0 && kind == COUNT) {
            stored = window.and(limit, now);
            ExactValue.store(entry, stored, windowMillis);
        } else if (wait == 0 && kind == FORGIVE && entry.getValue() != null) {
            forgotten = true;
            entry.setValue(null);
        }
        return wait;
    }

    @Override
    public EntryProcessor<String, AttemptWindow, Long> getBackupProcessor() {
        if (forgotten) {
            return new AttemptCount(FORGIVE, Integer.MAX_VALUE, windowMillis);
        }
        return stored == null ? null : new ExactValue<>(stored, windowMillis);
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.ATTEMPT_COUNT;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(kind);
        out.writeInt(limit);
        out.writeLong(windowMillis);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        kind = in.readByte();
        limit = in.readInt();
        windowMillis = in.readLong();
    }
}
