package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.model.csta.DataCodec;
import java.io.IOException;
import java.util.Map;

/** Acquires, renews or releases a lease; the result is the entry after it, or null if refused. */
final class LeaseChange extends GridOperation<LeaseEntry, LeaseEntry> {
    private static final long serialVersionUID = 1;
    private static final int ACQUIRE = 0;
    private static final int RENEW = 1;
    private static final int RELEASE = 2;

    private int kind;
    private String node;
    private String gone;
    private long epoch;
    private long beat;
    private transient LeaseEntry stored;

    LeaseChange() {}

    private LeaseChange(int kind, String node, String gone, long epoch, long beat) {
        this.kind = kind;
        this.node = node;
        this.gone = gone;
        this.epoch = epoch;
        this.beat = beat;
    }

    /**
     * Takes a lease that is free, one's own, or held by a node that is gone.
     *
     * @param gone a holder that is no longer in the cluster, or null
     * @param atLeast the new epoch is higher than this one too
     */
    static LeaseChange acquire(String node, String gone, long atLeast) {
        return new LeaseChange(ACQUIRE, node, gone, atLeast, -1);
    }

    /** Takes a lease that has not been renewed: provided that it is still just as seen. */
    static LeaseChange acquireUnchanged(String node, LeaseEntry seen) {
        return new LeaseChange(ACQUIRE, node, null, seen.epoch(), seen.rank());
    }

    static LeaseChange renew(String node, long epoch) {
        return new LeaseChange(RENEW, node, null, epoch, 0);
    }

    static LeaseChange release(String node, long epoch) {
        return new LeaseChange(RELEASE, node, null, epoch, 0);
    }

    @Override
    public LeaseEntry process(Map.Entry<String, LeaseEntry> entry) {
        LeaseEntry present = entry.getValue();
        stored = change(present);
        if (stored != null) {
            entry.setValue(stored);
        }
        return stored;
    }

    private LeaseEntry change(LeaseEntry present) {
        if (kind == ACQUIRE) {
            if (!mayAcquire(present)) {
                return null;
            }
            long highest = present == null ? epoch : Math.max(epoch, present.epoch());
            return new LeaseEntry(node, highest + 1, 0);
        }
        if (present == null || !present.isHeldBy(node, epoch)) {
            return null;
        }
        return new LeaseEntry(kind == RENEW ? node : null, epoch, present.rank() + 1);
    }

    private boolean mayAcquire(LeaseEntry present) {
        if (present == null || present.node() == null || present.node().equals(node)) {
            return true;
        }
        return present.node().equals(gone) || (present.epoch() == epoch && present.rank() == beat);
    }

    @Override
    public EntryProcessor<String, LeaseEntry, LeaseEntry> getBackupProcessor() {
        return stored == null ? null : new ExactValue<>(stored, 0);
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.LEASE_CHANGE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(kind);
        DataCodec.writeString(out, node);
        DataCodec.writeString(out, gone);
        out.writeLong(epoch);
        out.writeLong(beat);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        kind = in.readByte();
        node = DataCodec.readString(in);
        gone = DataCodec.readString(in);
        epoch = in.readLong();
        beat = in.readLong();
    }
}
