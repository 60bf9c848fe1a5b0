package io.interactionprocessor.cluster;

import com.hazelcast.collection.ICollection;
import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.map.IMap;
import com.hazelcast.multimap.MultiMap;
import com.hazelcast.replicatedmap.ReplicatedMap;
import com.hazelcast.spi.impl.SerializationServiceSupport;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All that the grid keeps, as a member sees it: every key and value as text and as the bytes that travel. */
final class GridContents {
    /** Is shown things. */
    interface Sight {
        /** A key or value of an object of the grid. */
        void see(String object, String entry, byte[] bytes);
    }

    private GridContents() {}

    /**
     * Shows everything.
     *
     * @param to is shown everything
     * @return the names of what was looked through
     * @throws AssertionError if there is something of a kind that this does not know how to read
     */
    static Set<String> show(HazelcastInstance grid, Sight to) {
        SerializationService bytes = ((SerializationServiceSupport) grid).getSerializationService();
        Set<String> names = new TreeSet<>();
        for (DistributedObject object : grid.getDistributedObjects()) {
            String name = object.getName();
            for (Map.Entry<?, ?> entry : entries(object)) {
                String key = "key " + entry.getKey();
                for (Object each : new Object[] {entry.getKey(), entry.getValue()}) {
                    to.see(name, key + ", as text", String.valueOf(each).getBytes(StandardCharsets.UTF_8));
                    to.see(name, key + ", serialized", bytes.toData(each).toByteArray());
                    if (each instanceof byte[] raw) {
                        to.see(name, key + ", as it is", raw);
                    }
                }
            }
            names.add(name);
        }
        return names;
    }

    private static Collection<? extends Map.Entry<?, ?>> entries(DistributedObject object) {
        if (object instanceof IMap<?, ?> map) {
            return map.entrySet();
        }
        if (object instanceof MultiMap<?, ?> map) {
            return map.entrySet();
        }
        if (object instanceof ReplicatedMap<?, ?> map) {
            return map.entrySet();
        }
        if (object instanceof ICollection<?> collection) {
            return collection.stream().map(item -> Map.entry("", item)).toList();
        }
        if (object instanceof IExecutorService) {
            // runs tasks and keeps nothing
            return Set.of();
        }
        throw new AssertionError("cannot look into " + object.getServiceName() + ' ' + object.getName());
    }
}
