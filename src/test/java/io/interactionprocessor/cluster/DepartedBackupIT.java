package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.ThreeNodes.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.partition.InternalPartitionService;
import com.hazelcast.partition.Partition;
import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.DirectoryEntry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is under way when the node dies that has its backup. */
class DepartedBackupIT {
    /** Hazelcast waits so long for the backup that what comes to an end does so because it was asked for again. */
    private static final String FOR_EVER = "600000";

    private static final String SHORT = "100";
    /** The dead is out as soon as may be. */
    private static final String FEW = "1";
    /** The dead is a member for some seconds more: whatever is begun meanwhile waits for its backup. */
    private static final String MANY = "30";

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Epoch ONE = new Epoch(1);

    private ThreeNodes cluster;

    private void start(String backupTimeoutMillis, String connectionFaults) {
        cluster = ThreeNodes.start(
                config -> config.setProperty("hazelcast.operation.backup.timeout.millis", backupTimeoutMillis)
                        .setProperty("hazelcast.connection.monitor.max.faults", connectionFaults));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatSessionsAppendIsStored() {
        start(FOR_EVER, FEW);
        HazelcastSessionStore store = new HazelcastSessionStore(cluster.get(0));
        List<String> marks = IntStream.range(0, 100)
                .mapToObj("%02d"::formatted)
                .filter(this::backupIsOnTheLast)
                .toList();
        assertThat(marks).isNotEmpty();
        List<SessionId> sessions = IntStream.range(0, 100)
                .mapToObj(i -> new SessionId("%022d".formatted(i) + marks.get(i % marks.size())))
                .toList();

        cluster.crash(2);

        List<CompletionStage<Boolean>> appends = sessions.stream()
                .map(each -> store.append(each, SessionStoreIT.change(ONE, 1, 1)))
                .toList();
        appends.forEach(each -> assertThat(await(each)).isTrue());
        sessions.forEach(each -> assertThat(await(store.find(each, 0))).isPresent());
    }

    @Test
    void clientsThatComeBackAreBound() {
        start(FOR_EVER, FEW);
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

    /** A claim that the directory itself made once more could destroy the session that has overridden it meanwhile. */
    @Test
    void whoClaimsHearsThatTheOutcomeIsUnknown() {
        start(SHORT, MANY);
        HazelcastDirectory directory = new HazelcastDirectory(cluster.get(0));
        List<AgentKey> agents = IntStream.range(0, 100)
                .mapToObj(i -> new AgentKey("demo", Integer.toString(i)))
                .filter(each -> backupIsOnTheLast("demo\n" + each.agent()))
                .toList();
        assertThat(agents).isNotEmpty();

        cluster.crash(2);

        List<CompletionStage<DirectoryEntry.Outcome>> claimed =
                agents.stream().map(each -> claim(directory, each)).toList();
        claimed.forEach(each -> assertThatThrownBy(() -> await(each))
                .rootCause()
                .isInstanceOf(IndeterminateOperationStateException.class));
        agents.forEach(each -> ThreeNodes.until("granted again", LONG, () -> isGranted(directory, each)));
    }

    private static boolean isGranted(HazelcastDirectory directory, AgentKey agent) {
        return await(claim(directory, agent).handle((outcome, failure) -> failure == null && outcome.granted()));
    }

    private static CompletionStage<DirectoryEntry.Outcome> claim(HazelcastDirectory directory, AgentKey agent) {
        return directory.claim(agent, new SessionId("of " + agent.agent()), "here", 1);
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
