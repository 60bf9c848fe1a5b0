package io.interactionprocessor.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.model.csta.DataCodec;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of one {@link GridByteStore}: a single entry of the grid, changed in place, so that a batch is one operation on
 * one partition and atomic with the check of the lease. Other threads may read it while clusters merge, therefore the locks.
 */
final class ByteTable implements GridObject, Ranked {
    private final Map<String, byte[]> values = new HashMap<>();
    private long lease;
    private long writes;

    /** Makes a lease the only one accepted from now on; false if a higher one has been seen. */
    synchronized boolean fence(long candidate) {
        if (candidate < lease) {
            return false;
        }
        lease = candidate;
        return true;
    }

    synchronized void write(Map<String, byte[]> puts, Collection<String> removes) {
        removes.forEach(values::remove);
        values.putAll(puts);
        writes++;
    }

    /** Returns a copy of the table; the arrays are shared and never changed. */
    synchronized ByteTable copy() {
        ByteTable copy = new ByteTable();
        copy.values.putAll(values);
        copy.lease = lease;
        copy.writes = writes;
        return copy;
    }

    synchronized Map<String, byte[]> values() {
        return values;
    }

    @Override
    public synchronized long epoch() {
        return lease;
    }

    @Override
    public synchronized long rank() {
        return writes;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.BYTE_TABLE;
    }

    @Override
    public synchronized void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(lease);
        out.writeLong(writes);
        write(out, values);
    }

    @Override
    public synchronized void readData(ObjectDataInput in) throws IOException {
        lease = in.readLong();
        writes = in.readLong();
        values.putAll(read(in));
    }

    static void write(ObjectDataOutput out, Map<String, byte[]> entries) throws IOException {
        out.writeInt(entries.size());
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            DataCodec.writeString(out, entry.getKey());
            out.writeByteArray(entry.getValue());
        }
    }

    static Map<String, byte[]> read(ObjectDataInput in) throws IOException {
        int size = in.readInt();
        Map<String, byte[]> entries = new HashMap<>();
        for (int i = 0; i < size; i++) {
            entries.put(DataCodec.readString(in), in.readByteArray());
        }
        return entries;
    }
}
