package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/** Fences older leases off a {@link ByteTable} and returns a copy of it; null if a higher lease has been seen. */
final class ByteTableLoad extends GridOperation<ByteTable, ByteTable> {
    private static final long serialVersionUID = 1;

    private long lease;
    private transient boolean accepted;

    ByteTableLoad() {}

    ByteTableLoad(long lease) {
        this.lease = lease;
    }

    @Override
    public ByteTable process(Map.Entry<String, ByteTable> entry) {
        ByteTable table = entry.getValue();
        if (table == null) {
            table = new ByteTable();
        }
        accepted = table.fence(lease);
        if (!accepted) {
            return null;
        }
        entry.setValue(table);
        return table.copy();
    }

    @Override
    public EntryProcessor<String, ByteTable, ByteTable> getBackupProcessor() {
        return accepted ? new ByteTableLoad(lease) : null;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.BYTE_TABLE_LOAD;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(lease);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        lease = in.readLong();
    }
}
