package io.interactionprocessor.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {
    private static final String RIGHT = "right";

    private final AtomicLong now = new AtomicLong(1000);
    private final AtomicInteger checked = new AtomicInteger();
    private final LocalAttempts attempts = new LocalAttempts(now::get);
    private final AttemptLimit limit = new AttemptLimit("demo", new OneAgent(), attempts, 5, 100, now::get);

    @Test
    void afterFiveFailuresNotEvenTheRightPasswordIsLookedAt() {
        for (int i = 0; i < 5; i++) {
            assertThat(login("1001", "wrong", "a")).isInstanceOf(Verdict.Invalid.class);
        }
        assertThat(login("1001", RIGHT, "a")).isEqualTo(new Verdict.TooManyAttempts(60));
        assertThat(login("1001", RIGHT, "another address")).isEqualTo(new Verdict.TooManyAttempts(60));
        assertThat(checked).hasValue(5);
    }

    @Test
    void theWaitIsRoundedUpAndThenItIsOver() {
        for (int i = 0; i < 5; i++) {
            login("1001", "wrong", "a");
            now.addAndGet(1000);
        }
        assertThat(login("1001", RIGHT, "a")).isEqualTo(new Verdict.TooManyAttempts(55));
        now.addAndGet(54_001);
        assertThat(login("1001", RIGHT, "a")).isEqualTo(new Verdict.TooManyAttempts(1));
        now.addAndGet(999);
        assertThat(login("1001", RIGHT, "a")).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void whoIsLockedOutDoesNotLockHimselfOutForLonger() {
        for (int i = 0; i < 50; i++) {
            login("1001", "wrong", "a");
        }
        now.addAndGet(60_000);
        assertThat(login("1001", RIGHT, "a")).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void noMinuteHasMoreThanFiveGuesses() {
        int guesses = 0;
        for (int second = 0; second < 180; second++) {
            guesses += login("1001", "wrong", "a") instanceof Verdict.Invalid ? 1 : 0;
            now.addAndGet(1000);
        }
        assertThat(guesses).isEqualTo(15);
    }

    @Test
    void anUnknownAgentIsLimitedLikeAnyOther() {
        for (int i = 0; i < 5; i++) {
            assertThat(login("nobody", "wrong", "a")).isInstanceOf(Verdict.Invalid.class);
        }
        assertThat(login("nobody", "wrong", "a")).isInstanceOf(Verdict.TooManyAttempts.class);
    }

    @Test
    void aThousandGuessesAtOnceAreNoWayAround() {
        SlowVerifier slow = new SlowVerifier();
        AttemptLimit guarded = new AttemptLimit("demo", slow, attempts, 5, 100, now::get);

        List<Future<Verdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            verdicts.add(guarded.verify("1001", Secret.of("guess" + i), "a"));
        }
        assertThat(slow.waiting).hasSize(AttemptLimit.MOST_AT_ONCE);
        slow.waiting.forEach(each -> each.complete(new Verdict.Invalid()));
        assertThat(verdicts.stream().filter(each -> each.result() instanceof Verdict.Invalid))
                .as("guesses that were told wrong")
                .hasSize(5);
        slow.waiting.clear();
        assertThat(guarded.verify("1001", Secret.of(RIGHT), "a").result()).isInstanceOf(Verdict.TooManyAttempts.class);
        assertThat(slow.waiting).isEmpty();
    }

    @Test
    void anotherNodeKnowsTheLimitAsWell() {
        AttemptLimit elsewhere = new AttemptLimit("demo", new OneAgent(), attempts, 5, 100, now::get);
        for (int i = 0; i < 5; i++) {
            assertThat(login("1001", "wrong", "a")).isInstanceOf(Verdict.Invalid.class);
        }
        assertThat(elsewhere.verify("1001", Secret.of("wrong"), "b").result())
                .isEqualTo(new Verdict.TooManyAttempts(60));
        assertThat(elsewhere.verify("1001", Secret.of(RIGHT), "b").result()).isEqualTo(new Verdict.TooManyAttempts(60));
    }

    @Test
    void whoHasNotFailedCostsTheClusterTwoOperations() {
        List<String> asked = new ArrayList<>();
        Attempts counted = new Attempts() {
            @Override
            public Future<Long> waitMillis(String key, int most, long windowMillis) {
                asked.add(key);
                return attempts.waitMillis(key, most, windowMillis);
            }

            @Override
            public Future<Long> take(String key, int most, long windowMillis) {
                asked.add(key);
                return attempts.take(key, most, windowMillis);
            }

            @Override
            public Future<Long> forgive(String key, int most, long windowMillis) {
                asked.add(key);
                return attempts.forgive(key, most, windowMillis);
            }
        };
        AttemptLimit guarded = new AttemptLimit("demo", new OneAgent(), counted, 5, 100, now::get);
        guarded.verify("1001", Secret.of(RIGHT), "a");
        assertThat(asked).hasSize(2);
        guarded.verify("1001", Secret.of("wrong"), "a");
        assertThat(asked).hasSize(4);
        guarded.verify("1001", Secret.of(RIGHT), "a");
        assertThat(asked).as("asked before and after").hasSize(8);
        now.addAndGet(60_000);
        guarded.verify("1001", Secret.of(RIGHT), "a");
        assertThat(asked).hasSize(10);
    }

    @Test
    void anAgentMayLogInOnManyDesktopsAtOnce() {
        SlowVerifier slow = new SlowVerifier();
        AttemptLimit guarded = new AttemptLimit("demo", slow, attempts, 5, 100, now::get);

        List<Future<Verdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < AttemptLimit.MOST_AT_ONCE; i++) {
            verdicts.add(guarded.verify("1001", Secret.of(RIGHT), "a"));
        }
        List.copyOf(slow.waiting).forEach(each -> each.complete(new Verdict.Valid()));
        assertThat(verdicts).allMatch(each -> each.result() instanceof Verdict.Valid);
    }

    @Test
    void hundredsMayLogInAtOnceFromOneAddress() {
        SlowVerifier slow = new SlowVerifier();
        AttemptLimit guarded = new AttemptLimit("demo", slow, attempts, 5, 100, now::get);

        for (int i = 0; i < 500; i++) {
            guarded.verify("agent" + i, Secret.of(RIGHT), "office");
        }
        assertThat(slow.waiting).hasSize(500);
    }

    @Test
    void anAddressIsLimitedOverAllAgentsAndASuccessDoesNotHelpIt() {
        for (int i = 0; i < 100; i++) {
            assertThat(login("agent" + i, "wrong", "a")).isInstanceOf(Verdict.Invalid.class);
            if (i == 50) {
                assertThat(login("1001", RIGHT, "a")).isInstanceOf(Verdict.Valid.class);
            }
        }
        assertThat(login("1001", RIGHT, "a")).isInstanceOf(Verdict.TooManyAttempts.class);
        assertThat(login("1001", RIGHT, "b")).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void aSuccessForgivesTheAgent() {
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(login("1001", "wrong", "a")).isInstanceOf(Verdict.Invalid.class);
            }
            assertThat(login("1001", RIGHT, "a")).isInstanceOf(Verdict.Valid.class);
        }
    }

    @Test
    void theSameAgentOfAnotherDomainIsAnother() {
        AttemptLimit other = new AttemptLimit("live", new OneAgent(), attempts, 5, 100, now::get);
        for (int i = 0; i < 5; i++) {
            login("1001", "wrong", "a");
        }
        assertThat(other.verify("1001", Secret.of(RIGHT), "a").result()).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void whatIsLongOverIsNotKept() {
        for (int i = 0; i < 1000; i++) {
            attempts.take("agent" + i, 5, 60_000);
            now.addAndGet(1000);
        }
        assertThat(attempts.keys()).isLessThanOrEqualTo(61);
    }

    @Test
    void suspectsAreForgottenAndBounded() {
        Suspects suspects = new Suspects(now::get, 60_000);
        suspects.add("a");
        now.addAndGet(59_999);
        assertThat(suspects.contains("a")).isTrue();
        now.addAndGet(1);
        assertThat(suspects.contains("a")).isFalse();
        for (int i = 0; i < 20_000; i++) {
            suspects.add("agent" + i);
        }
        assertThat(suspects.size()).isEqualTo(10_000);
        assertThat(suspects.contains("agent19999")).isTrue();
        now.addAndGet(60_000);
        suspects.add("b");
        assertThat(suspects.size()).isEqualTo(1);
    }

    private Verdict login(String agent, String password, String remote) {
        return limit.verify(agent, Secret.of(password), remote).result();
    }

    private final class OneAgent implements CredentialVerifier {
        @Override
        public Future<Verdict> verify(String agent, Secret password, String remote) {
            checked.incrementAndGet();
            boolean right = agent.equals("1001") && password.matches(Secret.of(RIGHT));
            return Future.succeededFuture(right ? new Verdict.Valid() : new Verdict.Invalid());
        }

        @Override
        public Optional<String> nameOf(String agent) {
            return Optional.of(agent).filter(id -> id.equals("1001"));
        }
    }

    private static final class SlowVerifier implements CredentialVerifier {
        final List<Promise<Verdict>> waiting = new ArrayList<>();

        @Override
        public Future<Verdict> verify(String agent, Secret password, String remote) {
            Promise<Verdict> promise = Promise.promise();
            waiting.add(promise);
            return promise.future();
        }

        @Override
        public Optional<String> nameOf(String agent) {
            return Optional.of(agent);
        }
    }
}
