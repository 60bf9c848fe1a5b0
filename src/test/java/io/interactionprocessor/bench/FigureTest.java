package io.interactionprocessor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FigureTest {
    private static final int VALUE = 2;
    private static final int REACHED = 6;
    private static final Figure.Goal TWICE = Figure.Goal.ratioAtMost(2);

    @Test
    void theMedianOfTheRoundsCounts() {
        Figure figure = beside(List.of(took(3), took(1), took(2)), List.of(took(1), took(1), took(1)));

        assertThat(figure.value()).isEqualTo(2);
        assertThat(figure.ratio()).isEqualTo(2);
        assertThat(figure.reached()).isTrue();
        assertThat(figure.cells()[VALUE]).isEqualTo("2 us");
        assertThat(figure.cells()[REACHED]).isEqualTo("yes");
    }

    @Test
    void ofAStretchInWhichTooMuchWasRefusedThereIsNoVerdict() {
        Stretch refused = stretch(1_000, 20, 1);

        assertThat(List.of(
                        beside(List.of(took(1), refused), List.of(took(1), took(1))),
                        beside(List.of(took(1), took(1)), List.of(refused, took(1)))))
                .allSatisfy(figure -> {
                    assertThat(figure.reached()).isNull();
                    assertThat(figure.cells()[REACHED]).isEqualTo("not measured");
                    assertThat(figure.json().getValue("reached")).isNull();
                    assertThat(figure.json().getString("doubt")).isEqualTo("20 of 1020 operations were refused");
                });
    }

    @Test
    void oneOfAHundredIsNotTooMuch() {
        assertThat(Figure.tooManyRefused(0, 0)).isNull();
        assertThat(Figure.tooManyRefused(1, 99)).isNull();
        assertThat(Figure.tooManyRefused(2, 98)).isEqualTo("2 of 100 operations were refused");
        assertThat(Figure.tooManyRefused(3, 0)).isNotNull();
    }

    @Test
    void aDifferenceThatNoiseCanTurnRoundHasNoVerdict() {
        assertThat(difference(-60, 62, 63).aboveNoise().reached()).isNull();
        assertThat(difference(0, 62).aboveNoise().reached()).isNull();
        assertThat(difference(61, 62).aboveNoise().reached()).isTrue();
    }

    @Test
    void whatWasMeasuredOnceHasAStar() {
        assertThat(Figure.of("E3", "heap", "B", 5, Figure.Goal.atMost(8)).cells()[VALUE])
                .isEqualTo("5 B *");
    }

    private static Figure difference(double... rounds) {
        List<Double> values = Arrays.stream(rounds).boxed().toList();
        return Figure.of("E4", "one more event", "us", values, Figure.Goal.atMost(100));
    }

    private static Figure beside(List<Stretch> ours, List<Stretch> theirs) {
        return Figure.of("E1", "CPU", "us", ours, theirs, Stretch::cpuMicros, "echo", TWICE);
    }

    /** Returns a stretch in which each operation took so many microseconds of processor. */
    private static Stretch took(double micros) {
        return stretch(1_000, 0, micros);
    }

    private static Stretch stretch(long operations, long failures, double micros) {
        Load.Result load = new Load.Result(operations, 0, failures, 10, 0, new Histogram(3), 0);
        return new Stretch(load, operations * micros / 1e6, 0, 0, 0);
    }
}
