package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.client.DesktopClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurvivalTest {
    private static final Window PROBE = new Window(50_000, 100_000);

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

    @Test
    void aSessionThatGivesItsSnapshotIsThere() {
        assertThat(Survival.silent(List.of(probed().answered(60, "p").history()), PROBE))
                .isEqualTo(new Verdict(1, "sessions", List.of()));
    }

    @Test
    void aSessionThatIsGoneThoughItsConnectionLivesIsFound() {
        Script gone = probed().answered(60, "p", "error", "unknownResource");
        assertThat(lost(gone).count()).isZero();
        assertThat(Survival.silent(List.of(gone.history()), PROBE).violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).endsWith("answers unknownResource"));

        assertThat(Survival.silent(List.of(probed().answered(60, "r").history()), PROBE)
                        .violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).endsWith("answers nothing"));
    }

    @Test
    void whoWasNotAskedDoesNotCount() {
        Script earlier = Script.of("1001")
                .bound(1, 1, false)
                .sent(10, "p", "session.snapshot", "R")
                .answered(11, "p", "error", "unknownResource");
        Script other = Script.of("1001").bound(1, 1, false).sent(55, "p", "channel.ready", "R.g1.c1");

        assertThat(Survival.silent(List.of(earlier.history(), other.history()), PROBE)
                        .of())
                .isZero();
    }

    private static Script probed() {
        return Script.of("1001").bound(1, 1, false).sent(55, "p", "session.snapshot", "R");
    }

    private static Verdict lost(Script script) {
        return Survival.lost(List.of(script.history()), Script.ALWAYS, true);
    }
}
