package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.ThreeNodes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.DirectoryEntry.Outcome;
import io.interactionprocessor.session.Tally;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DirectoryIT {
    private static ThreeNodes cluster;
    private static List<HazelcastDirectory> directories;

    @BeforeAll
    static void start() {
        cluster = ThreeNodes.start();
        directories = cluster.all().stream().map(HazelcastDirectory::new).toList();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void ofManyWhoClaimOneAgentExactlyOneWins() throws Exception {
        int agents = 200;
        int threadsPerNode = 4;
        ExecutorService threads = Executors.newFixedThreadPool(3 * threadsPerNode);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<List<Boolean>>> racers = new ArrayList<>();
            for (int racer = 0; racer < 3 * threadsPerNode; racer++) {
                int self = racer;
                racers.add(threads.submit(() -> {
                    go.await();
                    List<Boolean> won = new ArrayList<>();
                    for (int agent = 0; agent < agents; agent++) {
                        won.add(claim(self % 3, "race" + agent, "s" + self).granted());
                    }
                    return won;
                }));
            }
            go.countDown();
            for (int agent = 0; agent < agents; agent++) {
                int winners = 0;
                int winner = -1;
                for (int racer = 0; racer < racers.size(); racer++) {
                    if (racers.get(racer).get().get(agent)) {
                        winners++;
                        winner = racer;
                    }
                }
                assertThat(winners).as("winners of agent %s", agent).isOne();
                for (int node = 0; node < 3; node++) {
                    assertThat(find(node, "race" + agent).orElseThrow().session())
                            .isEqualTo(session("s" + winner));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void everyOverridingClaimGetsAnEpochOfItsOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Set<Epoch>>> racers = new ArrayList<>();
            for (int racer = 0; racer < 6; racer++) {
                int self = racer;
                racers.add(threads.submit(() -> {
                    Set<Epoch> epochs = new HashSet<>();
                    for (int i = 0; i < 100; i++) {
                        epochs.add(override(self % 3, "override", self + "-" + i)
                                .after()
                                .epoch());
                    }
                    return epochs;
                }));
            }
            Set<Epoch> all = new HashSet<>();
            for (Future<Set<Epoch>> racer : racers) {
                all.addAll(racer.get());
            }
            assertThat(all).hasSize(600);
            assertThat(find(0, "override").orElseThrow().epoch()).isEqualTo(Collections.max(all));
            assertThat(Collections.max(all).value() - Collections.min(all).value())
                    .isEqualTo(599);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aClaimIsAnsweredWithWhoIsThereAlready() {
        claim(0, "taken", "first");

        Outcome second = claim(1, "taken", "second");

        assertThat(second.granted()).isFalse();
        assertThat(second.before().session()).isEqualTo(session("first"));
        assertThat(second.before().node()).isEqualTo(cluster.get(0).nodeId());
        assertThat(second.after()).isEqualTo(second.before());
    }

    @Test
    void theSameClaimAgainIsGrantedAgain() {
        Outcome first = claim(0, "repeated", "s");

        assertThat(claim(2, "repeated", "s").after()).isEqualTo(first.after());
    }

    @Test
    void anOverrideSentAgainDoesNotDestroyTheSessionThatHasOverriddenIt() {
        Epoch seen = claim(0, "overridden", "old").after().epoch();
        Outcome first = override(1, "overridden", seen, false, "first");

        assertThat(override(1, "overridden", seen, true, "first").after())
                .as("nothing came in between")
                .isEqualTo(first.after());
        DirectoryEntry second = override(2, "overridden", "second").after();
        Outcome again = override(1, "overridden", seen, true, "first");

        assertThat(again.granted()).isFalse();
        assertThat(again.before()).isEqualTo(second);
        assertThat(find(0, "overridden")).contains(second);
    }

    @Test
    void aTakeOverRaisesTheEpochAndALateReleaseOfTheOldOwnerChangesNothing() {
        Epoch first = claim(0, "moved", "s").after().epoch();

        Outcome moved = await(directories
                .get(2)
                .bind(agent("moved"), session("s"), cluster.get(2).nodeId(), "key"));

        assertThat(moved.granted()).isTrue();
        assertThat(moved.after().node()).isEqualTo(cluster.get(2).nodeId());
        assertThat(first.isOlderThan(moved.after().epoch())).isTrue();
        assertThat(await(directories.get(0).release(agent("moved"), session("s"), first))
                        .granted())
                .isFalse();
        assertThat(find(1, "moved")).contains(moved.after());
    }

    @Test
    void aTakeOverOfASessionThatWasOverriddenIsRefused() {
        claim(0, "gone", "old");
        DirectoryEntry present = override(1, "gone", "new").after();

        Outcome late = await(directories
                .get(2)
                .bind(agent("gone"), session("old"), cluster.get(2).nodeId(), "key"));

        assertThat(late.granted()).isFalse();
        assertThat(find(0, "gone")).contains(present);
    }

    @Test
    void theEpochOutlivesTheSession() {
        Epoch first = claim(0, "returns", "s1").after().epoch();
        assertThat(await(directories.get(1).release(agent("returns"), session("s1"), first))
                        .granted())
                .isTrue();
        assertThat(find(2, "returns").orElseThrow().occupied()).isFalse();

        Outcome second = claim(2, "returns", "s2");

        assertThat(second.granted()).isTrue();
        assertThat(first.isOlderThan(second.after().epoch())).isTrue();
    }

    @Test
    void anUnknownAgentHasNoEntry() {
        assertThat(find(0, "nobody")).isEmpty();
        assertThat(await(directories.get(0).bind(agent("nobody"), session("s"), "n", "key"))
                        .granted())
                .isFalse();
        assertThat(find(0, "nobody")).isEmpty();
    }

    @Test
    void theSessionsOfANodeCanBeListed() {
        DirectoryEntry entry = claim(1, "listed", "s").after();
        claim(2, "listed elsewhere", "s");

        Map<AgentKey, DirectoryEntry> owned =
                await(directories.get(0).ownedBy("demo", cluster.get(1).nodeId(), Tally.ALL));

        assertThat(owned).containsEntry(agent("listed"), entry).doesNotContainKey(agent("listed elsewhere"));
    }

    @Test
    void theSessionsOfANodeThatHasGoneAreAdoptedByOne() {
        claim(0, "orphan", "s");
        String gone = cluster.get(0).nodeId();

        Outcome adopted = await(directories
                .get(1)
                .adopt(agent("orphan"), session("s"), gone, cluster.get(1).nodeId()));
        Outcome late = await(directories
                .get(2)
                .adopt(agent("orphan"), session("s"), gone, cluster.get(2).nodeId()));

        assertThat(adopted.granted()).isTrue();
        assertThat(adopted.after().adopted()).isTrue();
        assertThat(adopted.before().epoch().isOlderThan(adopted.after().epoch()))
                .isTrue();
        assertThat(late.granted()).isFalse();
        assertThat(find(0, "orphan")).contains(adopted.after());
    }

    @Test
    void whatTheDirectoryHasForgottenIsSaidAgainAndOnlyThat() {
        DirectoryEntry held = new DirectoryEntry(session("s"), cluster.get(0).nodeId(), new Epoch(7), "hash", 1000);
        assertThat(await(directories.get(0).reassert(agent("forgotten"), held)).granted())
                .isTrue();
        assertThat(find(1, "forgotten")).contains(held);

        DirectoryEntry older = new DirectoryEntry(session("t"), cluster.get(1).nodeId(), new Epoch(6), "hash", 1000);
        assertThat(await(directories.get(1).reassert(agent("forgotten"), older)).granted())
                .isFalse();
        assertThat(find(1, "forgotten")).contains(held);
    }

    @Test
    void aSurveyDiffersWhenTheSessionsDo() {
        String node = cluster.get(2).nodeId();
        Epoch first = await(directories.get(2).claim(new AgentKey("surveyed", "a"), session("s"), node, 1000))
                .after()
                .epoch();
        await(directories.get(1).claim(new AgentKey("surveyed", "b"), session("t"), node, 1000));
        await(directories.get(1).claim(new AgentKey("surveyed2", "c"), session("u"), node, 1000));

        Tally two = new Tally().add(session("t"), first).add(session("s"), first);
        assertThat(await(directories.get(0).survey("surveyed", false))).isEqualTo(Map.of(node, two));

        await(directories.get(1).adopt(new AgentKey("surveyed", "b"), session("t"), node, "other"));
        assertThat(await(directories.get(0).survey("surveyed", false)))
                .isEqualTo(Map.of(
                        node,
                        new Tally().add(session("s"), first),
                        "other",
                        new Tally().add(session("t"), first.next())));
    }

    @Test
    void aResultComesBackOnTheContextThatAsked() {
        for (int node = 0; node < 3; node++) {
            HazelcastDirectory directory = directories.get(node);
            Vertx vertx = cluster.get(node).vertx();
            Promise<Boolean> promise = Promise.<Boolean>promise();
            vertx.runOnContext(v -> {
                Context asked = Vertx.currentContext();
                directory
                        .find(agent("context"))
                        .whenComplete((found, failure) -> promise.complete(Vertx.currentContext() == asked));
            });
            assertThat(await(promise.future())).isTrue();
        }
    }

    private static Outcome claim(int node, String agent, String session) {
        return await(directories
                .get(node)
                .claim(agent(agent), session(session), cluster.get(node).nodeId(), 1000));
    }

    private static Outcome override(int node, String agent, String session) {
        return override(node, agent, Epoch.NONE, false, session);
    }

    private static Outcome override(int node, String agent, Epoch seen, boolean again, String session) {
        return await(directories
                .get(node)
                .override(
                        agent(agent),
                        seen,
                        again,
                        session(session),
                        cluster.get(node).nodeId(),
                        1000));
    }

    private static Optional<DirectoryEntry> find(int node, String agent) {
        return await(directories.get(node).find(agent(agent)));
    }

    private static AgentKey agent(String id) {
        return new AgentKey("demo", id);
    }

    private static SessionId session(String id) {
        return new SessionId(id);
    }
}
