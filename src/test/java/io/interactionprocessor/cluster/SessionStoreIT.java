package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.ThreeNodes.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.spi.impl.NodeEngineImpl;
import com.hazelcast.spi.impl.PartitionSpecificRunnable;
import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.SessionState;
import io.interactionprocessor.session.StoredSession;
import io.interactionprocessor.session.StoredSession.Append;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionStoreIT {
    private static final Epoch ONE = new Epoch(1);
    private static final Epoch TWO = new Epoch(2);

    private static ThreeNodes cluster;
    private static List<HazelcastSessionStore> stores;

    private final SessionId session = new SessionId(UUID.randomUUID().toString());

    @BeforeAll
    static void start() {
        cluster = ThreeNodes.start();
        stores = cluster.all().stream().map(HazelcastSessionStore::new).toList();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void whatOneNodeAppendsAnotherFinds() {
        assertThat(append(0, ONE, 1, 1)).isTrue();
        assertThat(append(0, ONE, 2, 2)).isTrue();

        StoredSession stored = find(2).orElseThrow();

        assertThat(stored)
                .isEqualTo(new StoredSession(
                        ONE, 2, state(2), List.of(answer(1), answer(2)), List.of(event(1), event(2))));
    }

    @Test
    void anAppendSentTwiceIsStoredOnce() {
        append(0, ONE, 1, 1);

        assertThat(append(0, ONE, 1, 1)).isTrue();

        assertThat(find(1).orElseThrow().events()).containsExactly(event(1));
        assertThat(find(1).orElseThrow().answers()).containsExactly(answer(1));
    }

    @Test
    void onlyTheLastAnswersAndEventsAreKept() {
        for (int i = 1; i <= 10; i++) {
            append(i % 3, ONE, i, i);
        }

        StoredSession stored = find(0).orElseThrow();

        assertThat(stored.events()).containsExactly(event(7), event(8), event(9), event(10));
        assertThat(stored.answers()).containsExactly(answer(8), answer(9), answer(10));
    }

    @Test
    void afterFencingTheOldOwnerIsRefusedAndTheNewOneGoesOn() {
        append(0, ONE, 1, 1);

        Optional<StoredSession> fenced = await(stores.get(1).fence(session, TWO, 0));

        assertThat(fenced.orElseThrow().epoch()).isEqualTo(TWO);
        assertThat(fenced.orElseThrow().events()).containsExactly(event(1));
        assertThat(append(0, ONE, 2, 2)).isFalse();
        assertThat(await(stores.get(0).fence(session, ONE, 0))).isEmpty();
        assertThat(append(1, TWO, 2, 2)).isTrue();
        assertThat(find(0).orElseThrow().events()).containsExactly(event(1), event(2));
    }

    @Test
    void onlyTheEventsThatAreAskedForTravel() {
        for (int i = 1; i <= 3; i++) {
            append(0, ONE, i, i);
        }
        assertThat(await(stores.get(1).fence(session, TWO, 2)).orElseThrow().events())
                .containsExactly(event(3));
        assertThat(await(stores.get(2).find(session, StoredSession.NO_EVENTS))
                        .orElseThrow()
                        .events())
                .isEmpty();
    }

    @Test
    void fencingTwiceGivesTheSame() {
        append(0, ONE, 1, 1);
        Optional<StoredSession> first = await(stores.get(1).fence(session, TWO, 0));

        assertThat(await(stores.get(1).fence(session, TWO, 0))).isEqualTo(first);
    }

    @Test
    void aSessionThatWasNeverStoredCannotBeFenced() {
        assertThat(await(stores.get(0).fence(session, ONE, 0))).isEmpty();
        assertThat(find(0)).isEmpty();
    }

    @Test
    void aRemovedSessionStaysRemovedWhateverComesLate() {
        append(0, ONE, 1, 1);
        await(stores.get(2).remove(session, TWO));

        assertThat(find(0)).isEmpty();
        assertThat(append(0, ONE, 2, 2)).isFalse();
        assertThat(append(0, TWO, 2, 2)).isFalse();
        assertThat(await(stores.get(1).fence(session, new Epoch(3), 0))).isEmpty();
    }

    @Test
    void aSessionRemovedBeforeItsFirstAppendCannotComeBack() {
        await(stores.get(2).remove(session, TWO));

        assertThat(append(0, ONE, 1, 1)).isFalse();
        assertThat(find(0)).isEmpty();
    }

    @Test
    void anOldOwnerCannotRemoveWhatANewOneOwns() {
        append(0, ONE, 1, 1);
        await(stores.get(1).fence(session, TWO, 0));

        await(stores.get(0).remove(session, ONE));

        assertThat(find(0)).isPresent();
        assertThat(append(1, TWO, 2, 2)).isTrue();
    }

    @Test
    void everySessionSurvivesTheLossOfANode() {
        // a cluster of its own: the others go on with three nodes
        try (ThreeNodes fragile = ThreeNodes.start()) {
            HazelcastSessionStore writer = new HazelcastSessionStore(fragile.get(0));
            int sessions = 60;
            for (int i = 0; i < sessions; i++) {
                for (int step = 1; step <= 3; step++) {
                    await(writer.append(new SessionId("s" + i), change(ONE, step, step)));
                }
            }

            fragile.crash(2);

            HazelcastSessionStore reader = new HazelcastSessionStore(fragile.get(1));
            for (int i = 0; i < sessions; i++) {
                StoredSession stored =
                        await(reader.fence(new SessionId("s" + i), TWO, 0)).orElseThrow();
                assertThat(stored.events()).containsExactly(event(1), event(2), event(3));
                assertThat(stored.state()).isEqualTo(state(3));
            }
        }
    }

    @Test
    void newSessionsAreKeptByTheirOwnNode() {
        for (int i = 0; i < 50; i++) {
            String id = "0123456789012345678901" + stores.get(1).mark();

            assertThat(ownerOf(id))
                    .isEqualTo(cluster.get(1).hazelcast().getCluster().getLocalMember());
        }
    }

    @Test
    void manySessionsOfOnePartitionAppendTogetherAndEachIsAnsweredForItself() {
        List<SessionId> sessions = sessionsOfOnePartition(40);
        for (int i = 0; i < sessions.size(); i += 4) {
            await(stores.get(1).append(sessions.get(i), change(TWO, 1, 1)));
        }
        long before = operations(0);

        List<CompletionStage<Boolean>> appends = sessions.stream()
                .map(each -> stores.get(0).append(each, change(ONE, 2, 2)))
                .toList();

        appends.forEach(ThreeNodes::await);
        // the first alone, what came meanwhile together; the cluster's own are a few more
        assertThat(operations(0) - before).isLessThan(sessions.size());
        for (int i = 0; i < sessions.size(); i++) {
            boolean overtaken = i % 4 == 0;
            assertThat(await(appends.get(i))).isEqualTo(!overtaken);
            StoredSession stored = await(stores.get(2).find(sessions.get(i), 0)).orElseThrow();
            assertThat(stored.epoch()).isEqualTo(overtaken ? TWO : ONE);
            assertThat(stored.events()).containsExactly(overtaken ? event(1) : event(2));
        }
    }

    @Test
    void ofTwoOwnersOfOneSessionThatAppendAtOnceTheNewerIsStored() {
        List<CompletionStage<Boolean>> appends = List.of(
                stores.get(0).append(session, change(ONE, 1, 1)),
                stores.get(0).append(session, change(TWO, 2, 2)),
                stores.get(0).append(session, change(ONE, 2, 3)));

        assertThat(appends.stream().map(ThreeNodes::await)).containsExactly(true, true, false);
        assertThat(find(1).orElseThrow().events()).containsExactly(event(1), event(2));
    }

    @Test
    void whatWasAppendedTogetherSurvivesTheNodeThatKeptIt() {
        try (ThreeNodes fragile = ThreeNodes.start()) {
            HazelcastSessionStore writer = new HazelcastSessionStore(fragile.get(0));
            List<SessionId> sessions = IntStream.range(0, 80)
                    .mapToObj(i -> new SessionId("%022d".formatted(i) + writer.mark()))
                    .toList();
            for (int step = 1; step <= 3; step++) {
                int now = step;
                List<CompletionStage<Boolean>> appends = sessions.stream()
                        .map(each -> writer.append(each, change(ONE, now, now)))
                        .toList();
                appends.forEach(each -> assertThat(await(each)).isTrue());
            }

            fragile.crash(0);

            HazelcastSessionStore reader = new HazelcastSessionStore(fragile.get(1));
            for (SessionId each : sessions) {
                StoredSession stored = await(reader.fence(each, TWO, 0)).orElseThrow();
                assertThat(stored.events()).containsExactly(event(1), event(2), event(3));
                assertThat(stored.state()).isEqualTo(state(3));
            }
        }
    }

    @Test
    void anAppendIsNotDoneBeforeItsBackupHasIt() throws Exception {
        SessionId kept = sessionsOfOnePartition(1).get(0);
        assertThat(await(stores.get(0).append(kept, change(ONE, 1, 1)))).isTrue();
        CountDownLatch stands = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        int partition = partitionOf(kept);
        backupOf(partition).getOperationService().execute(new PartitionSpecificRunnable() {
            @Override
            public int getPartitionId() {
                return partition;
            }

            @Override
            public void run() {
                stands.countDown();
                try {
                    goesOn.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        assertThat(stands.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Boolean> append =
                stores.get(0).append(kept, change(ONE, 2, 2)).toCompletableFuture();
        assertThatThrownBy(() -> append.get(400, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        goesOn.countDown();

        assertThat(await(append)).isTrue();
        assertThat(await(stores.get(2).find(kept, 0)).orElseThrow().events()).containsExactly(event(1), event(2));
    }

    private static int partitionOf(SessionId session) {
        Object mark = new SessionPartitions().getPartitionKey(session.value());
        return cluster.get(0)
                .hazelcast()
                .getPartitionService()
                .getPartition(mark)
                .getPartitionId();
    }

    private static NodeEngineImpl backupOf(int partition) {
        Address backup = engine(0).getPartitionService().getPartition(partition).getReplicaAddress(1);
        return IntStream.range(0, 3)
                .mapToObj(SessionStoreIT::engine)
                .filter(each -> each.getThisAddress().equals(backup))
                .findFirst()
                .orElseThrow();
    }

    private static NodeEngineImpl engine(int node) {
        return ((HazelcastInstanceProxy) cluster.get(node).hazelcast())
                .getOriginal()
                .node
                .getNodeEngine();
    }

    private static List<SessionId> sessionsOfOnePartition(int count) {
        String mark = stores.get(0).mark();
        return IntStream.range(0, count)
                .mapToObj(i -> new SessionId(
                        UUID.randomUUID().toString().replace("-", "").substring(0, 22) + mark))
                .toList();
    }

    private static Member ownerOf(String id) {
        Object mark = new SessionPartitions().getPartitionKey(id);
        return cluster.get(1)
                .hazelcast()
                .getPartitionService()
                .getPartition(mark)
                .getOwner();
    }

    private static long operations(int node) {
        return engine(node).getOperationService().getOperationExecutor().getExecutedOperationCount();
    }

    private boolean append(int node, Epoch epoch, long step, int number) {
        return await(stores.get(node).append(session, change(epoch, step, number)));
    }

    private Optional<StoredSession> find(int node) {
        return await(stores.get(node).find(session, 0));
    }

    static Append change(Epoch epoch, long step, int number) {
        return new Append(epoch, step, state(number), List.of(answer(number)), List.of(event(number)), 3, 4);
    }

    private static StoredAnswer answer(int number) {
        return new StoredAnswer("r" + number, number, "{\"requestId\":\"r" + number + "\"}");
    }

    private static StoredEvent event(int number) {
        return new StoredEvent(number, "{\"sequence\":" + number + "}");
    }

    private static SessionState state(int number) {
        return new SessionState(
                new SessionId("s"),
                "sim",
                new AgentKey("demo", "1001"),
                "Agent 1001",
                "default",
                1000,
                SessionState.Phase.BOUND,
                false,
                "hash",
                "",
                number,
                0,
                0,
                0,
                null,
                List.of(),
                null,
                0,
                Set.of());
    }
}
