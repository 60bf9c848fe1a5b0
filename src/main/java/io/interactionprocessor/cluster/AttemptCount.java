package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * Counts a failed login, or none, unless the limit is reached; returns for how many milliseconds there may be no further
 * attempt: 0 if there may, or if it was counted.
 */
final class AttemptCount extends GridOperation<AttemptWindow, Long> {
    private static final long serialVersionUID = 1;

    private boolean counts;
    private int limit;
    private long windowMillis;
    private transient AttemptWindow stored;

    AttemptCount() {}

    AttemptCount(boolean counts, int limit, long windowMillis) {
        this.counts = counts;
        this.limit = limit;
        this.windowMillis = windowMillis;
    }

    @Override
    public Long process(Map.Entry<String, AttemptWindow> entry) {
        long now = System.currentTimeMillis();
        AttemptWindow window = entry.getValue() == null ? new AttemptWindow() : entry.getValue();
        long wait = window.waitMillis(limit, windowMillis, now);
        if (wait == 0 && counts) {
            stored = window.and(limit, now);
            ExactValue.store(entry, stored, windowMillis);
        }
        return wait;
    }

    @Override
    public EntryProcessor<String, AttemptWindow, Long> getBackupProcessor() {
        return stored == null ? null : new ExactValue<>(stored, windowMillis);
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.ATTEMPT_COUNT;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeBoolean(counts);
        out.writeInt(limit);
        out.writeLong(windowMillis);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        counts = in.readBoolean();
        limit = in.readInt();
        windowMillis = in.readLong();
    }
}
