package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.client.DesktopClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurvivalTest {
    @Test
    void aSessionThatIsResumedIsNotLostAndItsOutageIsMeasured() {
        Script script = Script.of("1001")
                .bound(1, 1, false)
                .closed(10, 1006)
                .at(Script.B)
                .bound(25, 2, true);

        assertThat(lost(script)).isEqualTo(new Verdict(1, "sessions", List.of()));
        assertThat(Survival.outages(List.of(script.history()), Script.ALWAYS))
                .containsExactly(new Survival.Outage("1001/c1", Script.A, 1006, 10_000, 25_000));
        assertThat(Survival.returns(List.of(script.history()), Script.ALWAYS)).isEqualTo(Map.of("1001/c1", 1));
    }

    @Test
    void aSessionThatEndedThoughNobodyWantedItIsLost() {
        assertThat(lost(Script.of("1001").bound(1, 1, false).closed(10, 1006).ended(20, false))
                        .count())
                .isOne();
        assertThat(lost(Script.of("1001").bound(1, 1, false).ended(20, true).closed(21, 1000))
                        .count())
                .isZero();
    }

    @Test
    void aSessionThatIsNotBackAtTheEndIsLost() {
        assertThat(lost(Script.of("1001").bound(1, 1, false).closed(10, 1006)).count())
                .isOne();
    }

    @Test
    void aSnapshotInsteadOfTheEventsIsALoss() {
        assertThat(lost(Script.of("1001").bound(1, 1, false).closed(10, 1006).bound(20, 2, false))
                        .count())
                .isOne();
    }

    @Test
    void whoNeverHadASessionHasLostNone() {
        assertThat(lost(Script.of("1001").closed(10, 1006).ended(11, false)).of())
                .isZero();
    }

    @Test
    void whoMovesByItselfIsWithoutItsSessionButWasNotMadeToComeBack() {
        Script script = Script.of("1001")
                .bound(1, 1, false)
                .closed(10, DesktopClient.MOVED)
                .at(Script.B)
                .bound(12, 2, true)
                .closed(20, 1012)
                .at(Script.A)
                .bound(25, 3, true);

        assertThat(Survival.outages(List.of(script.history()), Script.ALWAYS)).hasSize(2);
        assertThat(Survival.returns(List.of(script.history()), Script.ALWAYS)).isEqualTo(Map.of("1001/c1", 1));
    }

    private static Verdict lost(Script script) {
        return Survival.lost(List.of(script.history()), Script.ALWAYS, true);
    }
}
