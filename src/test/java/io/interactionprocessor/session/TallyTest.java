package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Epoch FIRST = new Epoch(1);

    private static SessionId session(int number) {
        return new SessionId("s-" + number);
    }

    private static Tally of(int from, int to) {
        Tally tally = new Tally();
        IntStream.range(from, to).forEach(number -> tally.add(session(number), FIRST));
        return tally;
    }

    @Test
    void theOrderDoesNotMatterAndNorDoesWhoCounted() {
        Tally parts = of(500, 1_000).add(of(0, 500));
        assertThat(parts).isEqualTo(of(0, 1_000));
        assertThat(parts.sessions()).isEqualTo(1_000);
        assertThat(parts.differsFrom(of(0, 1_000))).isZero();
    }

    @Test
    void whatIsCountedNoLongerLeavesNothingBehind() {
        Tally tally = of(0, 1_000);
        IntStream.range(500, 1_000).forEach(number -> tally.remove(session(number), FIRST));
        assertThat(tally).isEqualTo(of(0, 500));
    }

    @Test
    void itTellsWhereToLook() {
        for (int number = 0; number < 1_000; number++) {
            long slices = of(0, 1_000).add(session(number + 1_000), FIRST).differsFrom(of(0, 1_000));
            assertThat(Long.bitCount(slices)).isEqualTo(1);
            assertThat(Tally.isIn(session(number + 1_000), slices)).isTrue();
        }
        Tally newer = of(0, 1_000).add(session(1_000), FIRST.next());
        assertThat(Tally.isIn(session(1_000), newer.differsFrom(of(0, 1_001)))).isTrue();
    }

    @Test
    void theSlicesAreOfMuchTheSameSize() {
        long one = of(0, 1).differsFrom(new Tally());
        long inOne = IntStream.range(0, 64_000)
                .filter(number -> Tally.isIn(session(number), one))
                .count();
        assertThat(inOne).isBetween(700L, 1_300L);
        assertThat(IntStream.range(0, 1_000)).allMatch(number -> Tally.isIn(session(number), Tally.ALL));
    }
}
