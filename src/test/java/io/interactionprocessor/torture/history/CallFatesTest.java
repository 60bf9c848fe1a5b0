package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallFatesTest {
    @Test
    void aLastingCallThatEndsIsDropped() {
        var history = new Script.Switch()
                .connected(1, "1001", "k1")
                .connected(2, "1002", "k2")
                .ended(3, "k1")
                .ended(4, "k2");

        Verdict verdict = CallFates.dropped(history.entries(), Set.of("1001"), Script.ALWAYS);

        assertThat(verdict.of()).isOne();
        assertThat(verdict.violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.who()).isEqualTo("1001"));
    }

    @Test
    void aCallThatWasNeverConnectedIsNone() {
        var history =
                new Script.Switch().connection(1, "1001", "k1", "ALERTING").ended(3, "k1");

        assertThat(CallFates.dropped(history.entries(), Set.of("1001"), Script.ALWAYS))
                .isEqualTo(new Verdict(0, "calls", List.of()));
    }

    @Test
    void missedAndGhostCallsAreCounted() {
        Map<String, Integer> atSwitch = Map.of("1001", 1, "1002", 2, "5550101", 1);
        Map<String, Integer> atClients = Map.of("1001", 1, "1002", 1, "1003", 1);

        assertThat(CallFates.missed(atSwitch, atClients, 0).count()).isOne();
        assertThat(CallFates.missed(atSwitch, atClients, 0).of()).isEqualTo(3);
        assertThat(CallFates.ghosts(atSwitch, atClients, 0).violations())
                .containsExactly(new Violation(0, "1003", "a call at the client is not at the switch"));
    }
}
