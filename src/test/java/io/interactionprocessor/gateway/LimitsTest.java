package io.interactionprocessor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What one client may do to us: rate, malformed messages, bytes it does not read; and the clock they are measured with. */
class LimitsTest {
    @Test
    void aBucketAllowsTheBurstThenTheRate() {
        RateLimit limit = new RateLimit(10, 3, 0);

        assertThat(allowed(limit, 5, 0)).isEqualTo(3);
        assertThat(limit.allows(99)).isFalse();
        assertThat(limit.allows(100)).isTrue();
        assertThat(limit.allows(100)).isFalse();
    }

    @Test
    void aBucketDoesNotSaveMoreThanTheBurst() {
        RateLimit limit = new RateLimit(10, 3, 0);
        assertThat(allowed(limit, 3, 0)).isEqualTo(3);

        assertThat(allowed(limit, 10, 1_000_000)).isEqualTo(3);
    }

    @Test
    void refusedRequestsCostNoTokens() {
        RateLimit limit = new RateLimit(1, 1, 0);
        assertThat(allowed(limit, 1000, 0)).isEqualTo(1);

        assertThat(limit.allows(1000)).isTrue();
    }

    @Test
    void theTwentyFirstMalformedMessageInTheWindowIsOneTooMany() {
        MalformedBudget budget = new MalformedBudget(20, 10_000);

        for (int i = 0; i < 20; i++) {
            assertThat(budget.exceededAt(i)).isFalse();
        }
        assertThat(budget.exceededAt(9_999)).isTrue();
    }

    @Test
    void twentyInEachWindowAreForgivenForEver() {
        MalformedBudget budget = new MalformedBudget(20, 10_000);

        for (int i = 0; i < 200; i++) {
            assertThat(budget.exceededAt(i * 500L)).as("message %d", i).isFalse();
        }
        assertThat(budget.exceededAt(99_500)).isTrue();
    }

    @Test
    void theQueueIsFullWhenTheClientHasNotReadTheLimit() {
        OutboundQueue queue = new OutboundQueue(100, 0);

        assertThat(queue.take(60, 0)).isTrue();
        assertThat(queue.take(40, 0)).isTrue();
        assertThat(queue.take(1, 0)).isFalse();
        queue.written(60, 0);
        assertThat(queue.take(60, 0)).isTrue();
        assertThat(queue.waitingBytes()).isEqualTo(100);
    }

    @Test
    void oneFrameMayExceedTheLimitIfNothingElseWaits() {
        OutboundQueue queue = new OutboundQueue(100, 0);

        assertThat(queue.take(500, 0)).isTrue();
        assertThat(queue.take(1, 0)).isFalse();
    }

    @Test
    void aReplayIsExcusedButNotTwoAndNotWhatFollows() {
        OutboundQueue queue = new OutboundQueue(100, 0);

        assertThat(queue.takeReplay(1000, 0)).isTrue();
        assertThat(queue.take(100, 0)).isTrue();
        assertThat(queue.take(1, 0)).isFalse();
        assertThat(queue.takeReplay(1000, 0)).isFalse();
        queue.written(1000, 0);
        assertThat(queue.waitingBytes()).isEqualTo(100);
        assertThat(queue.take(1, 0)).isFalse();
    }

    @Test
    void aQueueStallsWhenNothingMoves() {
        OutboundQueue queue = new OutboundQueue(100, 0);
        assertThat(queue.stalledMillis(5000)).isZero();

        assertThat(queue.take(10, 5000)).isTrue();
        assertThat(queue.take(10, 7000)).isTrue();
        assertThat(queue.stalledMillis(8000)).isEqualTo(3000);
        queue.written(10, 8500);
        assertThat(queue.stalledMillis(9000)).isEqualTo(500);
        queue.written(10, 9000);
        assertThat(queue.stalledMillis(99_000)).isZero();
    }

    @Test
    void timeInWhichTheProcessWasFrozenDoesNotCount() {
        AtomicLong nanos = new AtomicLong(-5);
        AwakeClock clock = new AwakeClock(nanos::get, 2000);

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1500));
        assertThat(clock.millis()).isEqualTo(1500);
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(10));
        assertThat(clock.millis()).isEqualTo(3500);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(clock.millis()).isEqualTo(3501);
    }

    @Test
    void textsAreAsLongAsTheirUtf8() {
        for (String text :
                new String[] {"", "abc", "\u00e4\u00df", "\u20ac", "\ud83d\ude00", "a\ud83d\ude00\u20ac\u00e4z"}) {
            assertThat(Utf8.length(text)).isEqualTo(text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
        }
    }

    private static int allowed(RateLimit limit, int tries, long now) {
        int allowed = 0;
        for (int i = 0; i < tries; i++) {
            allowed += limit.allows(now) ? 1 : 0;
        }
        return allowed;
    }
}
