package io.interactionprocessor.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interactionprocessor.torture.report.Figure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealsTest {
    private final Heals heals = new Heals();

    @Test
    void aNodeThatNeverHealsIsWrong() {
        heals.note(Optional.of(12_000_000L), 10_000_000);
        heals.note(Optional.empty(), 30_000_000);

        List<Figure> figures = heals.figures("R3");
        assertThat(figures).filteredOn(Figure::isWrong).singleElement().satisfies(wrong -> {
            assertThat(wrong.name()).isEqualTo("nodes that did not heal");
            assertThat(wrong.number()).isEqualTo(1);
            assertThat(wrong.of()).isEqualTo("2 faults");
        });
        assertThat(figures).extracting(Figure::name, Figure::value).contains(tuple("healed, p99", "2.00 s"));
    }

    @Test
    void whenAllHealNothingIsWrong() {
        heals.note(Optional.of(12_000_000L), 10_000_000);

        assertThat(heals.figures("R3"))
                .allSatisfy(figure -> assertThat(figure.reached()).isTrue());
    }
}
