package io.interactionprocessor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallTallyTest {
    private static final long MS = 1_000_000;

    private final CallTally tally = new CallTally();

    @Test
    void theFirstOfferOfACallCounts() {
        tally.called("1", 10 * MS);
        tally.offered("1", 12 * MS);
        tally.offered("1", 90 * MS);

        assertThat(tally.countWaiting()).isZero();
        assertThat(tally.millis(100)).isBetween(1.99, 2.01);
    }

    @Test
    void whoseRequestFailedDoesNotWait() {
        tally.called("1", 0);
        tally.called("2", 0);
        tally.failed("1");

        assertThat(tally.countMade()).isEqualTo(2);
        assertThat(tally.countFailed()).isEqualTo(1);
        assertThat(tally.countWaiting()).isEqualTo(1);
        assertThat(tally.countUnanswered()).isZero();
    }

    @Test
    void whatFailsOnEitherSideCastsDoubtOnTheTimes() {
        for (int i = 0; i < 100; i++) {
            tally.called(Integer.toString(i), 0);
        }
        tally.failed("0");
        assertThat(tally.doubt()).isNull();

        tally.unanswered();

        assertThat(tally.countUnanswered()).isEqualTo(1);
        assertThat(tally.doubt()).isEqualTo("2 of 100 operations were refused");
    }

    @Test
    void timesAreForgottenAndCallsAreNot() {
        tally.called("1", 0);
        tally.offered("1", MS);
        tally.ended();

        assertThat(tally.restart()).isEqualTo(1);
        assertThat(tally.millis(50)).isNaN();
        assertThat(tally.countEnded()).isEqualTo(1);
    }
}
