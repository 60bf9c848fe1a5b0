package io.interactionprocessor.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.hashing.HashingAlgorithm;
import io.vertx.ext.auth.hashing.HashingStrategy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfiguredAgentsTest {
    private static final Pattern ROUNDS = Pattern.compile("it=(\\d+)");
    private static final Vertx VERTX = Vertx.vertx();
    private static final Secret UNGUESSABLE = Secret.of("an unguessable secret");

    private final CountingStrategy strategy = new CountingStrategy();
    private final PasswordHash hashes = new PasswordHash(strategy, new SecureRandom());
    private HashingPool pool;

    @BeforeEach
    void start() {
        pool = new HashingPool(VERTX, 1, 100);
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @AfterAll
    static void stopVertx() {
        VERTX.close().await();
    }

    @Test
    void aHashIsMatchedByItsPasswordOnly() {
        PasswordHash real = new PasswordHash();
        String hash = real.hash(Secret.of("geheim"), 10_000);

        assertThat(hash).startsWith("$pbkdf2$it=10000$").doesNotContain("geheim");
        assertThat(PasswordHash.roundsOf(hash)).isEqualTo(10_000);
        assertThat(real.matches(hash, Secret.of("geheim"))).isTrue();
        assertThat(real.matches(hash, Secret.of("Geheim"))).isFalse();
        assertThat(real.hash(Secret.of("geheim"), 10_000)).isNotEqualTo(hash);
    }

    @Test
    void theCommandsHashHasTheStrengthThatIsPromised() {
        hashes.hash(Secret.of("geheim"));

        assertThat(strategy.rounds).hasValue(PasswordHash.ITERATIONS).hasValue(210_000);
    }

    @Test
    void agentsAreKnownByHashAndByText() {
        ConfiguredAgents agents = mixed();

        assertThat(verdict(agents, "h1", "one")).isInstanceOf(Verdict.Valid.class);
        assertThat(verdict(agents, "h2", "two")).isInstanceOf(Verdict.Valid.class);
        assertThat(verdict(agents, "p1", "plain")).isInstanceOf(Verdict.Valid.class);

        assertThat(verdict(agents, "h1", "two")).isInstanceOf(Verdict.Invalid.class);
        assertThat(verdict(agents, "p1", "demo")).isInstanceOf(Verdict.Invalid.class);
        for (String unknown : List.of("P1", "p1 ", "", "nobody")) {
            assertThat(verdict(agents, unknown, "plain")).as(unknown).isInstanceOf(Verdict.Invalid.class);
            assertThat(verdict(agents, unknown, UNGUESSABLE.reveal()))
                    .as(unknown)
                    .isInstanceOf(Verdict.Invalid.class);
        }
    }

    @Test
    void unknownAgentAndWrongPasswordCostTheSameWork() {
        ConfiguredAgents agents = mixed();

        for (String agent : List.of("h1", "h2", "p1", "nobody")) {
            strategy.rounds.set(0);
            verdict(agents, agent, "wrong");
            assertThat(strategy.rounds).as(agent).hasValue(12_000);
        }
        strategy.rounds.set(0);
        verdict(agents, "h1", "one");
        assertThat(strategy.rounds).hasValue(12_000);
    }

    @Test
    void withoutHashesNobodyNeedsThePool() {
        pool.close();
        ConfiguredAgents agents = agents(new AgentEntry.Plain("1001", null, Secret.of("demo")));

        assertThat(verdict(agents, "1001", "demo")).isInstanceOf(Verdict.Valid.class);
        assertThat(verdict(agents, "nobody", "demo")).isInstanceOf(Verdict.Invalid.class);
        assertThat(strategy.rounds).hasValue(0);
    }

    @Test
    void agentsHaveNames() {
        ConfiguredAgents agents = mixed();

        assertThat(agents.nameOf("h1")).contains("Ada");
        assertThat(agents.nameOf("p1")).contains("p1");
        assertThat(agents.nameOf("nobody")).isEmpty();
    }

    @Test
    void badEntriesAreNamedAndNotQuoted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> agents(new AgentEntry.Hashed("x", null, "opensesame")))
                .withMessageContaining("agent x")
                .withMessageContaining("hash-password")
                .withMessageNotContaining("opensesame");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> agents(new AgentEntry.Hashed("x", null, "$pbkdf2$it=10$c2FsdA$aGFzaA")))
                .withMessageContaining("fewer than");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> agents(
                        new AgentEntry.Plain("x", null, Secret.of("a")),
                        new AgentEntry.Plain("x", null, Secret.of("b"))))
                .withMessageContaining("twice");
    }

    @Test
    void noEntryShowsItsSecret() {
        String all = List.of(
                        new AgentEntry.Hashed("h", "H", "thehash"),
                        new AgentEntry.Plain("p", "P", Secret.of("thepassword")))
                .toString();

        assertThat(all).doesNotContain("thehash").doesNotContain("thepassword");
    }

    @Test
    void aFloodOfLoginsFailsInsteadOfPilingUp() throws InterruptedException {
        HashingPool small = new HashingPool(VERTX, 1, 2);
        CountDownLatch release = new CountDownLatch(1);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(small.run(() -> release.await(10, TimeUnit.SECONDS)));
        }

        List<Future<Boolean>> refused = all.stream().filter(Future::failed).toList();
        assertThat(refused).hasSize(7);
        assertThat(refused).allSatisfy(each -> assertThat(each.cause()).isInstanceOf(RejectedExecutionException.class));
        release.countDown();
        assertThat(all.stream().filter(each -> !refused.contains(each)).map(each -> each.await()))
                .containsExactly(true, true, true);
        small.close();
    }

    private ConfiguredAgents mixed() {
        return agents(
                new AgentEntry.Hashed("h1", "Ada", hashes.hash(Secret.of("one"), 12_000)),
                new AgentEntry.Hashed("h2", null, hashes.hash(Secret.of("two"), 10_000)),
                new AgentEntry.Plain("p1", null, Secret.of("plain")));
    }

    private ConfiguredAgents agents(AgentEntry... entries) {
        return new ConfiguredAgents(List.of(entries), hashes, pool, UNGUESSABLE);
    }

    private static Verdict verdict(ConfiguredAgents agents, String agent, String password) {
        return agents.verify(agent, Secret.of(password), "127.0.0.1").await();
    }

    /** Looks like the library's strategy, takes no time, and counts how many rounds were asked of it. */
    private static final class CountingStrategy implements HashingStrategy {
        private final AtomicInteger rounds = new AtomicInteger();

        @Override
        public String hash(String id, Map<String, String> params, String salt, String password) {
            rounds.addAndGet(Integer.parseInt(params.get("it")));
            return "$" + id + "$it=" + params.get("it") + "$" + salt + "$" + fake(password);
        }

        @Override
        public boolean verify(String hash, String password) {
            Matcher matcher = ROUNDS.matcher(hash);
            assertThat(matcher.find()).isTrue();
            rounds.addAndGet(Integer.parseInt(matcher.group(1)));
            return hash.endsWith("$" + fake(password));
        }

        @Override
        public HashingAlgorithm get(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HashingStrategy put(String id, HashingAlgorithm algorithm) {
            throw new UnsupportedOperationException();
        }

        private static String fake(String password) {
            return Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
        }
    }
}
