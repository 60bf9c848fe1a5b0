package io.interactionprocessor.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;

/**
 * The merge policy: where both sides of a partition have an entry, the higher epoch wins (design 5), with equal epochs the
 * entry of the larger side.
 *
 * <p>But who owns an agent's session the larger side says. What was granted before the cut it has as well, since no grant
 * counts without its backup, unless both copies were on the smaller side: then it has nothing, or what it has granted
 * since. What it lacks besides is what the smaller side has refused, since no backup confirmed it, and still has in its
 * copy, with the higher epoch. A node that owns a session says so again after the merge, and there the higher
 * epoch stands.
 */
public final class HighestEpoch implements SplitBrainMergePolicy<Object, MergingValue<Object>, Object>, GridObject {
    @Override
    public Object merge(MergingValue<Object> merging, MergingValue<Object> existing) {
        if (existing == null) {
            return merging.getRawValue();
        }
        return isNewer(merging.getDeserializedValue(), existing.getDeserializedValue())
                ? merging.getRawValue()
                : existing.getRawValue();
    }

    private static boolean isNewer(Object merging, Object existing) {
        return merging instanceof Ranked candidate && candidate.isNewerThan((Ranked) existing);
    }

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
