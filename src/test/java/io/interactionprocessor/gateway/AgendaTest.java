package io.interactionprocessor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgendaTest {
    private final Agenda<String> agenda = new Agenda<>(250);

    @Test
    void eachIsDueAtItsTimeAndNotBefore() {
        agenda.set("ann", 1_000);
        agenda.set("bob", 1_001);
        assertThat(agenda.due(999)).isEmpty();
        assertThat(agenda.due(1_000)).containsExactly("ann");
        assertThat(agenda.due(1_249)).isEmpty();
        assertThat(agenda.due(1_250)).containsExactly("bob");
        assertThat(agenda.due(Long.MAX_VALUE / 2)).isEmpty();
        assertThat(agenda.all()).containsExactly("ann", "bob");
    }

    @Test
    void aNewTimeReplacesTheOld() {
        agenda.set("ann", 1_000);
        agenda.set("ann", 5_000);
        assertThat(agenda.due(4_999)).isEmpty();
        assertThat(agenda.due(5_000)).containsExactly("ann");
        agenda.set("ann", 6_000);
        agenda.set("ann", 5_500);
        assertThat(agenda.due(10_000)).containsExactly("ann");
    }

    @Test
    void whatWasMissedIsDueAtOnce() {
        for (int i = 0; i < 100; i++) {
            agenda.set("agent" + i, 100L * i);
        }
        assertThat(agenda.due(9_500)).hasSize(96);
    }

    @Test
    void whoHasGoneIsNotLookedAt() {
        agenda.set("ann", 1_000);
        agenda.set("bob", 1_000);
        agenda.remove("ann");
        assertThat(agenda.due(1_000)).containsExactly("bob");
        agenda.remove("bob");
        agenda.remove("bob");
        assertThat(agenda.isEmpty()).isTrue();
    }
}
