package io.interactionprocessor.cluster;

import com.hazelcast.aggregation.Aggregator;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.Tally;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts an instance-domain's sessions by owner, each member those whose entries it stores: what travels is a tally for each
 * node, however many sessions there are.
 */
final class Survey implements Aggregator<Map.Entry<String, DirectoryEntry>, Map<String, Tally>>, GridObject {
    private static final long serialVersionUID = 1;

    private String domain;
    private transient Map<String, Tally> tallies = new HashMap<>();

    Survey() {}

    Survey(String domain) {
        this(domain, new HashMap<>());
    }

    Survey(String domain, Map<String, Tally> tallies) {
        this.domain = domain;
        this.tallies = tallies;
    }

    @Override
    public void accumulate(Map.Entry<String, DirectoryEntry> input) {
        DirectoryEntry entry = input.getValue();
        if (entry.occupied() && HazelcastDirectory.isOf(input.getKey(), domain)) {
            tallies.computeIfAbsent(entry.node(), node -> new Tally()).add(entry.session(), entry.epoch());
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Hazelcast declares it
    public void combine(Aggregator aggregator) {
        ((Survey) aggregator).tallies.forEach((node, tally) -> tallies.merge(node, tally, Tally::add));
    }

    @Override
    public Map<String, Tally> aggregate() {
        return tallies;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.SURVEY;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(domain);
        out.writeInt(tallies.size());
        for (Map.Entry<String, Tally> each : tallies.entrySet()) {
            out.writeString(each.getKey());
            out.writeInt(each.getValue().sessions());
            out.writeLongArray(each.getValue().digests());
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        domain = in.readString();
        int size = in.readInt();
        tallies = new HashMap<>();
        for (int i = 0; i < size; i++) {
            tallies.put(in.readString(), Tally.of(in.readInt(), in.readLongArray()));
        }
    }
}
