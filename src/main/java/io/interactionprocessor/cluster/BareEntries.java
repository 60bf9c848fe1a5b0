package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.vertx.core.Future;
import java.util.Map;

/**
 * What a replicated write costs without anything of ours: Hazelcast's own entry processor on a map like that of the
 * sessions. Benchmarks compare with it; a node that serves has none.
 */
public final class BareEntries {
    private static final String MAP = "bare-entries";

    private final GridCalls calls;
    private final IMap<String, byte[]> map;

    /** The map of this node's cluster. */
    public BareEntries(ClusterNode node) {
        calls = new GridCalls(node.vertx());
        map = node.hazelcast().getMap(MAP);
    }

    /** Replaces a value; completes on the caller's context when the backup has it too. */
    public Future<Boolean> write(String key, byte[] value) {
        return calls.call(GridCalls.of(() -> map.submitToKey(key, new Replace(value))));
    }

    /** Serialized as Java does it, as bare as it gets. */
    private static final class Replace implements EntryProcessor<String, byte[], Boolean> {
        private static final long serialVersionUID = 1;

        private final byte[] value;

        Replace(byte[] value) {
            this.value = value;
        }

        @Override
        public Boolean process(Map.Entry<String, byte[]> entry) {
            entry.setValue(value);
            return true;
        }
    }
}
