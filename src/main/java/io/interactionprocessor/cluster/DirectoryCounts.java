package io.interactionprocessor.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.Partition;
import com.hazelcast.partition.PartitionService;
import com.hazelcast.partition.ReplicaMigrationEvent;
import com.hazelcast.query.Predicates;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.Tally;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Tallies of the directory's entries that this member stores first, by instance-domain and owner, kept as
 * {@link DirectoryChange}s are made here: whoever compares them with its sessions every so often would else have all members
 * walk through all entries. Entries also come and go when partitions move and when clusters merge, so nothing is kept from
 * then on until that has been over for a while; meanwhile the entries are walked through. Safe on all threads.
 */
final class DirectoryCounts {
    private static final String KEY = DirectoryCounts.class.getName();

    private final HazelcastInstance member;
    private final IMap<String, DirectoryEntry> map;
    private final long quiet;
    private final Map<String, Map<String, Tally>> kept = new HashMap<>();
    private long changes;
    private long lastMove;
    private long walks;

    private DirectoryCounts(HazelcastInstance member, long quietMs) {
        this.member = member;
        this.map = member.getMap(GridConfig.DIRECTORY);
        this.quiet = TimeUnit.MILLISECONDS.toNanos(quietMs);
        moved();
    }

    /**
     * Begins to keep them for a member.
     *
     * @param quietMs how long nothing must have moved before they are kept
     */
    static DirectoryCounts keep(HazelcastInstance member, long quietMs) {
        DirectoryCounts counts = new DirectoryCounts(member, quietMs);
        member.getUserContext().put(KEY, counts);
        Moves moves = counts.new Moves();
        member.getCluster().addMembershipListener(moves);
        member.getPartitionService().addMigrationListener(moves);
        member.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGING || event.getState() == LifecycleState.MERGED) {
                counts.moved();
            }
        });
        return counts;
    }

    /** Returns those of a member, or null when it does not keep any yet. */
    static DirectoryCounts of(HazelcastInstance member) {
        return (DirectoryCounts) member.getUserContext().get(KEY);
    }

    /** An entry that is stored here has been changed; {@code before} may be null. */
    synchronized void changed(String key, DirectoryEntry before, DirectoryEntry after) {
        changes++;
        Map<String, Tally> tallies = kept.get(HazelcastDirectory.domain(key));
        if (tallies == null) {
            return;
        }
        if (before != null && before.occupied()) {
            Tally tally = tallies.computeIfAbsent(before.node(), node -> new Tally());
            if (tally.remove(before.session(), before.epoch()).sessions() == 0) {
                tallies.remove(before.node());
            }
        }
        if (after.occupied()) {
            tallies.computeIfAbsent(after.node(), node -> new Tally()).add(after.session(), after.epoch());
        }
    }

    /**
     * Returns the tallies of an instance-domain by the nodes that own its sessions, or nothing while entries may be moving:
     * then it takes all members together to say what there is. May walk through the entries; blocks.
     *
     * @param anew whether to walk through them in any case
     */
    Optional<Map<String, Tally>> tallies(String domain, boolean anew) {
        long seen;
        synchronized (this) {
            if (System.nanoTime() - lastMove <= quiet) {
                return Optional.empty();
            }
            Map<String, Tally> there = anew ? kept.remove(domain) : kept.get(domain);
            if (there != null && !anew) {
                return Optional.of(copy(there));
            }
            seen = changes;
            walks++;
        }
        Map<String, Tally> walked = walk(domain);
        synchronized (this) {
            if (changes == seen) {
                kept.put(domain, copy(walked));
            }
        }
        return Optional.of(walked);
    }

    /** Returns whether the next who asks is told without a walk. */
    synchronized boolean keeps(String domain) {
        return kept.containsKey(domain);
    }

    /** Returns how often the entries have been walked through. */
    synchronized long walks() {
        return walks;
    }

    private synchronized void moved() {
        changes++; // so that what is being counted now is not kept
        lastMove = System.nanoTime();
        kept.clear();
    }

    private Map<String, Tally> walk(String domain) {
        Set<Object> keys = keysOfPartitionsHere();
        return keys.isEmpty()
                ? Map.of()
                : map.aggregate(new Survey(domain), Predicates.multiPartitionPredicate(keys, Predicates.alwaysTrue()));
    }

    /** Returns some key for each partition that is here: partitions can only be chosen by keys. */
    private Set<Object> keysOfPartitionsHere() {
        PartitionService partitions = member.getPartitionService();
        Set<Integer> here = new HashSet<>();
        for (Partition partition : partitions.getPartitions()) {
            if (member.getCluster().getLocalMember().equals(partition.getOwner())) {
                here.add(partition.getPartitionId());
            }
        }
        Set<Object> keys = new HashSet<>();
        for (int key = 0; !here.isEmpty(); key++) {
            if (here.remove(partitions.getPartition(key).getPartitionId())) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static Map<String, Tally> copy(Map<String, Tally> tallies) {
        Map<String, Tally> copy = new HashMap<>();
        tallies.forEach((node, tally) -> copy.put(node, new Tally().add(tally)));
        return copy;
    }

    private final class Moves implements MembershipListener, MigrationListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            moved();
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            moved();
        }

        @Override
        public void migrationStarted(MigrationState state) {
            moved();
        }

        @Override
        public void migrationFinished(MigrationState state) {
            moved();
        }

        @Override
        public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
            moved();
        }

        @Override
        public void replicaMigrationFailed(ReplicaMigrationEvent event) {
            moved();
        }
    }
}
