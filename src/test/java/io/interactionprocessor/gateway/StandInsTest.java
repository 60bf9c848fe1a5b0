package io.interactionprocessor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Secret;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StandInsTest {
    private static final Secret PASSWORD = Secret.of("geheim");

    private final AtomicInteger number = new AtomicInteger();
    private final StandIns standIns = new StandIns(() -> "random" + number.incrementAndGet(), 60_000);

    @Test
    void oneStandsForThePasswordOnce() {
        Secret given = issue(0);

        assertThat(standIns.redeem("sim", "1001", given, 59_999)).containsSame(PASSWORD);
        assertThat(standIns.redeem("sim", "1001", given, 59_999)).isEmpty();
    }

    @Test
    void oneIsNoGoodAfterItsTime() {
        assertThat(standIns.redeem("sim", "1001", issue(0), 60_000)).isEmpty();
    }

    @Test
    void oneIsNoGoodForAnotherAgentOrServiceAndIsGoneAfterTheTry() {
        Secret one = issue(0);
        assertThat(standIns.redeem("sim", "1002", one, 1)).isEmpty();
        assertThat(standIns.redeem("sim", "1001", one, 1)).isEmpty();

        Secret other = issue(0);
        assertThat(standIns.redeem("pbx", "1001", other, 1)).isEmpty();
    }

    @Test
    void whatWasNotIssuedHereStandsForNothing() {
        issue(0);

        assertThat(standIns.redeem("sim", "1001", Secret.of("standin:random9"), 1))
                .isEmpty();
        assertThat(standIns.redeem("sim", "1001", Secret.of("random1"), 1)).isEmpty();
        assertThat(standIns.redeem("sim", "1001", Secret.of("standin:"), 1)).isEmpty();
    }

    @Test
    void onlyTheNewestAreKept() {
        Secret oldest = issue(0);
        for (int i = 0; i < 15; i++) {
            issue(0);
        }
        Secret newest = issue(0);

        assertThat(standIns.redeem("sim", "1001", oldest, 1)).isEmpty();
        assertThat(standIns.redeem("sim", "1001", newest, 1)).isPresent();
    }

    private Secret issue(long now) {
        return Secret.of(standIns.issue("sim", "1001", PASSWORD, now));
    }
}
