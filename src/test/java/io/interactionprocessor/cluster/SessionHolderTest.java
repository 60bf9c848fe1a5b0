package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.session.StoredSession;
import io.interactionprocessor.session.StoredSession.Append;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionHolderTest {
    private final SessionHolder holder = new SessionHolder();

    @Test
    void eventsNeverHaveAGap() {
        append(1, 1);
        append(2, 2);

        append(4, 5);

        assertThat(holder.stored(0).events()).containsExactly(event(5));
    }

    @Test
    void onlyTheEventsThatAreAskedForAreReturned() {
        append(1, 1);
        append(2, 2);
        append(3, 3);

        assertThat(holder.stored(1).events()).containsExactly(event(2), event(3));
        assertThat(holder.stored(3).events()).isEmpty();
        assertThat(holder.stored(StoredSession.NO_EVENTS).events()).isEmpty();
    }

    @Test
    void aCopyDoesNotChangeWithTheOriginal() {
        append(1, 1);
        var copy = holder.stored(0);

        append(2, 2);

        assertThat(copy.events()).containsExactly(event(1));
    }

    private void append(long step, long sequence) {
        assertThat(holder.append(new Append(new Epoch(1), step, null, List.of(), List.of(event(sequence)), 10, 10)))
                .isTrue();
    }

    private static StoredEvent event(long sequence) {
        return new StoredEvent(sequence, "e" + sequence);
    }
}
