package io.interactionprocessor.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.model.csta.DataCodec;
import java.io.IOException;

/** Who holds a link: a node or nobody, with the lease's epoch and the number of renewals. */
final class LeaseEntry implements GridObject, Ranked {
    private String node;
    private long epoch;
    private long beat;

    LeaseEntry() {}

    LeaseEntry(String node, long epoch, long beat) {
        this.node = node;
        this.epoch = epoch;
        this.beat = beat;
    }

    /** Returns the holder, or null if the lease is free. */
    String node() {
        return node;
    }

    boolean isHeldBy(String candidate, long candidateEpoch) {
        return candidate.equals(node) && candidateEpoch == epoch;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    /** Returns how often it has been renewed or released: a holder that lives shows it by this number growing. */
    @Override
    public long rank() {
        return beat;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.LEASE_ENTRY;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        DataCodec.writeString(out, node);
        out.writeLong(epoch);
        out.writeLong(beat);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        node = DataCodec.readString(in);
        epoch = in.readLong();
        beat = in.readLong();
    }
}
