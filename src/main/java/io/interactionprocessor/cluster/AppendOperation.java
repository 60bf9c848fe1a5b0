package io.interactionprocessor.cluster;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.impl.operation.MultipleEntryOperation;
import java.util.Set;

/**
 * {@link SessionAppends} on several entries of one partition, done when the backup has them too. Hazelcast's own operation on
 * several entries does not wait for its backup: with it events that had been told were lost when a node was cut off.
 */
final class AppendOperation extends MultipleEntryOperation {
    AppendOperation() {}

    AppendOperation(String map, Set<Data> keys, SessionAppends appends) {
        super(map, keys, appends);
    }

    @Override
    public int getSyncBackupCount() {
        return mapContainer.getBackupCount();
    }

    @Override
    public int getAsyncBackupCount() {
        return mapContainer.getAsyncBackupCount();
    }

    @Override
    public int getFactoryId() {
        return GridSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return GridSerialization.Type.APPEND_OPERATION.id();
    }
}
