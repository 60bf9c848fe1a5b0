package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttemptWindowTest {
    private static final long WINDOW = 60_000;

    private AttemptWindow window = new AttemptWindow();

    @Test
    void theWaitIsUntilTheOldestOfTheLastFailuresIsOutOfTheWindow() {
        fail(0);
        fail(10_000);
        assertThat(window.waitMillis(3, WINDOW, 20_000)).isZero();

        fail(20_000);

        assertThat(window.waitMillis(3, WINDOW, 20_000)).isEqualTo(40_000);
        assertThat(window.waitMillis(3, WINDOW, 59_999)).isEqualTo(1);
        assertThat(window.waitMillis(3, WINDOW, 60_000)).isZero();
    }

    @Test
    void theWindowSlides() {
        fail(0);
        fail(50_000);
        fail(59_000);
        fail(61_000);

        assertThat(window.waitMillis(3, WINDOW, 61_000)).isEqualTo(49_000);
    }

    @Test
    void aTimeFromAClockAheadIsNoLongerWaitThanOneWindow() {
        fail(1_000_000);

        assertThat(window.waitMillis(1, WINDOW, 0)).isEqualTo(WINDOW);
    }

    private void fail(long now) {
        window = window.and(3, now);
    }
}
