package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventOrderTest {
    @Test
    void oneAfterTheOtherOverAResumeIsRight() {
        Verdict verdict = check(Script.of("1001")
                .bound(1, 1, false)
                .event(2, 1)
                .event(3, 2)
                .closed(4, 1006)
                .at(Script.B)
                .bound(5, 2, true)
                .event(6, 3));

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.of()).isEqualTo(3);
    }

    @Test
    void aGapIsFound() {
        assertThat(check(Script.of("1001").bound(1, 1, false).event(2, 1).event(3, 3))
                        .violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).contains("gap: 1 missing"));
    }

    @Test
    void aGapBeforeTheFirstEventIsFound() {
        assertThat(check(Script.of("1001").bound(1, 1, false).event(2, 2)).count())
                .isOne();
    }

    @Test
    void aRepeatAfterAResumeIsFound() {
        Verdict verdict = check(Script.of("1001")
                .bound(1, 1, false)
                .event(2, 1)
                .event(3, 2)
                .closed(4, 1006)
                .bound(5, 2, true)
                .event(6, 2)
                .event(7, 3));

        assertThat(verdict.violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).startsWith("repeat"));
    }

    @Test
    void disorderIsFound() {
        assertThat(check(Script.of("1001")
                                .bound(1, 1, false)
                                .event(2, 1)
                                .event(3, 3)
                                .event(4, 2))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void afterARefusedResumeTheSnapshotMayJumpAndNothingElse() {
        Script before =
                Script.of("1001").bound(1, 1, false).event(2, 1).closed(3, 1006).bound(4, 2, false);
        assertThat(check(before.event(5, 9, "session.snapshot", null).event(6, 10))
                        .count())
                .isZero();

        Script without =
                Script.of("1001").bound(1, 1, false).event(2, 1).closed(3, 1006).bound(4, 2, false);
        assertThat(check(without.event(5, 9)).violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).startsWith("no snapshot"));
    }

    @Test
    void onlyTheWindowCounts() {
        Script script =
                Script.of("1001").bound(1, 1, false).event(2, 1).event(3, 3).event(8, 4);

        assertThat(EventOrder.check(List.of(script.history()), new Window(5_000, 9_000)))
                .isEqualTo(new Verdict(1, "events", List.of()));
    }

    private static Verdict check(Script script) {
        return EventOrder.check(List.of(script.history()), Script.ALWAYS);
    }
}
