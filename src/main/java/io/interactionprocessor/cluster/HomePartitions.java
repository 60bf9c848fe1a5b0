package io.interactionprocessor.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.PartitionService;
import java.util.Random;

/**
 * Chooses where this node's new sessions are kept: in a few partitions that it holds itself. So a write need not travel to
 * where it is kept, only to its backup, and the writes of many sessions can go as one ({@link AppendGroups}). That is all
 * there is to it: a session stays where it is when its partition or its client moves, and nothing depends on it.
 */
final class HomePartitions {
    /** Fewer would gather more writes in one, more would be moved in smaller pieces when nodes come and go. */
    private static final int HOMES = 4;

    private static final int TRIES = 16;
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final PartitionService partitions;
    private final Member self;
    private final Random random;
    private final String[] marks = new String[HOMES];
    private int turn;

    HomePartitions(HazelcastInstance hazelcast, Random random) {
        this.partitions = hazelcast.getPartitionService();
        this.self = hazelcast.getCluster().getLocalMember();
        this.random = random;
    }

    /** Returns what the next session's id ends with. */
    synchronized String mark() {
        turn = (turn + 1) % HOMES;
        // while nodes come and go there may be none here; any will do
        for (int tries = 0; !isHere(marks[turn]) && tries < TRIES; tries++) {
            marks[turn] = "" + character() + character();
        }
        return marks[turn];
    }

    private boolean isHere(String mark) {
        return mark != null && self.equals(partitions.getPartition(mark).getOwner());
    }

    private char character() {
        return CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    }
}
