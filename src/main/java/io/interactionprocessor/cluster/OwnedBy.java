package io.interactionprocessor.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.query.Predicate;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.Tally;
import java.io.IOException;
import java.util.Map;

/** Chooses the sessions of an instance-domain that a node owns, on the members that store their entries. */
final class OwnedBy implements Predicate<String, DirectoryEntry>, GridObject {
    private static final long serialVersionUID = 1;

    private String domain;
    private String node;
    private long slices;

    OwnedBy() {}

    /** Chooses those in these slices of {@link Tally}. */
    OwnedBy(String domain, String node, long slices) {
        this.domain = domain;
        this.node = node;
        this.slices = slices;
    }

    @Override
    public boolean apply(Map.Entry<String, DirectoryEntry> candidate) {
        DirectoryEntry entry = candidate.getValue();
        return entry.occupied()
                && node.equals(entry.node())
                && Tally.isIn(entry.session(), slices)
                && HazelcastDirectory.isOf(candidate.getKey(), domain);
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.OWNED_BY;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(domain);
        out.writeString(node);
        out.writeLong(slices);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        domain = in.readString();
        node = in.readString();
        slices = in.readLong();
    }
}
