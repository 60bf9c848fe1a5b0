package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private final RecentEvents recent = new RecentEvents();

    /** Against a list, with texts of all sizes and letters, so that the ring wraps at every place. */
    @Test
    void isTheEndOfAllThatWasAdded() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(200);
            RecentEvents ring = new RecentEvents();
            List<StoredEvent> all = new ArrayList<>();
            for (int step = 0; step < 500; step++) {
                List<StoredEvent> more = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    String letter = random.nextInt(5) == 0 ? "€" : "x";
                    more.add(new StoredEvent(all.size() + more.size() + 7L, letter.repeat(random.nextInt(300))));
                }
                ring.add(more, most);
                all.addAll(more);
                assertThat(ring.list())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(all.subList(Math.max(0, all.size() - most), all.size()));
                long after = random.nextInt(all.size() + 20);
                assertThat(ring.list(after))
                        .as("seed %d, step %d, after %d", seed, step, after)
                        .isEqualTo(ring.list().stream()
                                .filter(event -> event.sequence() > after)
                                .toList());
            }
        }
    }

    @Test
    void afterAGapOnlyWhatFollowsIsKept() {
        recent.add(List.of(new StoredEvent(1, "a"), new StoredEvent(2, "b")), 10);
        recent.add(List.of(new StoredEvent(4, "d"), new StoredEvent(5, "e")), 10);
        assertThat(recent.list()).containsExactly(new StoredEvent(4, "d"), new StoredEvent(5, "e"));
        recent.clear();
        assertThat(recent.list()).isEmpty();
        recent.add(List.of(new StoredEvent(9, "i")), 10);
        assertThat(recent.list()).containsExactly(new StoredEvent(9, "i"));
    }

    @Test
    void largeOnesAreKeptBySize_ofHugeOnesTheLastFew() {
        for (int i = 1; i <= 50; i++) {
            recent.add(List.of(new StoredEvent(i, "x".repeat(100_000))), 1_000);
        }
        assertThat(recent.list()).hasSize(10);
        for (int i = 51; i <= 60; i++) {
            recent.add(List.of(new StoredEvent(i, "x".repeat(1_000_000))), 1_000);
        }
        assertThat(recent.list()).hasSize(Recent.LEAST).last().isEqualTo(new StoredEvent(60, "x".repeat(1_000_000)));
    }
}
