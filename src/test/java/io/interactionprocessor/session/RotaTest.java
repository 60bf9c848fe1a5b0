package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotaTest {
    private final Map<Integer, String> all = new LinkedHashMap<>();
    private final Rota<Integer, String> rota = new Rota<>(all);

    @Test
    void eachHasItsTurnBeforeAnyHasItAgain() {
        all.putAll(Map.of(1, "a", 2, "b", 3, "c", 4, "d", 5, "e"));

        List<String> round = next(2);
        round.addAll(next(2));
        assertThat(next(2)).hasSize(1).doesNotContainAnyElementsOf(round);
        assertThat(next(2)).hasSize(2);
    }

    @Test
    void whoHasGoneTakesNobodysTurn() {
        all.put(1, "a");
        all.put(2, "b");
        all.put(3, "c");
        assertThat(next(1)).containsExactly("a");

        all.remove(2);

        assertThat(next(1)).containsExactly("c");
    }

    @Test
    void ofNoneNoneIsShown() {
        assertThat(next(3)).isEmpty();
        all.put(1, "a");
        assertThat(next(3)).containsExactly("a");
    }

    private List<String> next(int most) {
        List<String> shown = new ArrayList<>();
        rota.next(most, shown::add);
        return shown;
    }
}
