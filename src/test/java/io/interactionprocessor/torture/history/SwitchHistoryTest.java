package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwitchHistoryTest {
    private final SwitchHistory history = new SwitchHistory();

    @Test
    void piecesThatOverlapAndAgreeAreRight() {
        history.add(List.of(entry(1, "a"), entry(2, "b")), 2, 10);
        history.add(List.of(entry(2, "b"), entry(3, "c")), 3, 20);

        assertThat(history.continuity(Script.ALWAYS)).isEqualTo(new Verdict(3, "entries", List.of()));
        assertThat(history.all()).extracting(SwitchEntry::number).containsExactly(1L, 2L, 3L);
        assertThat(history.last()).isEqualTo(3);
    }

    @Test
    void aMissingEntryIsFound() {
        history.add(List.of(entry(1, "a")), 1, 10);
        history.add(List.of(entry(3, "c")), 3, 20);

        assertThat(history.continuity(Script.ALWAYS).violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).contains("2 to 2 are missing"));
    }

    @Test
    void anEntryThatChangedIsFound() {
        history.add(List.of(entry(1, "a"), entry(2, "b")), 2, 10);
        history.add(List.of(entry(2, "other"), entry(3, "c")), 3, 20);

        assertThat(history.continuity(Script.ALWAYS).count()).isOne();
    }

    @Test
    void aSwitchThatWentBackIsFound() {
        history.add(List.of(entry(1, "a"), entry(2, "b")), 2, 10);
        history.add(List.of(entry(1, "a")), 1, 20);

        assertThat(history.continuity(Script.ALWAYS).count()).isOne();
        assertThat(history.last()).isOne();
    }

    @Test
    void itIsReadALittleAgain() {
        for (int i = 1; i <= 100; i++) {
            history.add(List.of(entry(i, "a")), i, i);
        }
        assertThat(history.readAfter()).isLessThan(100).isPositive();
    }

    private static SwitchEntry entry(long number, String what) {
        return new SwitchEntry(number, number, "call", Map.of("call", what));
    }
}
