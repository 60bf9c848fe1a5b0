package io.interactionprocessor.cluster;

import com.hazelcast.partition.PartitioningStrategy;

/**
 * In which partition of the grid a session lies: its id says it with its last two characters ({@link HomePartitions}). Any
 * other key lies where its hash says.
 */
final class SessionPartitions implements PartitioningStrategy<String> {
    /** 22 characters that nobody can guess, and the mark. */
    static final int ID_LENGTH = 24;

    static final int MARK_LENGTH = 2;
    private static final long serialVersionUID = 1;

    @Override
    public Object getPartitionKey(String key) {
        return key.length() == ID_LENGTH ? key.substring(ID_LENGTH - MARK_LENGTH) : null;
    }
}
