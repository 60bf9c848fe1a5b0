package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.ThreeNodes.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.partition.Partition;
import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.DirectoryEntry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is under way when the node dies that has its backup. Here Hazelcast would wait for that backup for ever, so what comes
 * to an end does so because it was asked for again.
 */
class DepartedBackupIT {
    private static final String FOR_EVER = "600000";
    private static final Epoch ONE = new Epoch(1);

    private ThreeNodes cluster;

    @BeforeEach
    void start() {
        cluster = ThreeNodes.start(config -> config.setProperty("hazelcast.operation.backup.timeout.millis", FOR_EVER));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatSessionsAppendIsStored() {
        HazelcastSessionStore store = new HazelcastSessionStore(cluster.get(0));
        List<SessionId> sessions = IntStream.range(0, 100)
                .mapToObj(i -> new SessionId("%022d".formatted(i) + store.mark()))
                .toList();
        assertThat(sessions.stream().filter(each -> backupIsOnTheLast(mark(each))))
                .isNotEmpty();

        cluster.crash(2);

        List<CompletionStage<Boolean>> appends = sessions.stream()
                .map(each -> store.append(each, SessionStoreIT.change(ONE, 1, 1)))
                .toList();
        appends.forEach(each -> assertThat(await(each)).isTrue());
        sessions.forEach(each -> assertThat(await(store.find(each, 0))).isPresent());
    }

    @Test
    void clientsThatComeBackAreBound() {
        HazelcastDirectory directory = new HazelcastDirectory(cluster.get(0));
        List<AgentKey> agents = IntStream.range(0, 100)
                .mapToObj(i -> new AgentKey("demo", Integer.toString(i)))
                .toList();
        agents.forEach(each -> await(directory.claim(each, new SessionId("of " + each.agent()), "another", 1)));
        assertThat(agents.stream().filter(each -> backupIsOnTheLast("demo\n" + each.agent())))
                .isNotEmpty();

        cluster.crash(2);

        List<CompletionStage<DirectoryEntry.Outcome>> bound = agents.stream()
                .map(each -> directory.bind(each, new SessionId("of " + each.agent()), "here", "hash"))
                .toList();
        bound.forEach(each -> assertThat(await(each).granted()).isTrue());
    }

    /** What says in which partition a session lies. */
    private static String mark(SessionId session) {
        return session.value().substring(SessionPartitions.ID_LENGTH - SessionPartitions.MARK_LENGTH);
    }

    /** Whether a key is kept by a node that lives, and its backup by the one that will be killed. */
    private boolean backupIsOnTheLast(String key) {
        Partition partition = cluster.get(0).hazelcast().getPartitionService().getPartition(key);
        InternalPartitionService partitions = ((HazelcastInstanceProxy)
                        cluster.get(0).hazelcast())
                .getOriginal()
                .node
                .getPartitionService();
        UUID last = cluster.get(2).hazelcast().getCluster().getLocalMember().getUuid();
        return partitions
                .getPartition(partition.getPartitionId())
                .getReplica(1)
                .uuid()
                .equals(last);
    }
}
