package io.interactionprocessor.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.interactionprocessor.session.DirectoryEntry;

/**
 * The merge policy: where both sides of a partition have an entry, the higher epoch wins (design 5), with equal epochs the
 * entry of the larger side.
 */
public final class HighestEpoch implements SplitBrainMergePolicy<Object, MergingValue<Object>, Object>, GridObject {
    @Override
    public Object merge(MergingValue<Object> merging, MergingValue<Object> existing) {
        if (existing == null) {
            return merging.getRawValue();
        }
        Ranked candidate = ranked(merging.getDeserializedValue());
        return candidate.isNewerThan(ranked(existing.getDeserializedValue()))
                ? merging.getRawValue()
                : existing.getRawValue();
    }

    private static Ranked ranked(Object value) {
        if (value instanceof DirectoryEntry entry) {
            return new ByEpoch(entry.epoch().value(), 0);
        }
        return (Ranked) value;
    }

    private record ByEpoch(long epoch, long rank) implements Ranked {}

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.HIGHEST_EPOCH;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // has no state
    }

    @Override
    public void readData(ObjectDataInput in) {
        // has no state
    }
}
