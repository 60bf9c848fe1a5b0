package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.ThreeNodes.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Epoch;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bytes of the simulated switch, and failed logins. */
class SharedStoresIT {
    private static final Epoch ONE = new Epoch(1);
    private static final Epoch TWO = new Epoch(2);

    private static ThreeNodes cluster;

    private final String name = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        cluster = ThreeNodes.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void whatOneHolderWroteTheNextFinds() {
        GridByteStore first = new GridByteStore(cluster.get(0), name);
        assertThat(await(first.loadAll(ONE)).orElseThrow()).isEmpty();
        assertThat(await(first.write(Map.of("a", bytes("1"), "b", bytes("2")), Set.of(), ONE)))
                .isTrue();
        assertThat(await(first.write(Map.of("b", bytes("3"), "c", bytes("4")), Set.of("a"), ONE)))
                .isTrue();

        Optional<Map<String, byte[]>> found = await(new GridByteStore(cluster.get(1), name).loadAll(TWO));

        assertThat(texts(found.orElseThrow())).isEqualTo(Map.of("b", "3", "c", "4"));
    }

    @Test
    void onceANewHolderHasLoadedTheOldOneWritesNothing() {
        GridByteStore old = new GridByteStore(cluster.get(0), name);
        await(old.write(Map.of("a", bytes("old")), Set.of(), ONE));
        GridByteStore fresh = new GridByteStore(cluster.get(2), name);
        await(fresh.loadAll(TWO));

        assertThat(await(old.write(Map.of("a", bytes("late"), "b", bytes("late")), Set.of(), ONE)))
                .isFalse();
        assertThat(await(old.loadAll(ONE))).isEmpty();

        assertThat(texts(await(fresh.loadAll(TWO)).orElseThrow())).isEqualTo(Map.of("a", "old"));
    }

    @Test
    void writesThatAreNotWaitedForAreStoredInOrder() {
        GridByteStore store = new GridByteStore(cluster.get(1), name);
        List<Future<Boolean>> writes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            writes.add(store.write(Map.of("last", bytes("" + i), "k" + i, bytes("x")), Set.of("k" + (i - 2)), ONE));
        }
        writes.forEach(write -> assertThat(await(write)).isTrue());

        Map<String, String> stored = texts(await(store.loadAll(ONE)).orElseThrow());

        assertThat(stored).isEqualTo(Map.of("last", "499", "k498", "x", "k499", "x"));
    }

    @Test
    void storesOfOtherNamesAreOthers() {
        await(new GridByteStore(cluster.get(0), name).write(Map.of("a", bytes("1")), Set.of(), TWO));

        assertThat(await(new GridByteStore(cluster.get(0), name + "'").loadAll(ONE))
                        .orElseThrow())
                .isEmpty();
    }

    @Test
    void failuresCountOverAllNodesUpToTheLimit() {
        for (int i = 0; i < 5; i++) {
            assertThat(await(counter(i % 3).waitMillis(name, 5, 60_000))).isZero();
            assertThat(await(counter(i % 3).take(name, 5, 60_000))).isZero();
        }

        assertThat(await(counter(2).waitMillis(name, 5, 60_000))).isBetween(50_000L, 60_000L);
        assertThat(await(counter(1).take(name, 5, 60_000))).isBetween(50_000L, 60_000L);
        assertThat(await(counter(2).waitMillis(name + "'", 5, 60_000))).isZero();

        assertThat(await(counter(0).forgive(name, 5, 60_000))).isPositive();
        assertThat(await(counter(0).forgive(name, 6, 60_000))).isZero();
        assertThat(await(counter(2).waitMillis(name, 5, 60_000))).isZero();
    }

    @Test
    void aWindowGoesByItself() {
        for (int i = 0; i < 5; i++) {
            await(counter(0).take(name, 5, 1_500));
        }
        assertThat(await(counter(1).waitMillis(name, 5, 1_500))).isBetween(1L, 1_500L);

        ThreeNodes.until(
                "the window is over",
                Duration.ofSeconds(5),
                () -> await(counter(1).waitMillis(name, 5, 1_500)) == 0);
        ThreeNodes.until(
                "nothing is kept of it",
                Duration.ofSeconds(5),
                () -> !cluster.get(0).hazelcast().getMap(GridConfig.ATTEMPTS).containsKey(name));
    }

    private static AttemptCounter counter(int node) {
        return new AttemptCounter(cluster.get(node));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Map<String, String> texts(Map<String, byte[]> bytes) {
        Map<String, String> texts = new HashMap<>();
        bytes.forEach((key, value) -> texts.put(key, new String(value, UTF_8)));
        return texts;
    }
}
