package io.interactionprocessor.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/** Failures counted since the first of them; {@code until} is on the clock of the node that keeps the entry. */
final class AttemptWindow implements GridObject {
    private int failures;
    private long until;

    AttemptWindow() {}

    AttemptWindow(int failures, long until) {
        this.failures = failures;
        this.until = until;
    }

    int failures() {
        return failures;
    }

    long until() {
        return until;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.ATTEMPT_WINDOW;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(failures);
        out.writeLong(until);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        failures = in.readInt();
        until = in.readLong();
    }
}
