package io.interactionprocessor.torture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Figure RIGHT = Figure.none("R2", "sessions lost", 0, 1_000, "sessions");
    private static final Figure WRONG = Figure.none("R2", "event gaps", 3, 5_000, "events");
    private static final Figure UNKNOWN = Figure.uncounted("R9", "leaked sockets");
    private static final Figure LEFT_OUT = Figure.leftOut("R3", "one node cut off", "needs network namespaces");
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
    void whatIsNotMeasuredIsNeitherReachedNorWrong() {
        Table table = table(RIGHT, UNKNOWN);

        assertThat(table.isRight()).isTrue();
        assertThat(table.markdown()).contains("not measured");
        assertThat(table.json().getJsonArray("figures").getJsonObject(1).getValue("reached"))
                .isNull();
        assertThat(table.json().getJsonArray("figures").getJsonObject(1).getValue("number"))
                .isNull();
    }

    @Test
    void theVerdictSaysOfWhatItSaysNothing() {
        assertThat(table(RIGHT, SLOW).verdict()).isEqualTo("Every goal of correctness was reached.");
        assertThat(table(RIGHT, WRONG, UNKNOWN, LEFT_OUT).verdict()).contains("WRONG");
        assertThat(table(RIGHT, UNKNOWN, UNKNOWN, LEFT_OUT).verdict())
                .isEqualTo("Every goal of correctness that was measured was reached. Goals not measured: 2."
                        + " Scenarios left out: 1.");
        assertThat(table(SLOW, UNKNOWN).verdict())
                .isEqualTo("No goal of correctness was checked. Goals not measured: 1.");
    }

    @Test
    void aRunOfWhichEverythingIsLeftOutIsNoRun() {
        assertThat(table(LEFT_OUT).hasRun()).isFalse();
        assertThat(table(LEFT_OUT).verdict()).startsWith("NOTHING was checked");
        assertThat(table(LEFT_OUT).markdown()).contains("left out: needs network namespaces");
        assertThat(table(LEFT_OUT, SLOW).hasRun()).isTrue();
    }

    private static Table table(Figure... figures) {
        return new Table(Map.of("commit", "abc"), List.of(figures), List.of("a note"));
    }
}
