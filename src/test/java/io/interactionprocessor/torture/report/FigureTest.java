package io.interactionprocessor.torture.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void noneOfSomeIsReachedAndNoneOfNothingIsNot() {
        assertThat(Figure.none("R3", "claims lost", 0, 36, "claims").reached()).isTrue();
        assertThat(Figure.none("R3", "claims lost", 1, 36, "claims").isWrong()).isTrue();

        Figure nothing = Figure.none("R3", "claims lost", 0, 0, "claims");
        assertThat(nothing.reached()).isNull();
        assertThat(nothing.isWrong()).isFalse();
        assertThat(nothing.value()).isEqualTo("not measured");
        assertThat(nothing.of()).isEqualTo("0 claims");
    }

    @Test
    void whatIsWrongIsWrongOfHoweverFew() {
        assertThat(Figure.none("R1", "breaks of the history", 1, 0, "entries").isWrong())
                .isTrue();
    }

    @Test
    void aNumberThatIsNotKnownIsNotBelowItsLimit() {
        Figure unknown = Figure.below("R6", "heap growth", Double.NaN, " MB", 32, "", Figure.Kind.CORRECTNESS);

        assertThat(unknown.reached()).isNull();
        assertThat(unknown.isWrong()).isFalse();
        assertThat(unknown.value()).isEqualTo("not measured");
        assertThat(unknown.goal()).isEqualTo("< 32 MB");
        assertThat(Figure.below("R6", "heap growth", 32, " MB", 32, "", Figure.Kind.CORRECTNESS)
                        .isWrong())
                .isTrue();
    }

    @Test
    void theMostOfNobodyIsNotWithinItsLimit() {
        assertThat(Figure.atMost("R7", "reconnections", 2, 2, 9, "clients").reached())
                .isTrue();
        assertThat(Figure.atMost("R7", "reconnections", 3, 2, 9, "clients").isWrong())
                .isTrue();
        assertThat(Figure.atMost("R7", "reconnections", 0, 2, 0, "clients").reached())
                .isNull();
    }
}
