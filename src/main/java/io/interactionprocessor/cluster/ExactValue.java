package io.interactionprocessor.cluster;

import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The backup's half of an operation on a small value: the result itself, so that a backup that missed something is right
 * again with the next change, whatever it held.
 */
final class ExactValue<V, R> extends GridOperation<V, R> {
    private static final long serialVersionUID = 1;

    private transient V value;
    private long ttlMillis;

    ExactValue() {}

    /**
     * Stores a value.
     *
     * @param ttlMillis when it goes by itself; 0 for never
     */
    ExactValue(V value, long ttlMillis) {
        this.value = value;
        this.ttlMillis = ttlMillis;
    }

    @Override
    public R process(Map.Entry<String, V> entry) {
        store(entry, value, ttlMillis);
        return null;
    }

    /** Stores a value with a time to live, or for ever with 0. */
    static <V> void store(Map.Entry<String, V> entry, V value, long ttlMillis) {
        if (ttlMillis > 0) {
            ((ExtendedMapEntry<String, V>) entry).setValue(value, ttlMillis, TimeUnit.MILLISECONDS);
        } else {
            entry.setValue(value);
        }
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.EXACT_VALUE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeObject(value);
        out.writeLong(ttlMillis);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        value = in.readObject();
        ttlMillis = in.readLong();
    }
}
