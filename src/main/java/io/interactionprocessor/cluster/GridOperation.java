package io.interactionprocessor.cluster;

import com.hazelcast.map.EntryProcessor;

/**
 * One atomic operation on one entry, run by the node that owns the entry's partition; then its
 * {@linkplain #getBackupProcessor() second half} runs on the backup, before the caller hears of it.
 *
 * <p>Fields are {@code transient} since nothing here ever goes through Java serialisation.
 */
abstract class GridOperation<V, R> implements EntryProcessor<String, V, R>, GridObject {
    private static final long serialVersionUID = 1;

    /** By default nothing has been changed and the backup has nothing to do. */
    @Override
    public EntryProcessor<String, V, R> getBackupProcessor() {
        return null;
    }
}
