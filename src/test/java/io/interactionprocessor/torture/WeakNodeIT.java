package io.interactionprocessor.torture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The harness notices what a build lacks that is broken on purpose. That it finds nothing in a whole one, CI sees. */
class WeakNodeIT extends Weakened {
    @Test
    void withoutReplicationAKilledNodeTakesEventsWithIt() throws Exception {
        assertThat(wrong(torture("replication", "R2", 25)))
                .as("%s", told)
                .containsAnyOf("sessions lost", "event gaps, repeats, disorder", "commands unanswered");
    }

    @Test
    void withALockInsteadOfTheClaimTwoDesktopsAreGrantedTheSession() throws Exception {
        assertThat(wrong(torture("claim", "R12", 5)))
                .as("%s", told)
                .containsAnyOf("wrong confirm", "two effective sessions of one agent");
    }
}
