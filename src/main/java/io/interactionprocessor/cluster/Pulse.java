package io.interactionprocessor.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.util.concurrent.Callable;

/** Asks a node for a sign of life. */
final class Pulse implements Callable<Boolean>, GridObject {
    @Override
    public Boolean call() {
        return true;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.PULSE;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // asks nothing more
    }

    @Override
    public void readData(ObjectDataInput in) {
        // asks nothing more
    }
}
