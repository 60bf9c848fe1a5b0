package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * Counts failed logins, or none, unless the limit is reached; returns for how many milliseconds there may be no further
 * attempt: 0 if there may, or if they were counted.
 */
final class AttemptCount extends GridOperation<AttemptWindow, Long> {
    private static final long serialVersionUID = 1;

    private int failures;
    private int limit;
    private long windowMillis;
    private transient AttemptWindow stored;
    private transient long left;

    AttemptCount() {}

    AttemptCount(int failures, int limit, long windowMillis) {
        this.failures = failures;
        this.limit = limit;
        this.windowMillis = windowMillis;
    }

    @Override
    public Long process(Map.Entry<String, AttemptWindow> entry) {
        long now = System.currentTimeMillis();
        AttemptWindow window = entry.getValue();
        if (window == null || window.until() <= now) {
            window = new AttemptWindow(0, now + windowMillis);
        }
        // the clock of another machine may have kept the entry before: never wait longer than one window
        left = Math.min(windowMillis, window.until() - now);
        if (window.failures() >= limit) {
            return left;
        }
        if (failures > 0) {
            window = new AttemptWindow(window.failures() + failures, window.until());
            stored = window;
            ExactValue.store(entry, window, left);
        }
        return 0L;
    }

    @Override
    public EntryProcessor<String, AttemptWindow, Long> getBackupProcessor() {
        return stored == null ? null : new ExactValue<>(stored, left);
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.ATTEMPT_COUNT;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(failures);
        out.writeInt(limit);
        out.writeLong(windowMillis);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        failures = in.readInt();
        limit = in.readInt();
        windowMillis = in.readLong();
    }
}
