package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap.SimpleEntry;
import org.junit.jupiter.api.Test;

class LeaseChangeTest {
    private final SimpleEntry<String, LeaseEntry> link = new SimpleEntry<>("link", null);

    @Test
    void aFreeLeaseIsAcquiredOnce() {
        assertThat(run(LeaseChange.acquire("a", null, 0)).epoch()).isEqualTo(1);

        assertThat(run(LeaseChange.acquire("b", null, 0))).isNull();
        assertThat(link.getValue().node()).isEqualTo("a");
    }

    @Test
    void everyHolderHasAHigherEpochAlsoAfterTheEntryWasLost() {
        run(LeaseChange.acquire("a", null, 0));
        run(LeaseChange.release("a", 1));
        assertThat(run(LeaseChange.acquire("b", null, 0)).epoch()).isEqualTo(2);

        link.setValue(null);

        assertThat(run(LeaseChange.acquire("a", null, 2)).epoch()).isEqualTo(3);
    }

    @Test
    void aHolderThatLivesKeepsItsLease() {
        LeaseEntry seen = run(LeaseChange.acquire("a", null, 0));
        run(LeaseChange.renew("a", 1));

        assertThat(run(LeaseChange.acquireUnchanged("b", seen))).isNull();
        assertThat(link.getValue().node()).isEqualTo("a");
    }

    @Test
    void aLeaseThatWasNotRenewedIsTakenAndItsLastHolderIsRefused() {
        LeaseEntry seen = run(LeaseChange.acquire("a", null, 0));

        assertThat(run(LeaseChange.acquireUnchanged("b", seen)).epoch()).isEqualTo(2);

        assertThat(run(LeaseChange.renew("a", 1))).isNull();
        assertThat(run(LeaseChange.release("a", 1))).isNull();
        assertThat(link.getValue().node()).isEqualTo("b");
    }

    @Test
    void ofAHolderThatIsGoneTheLeaseIsTakenHoweverRecentlyRenewed() {
        run(LeaseChange.acquire("a", null, 0));
        run(LeaseChange.renew("a", 1));

        assertThat(run(LeaseChange.acquire("b", "c", 0))).isNull();
        assertThat(run(LeaseChange.acquire("b", "a", 0)).epoch()).isEqualTo(2);
    }

    private LeaseEntry run(LeaseChange change) {
        return change.process(link);
    }
}
