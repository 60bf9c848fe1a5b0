package io.interactionprocessor.torture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Figure RIGHT = Figure.none("R2", "sessions lost", 0, 1_000, "sessions");
    private static final Figure WRONG = Figure.none("R2", "event gaps", 3, 5_000, "events");
    private static final Figure SLOW = Figure.time("R2", "recovery p99", 3_500_000, 300, 3_000_000);

    @Test
    void aMissedGoalOfTimeIsMarkedAndDoesNotMakeTheRunWrong() {
        Table table = table(RIGHT, SLOW);

        assertThat(table.isRight()).isTrue();
        assertThat(table.markdown()).contains("3.50 s").contains("< 3.00 s").contains("no (time)");
    }

    @Test
    void aMissedGoalOfCorrectnessMakesItWrong() {
        Table table = table(RIGHT, WRONG);

        assertThat(table.isRight()).isFalse();
        assertThat(table.markdown()).contains("| NO ").contains("5,000 events").contains("- a note");
        assertThat(table.json().getBoolean("right")).isFalse();
        assertThat(table.json().getJsonArray("figures").getJsonObject(1).getBoolean("reached"))
                .isFalse();
    }

    @Test
    void aTimeWithoutSamplesIsNoSuccess() {
        Figure none = Figure.time("R2", "recovery p99", 0, 0, 3_000_000);

        assertThat(none.reached()).isNull();
        assertThat(none.value()).isEqualTo("-");
        assertThat(table(none).json().getJsonArray("figures").getJsonObject(0).getValue("number"))
                .isNull();
    }

    @Test
    void whatIsNotMeasuredDoesNotReachItsLimit() {
        assertThat(Figure.below("R6", "heap growth", Double.NaN, " MB", 32, "", Figure.Kind.CORRECTNESS)
                        .reached())
                .isFalse();
    }

    private static Table table(Figure... figures) {
        return new Table(Map.of("commit", "abc"), List.of(figures), List.of("a note"));
    }
}
