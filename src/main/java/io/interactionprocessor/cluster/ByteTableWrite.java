package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.model.csta.DataCodec;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes a batch to a {@link ByteTable}; refused if a higher lease has been seen. The backup writes the same. */
final class ByteTableWrite extends GridOperation<ByteTable, Boolean> {
    private static final long serialVersionUID = 1;

    private long lease;
    private transient Map<String, byte[]> puts;
    private transient List<String> removes;
    private transient boolean accepted;

    ByteTableWrite() {}

    ByteTableWrite(long lease, Map<String, byte[]> puts, List<String> removes) {
        this.lease = lease;
        this.puts = puts;
        this.removes = removes;
    }

    @Override
    public Boolean process(Map.Entry<String, ByteTable> entry) {
        ByteTable table = entry.getValue();
        if (table == null) {
            table = new ByteTable();
        }
        accepted = table.fence(lease);
        if (accepted) {
            table.write(puts, removes);
            entry.setValue(table);
        }
        return accepted;
    }

    @Override
    public EntryProcessor<String, ByteTable, Boolean> getBackupProcessor() {
        return accepted ? new ByteTableWrite(lease, puts, removes) : null;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.BYTE_TABLE_WRITE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(lease);
        ByteTable.write(out, puts);
        DataCodec.writeStrings(out, removes);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        lease = in.readLong();
        puts = ByteTable.read(in);
        removes = DataCodec.readStrings(in);
    }
}
