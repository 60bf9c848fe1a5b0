package io.interactionprocessor.torture.ground;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeathsTest {
    private final Deaths deaths = new Deaths();

    @Test
    void whoDoesNotRunIsToldOnce() {
        assertThat(deaths.untold(0)).isZero();
        assertThat(deaths.untold(1)).isOne();
        assertThat(deaths.untold(1)).isZero();
        assertThat(deaths.untold(2)).isOne();
    }

    @Test
    void whoRunsAgainBecauseItWasToBeKilledAnywayIsToldToo() {
        deaths.cameTooLate();

        assertThat(deaths.untold(0)).isOne();
        assertThat(deaths.untold(0)).isZero();
    }

    @Test
    void whoHasBeenToldIsNotToldAgainWhenItWasToBeKilled() {
        assertThat(deaths.untold(1)).isOne();
        deaths.cameTooLate();

        assertThat(deaths.untold(0)).isZero();
        assertThat(deaths.untold(1)).isOne();
    }
}
