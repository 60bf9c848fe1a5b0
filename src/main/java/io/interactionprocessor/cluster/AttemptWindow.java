package io.interactionprocessor.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Arrays;

/** When a key failed last, oldest first, in milliseconds on the clock of the node that keeps the entry. Immutable. */
final class AttemptWindow implements GridObject {
    private long[] times = {};

    AttemptWindow() {}

    private AttemptWindow(long[] times) {
        this.times = times;
    }

    /** Returns for how many milliseconds there have still been {@code limit} failures within the last {@code window}. */
    long waitMillis(int limit, long window, long now) {
        if (times.length < limit) {
            return 0;
        }
        long wait = times[times.length - limit] + window - now;
        // another machine's clock may have set the time: never longer than one window
        return Math.max(0, Math.min(window, wait));
    }

    /** Returns this with one more failure; no more than {@code limit} are worth keeping. */
    AttemptWindow and(int limit, long now) {
        int first = Math.max(0, times.length + 1 - limit);
        long[] next = Arrays.copyOfRange(times, first, times.length + 1);
        next[next.length - 1] = now;
        return new AttemptWindow(next);
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.ATTEMPT_WINDOW;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLongArray(times);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        times = in.readLongArray();
    }
}
