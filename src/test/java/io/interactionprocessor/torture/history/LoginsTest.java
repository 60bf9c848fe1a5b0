package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoginsTest {
    @Test
    void whoHasStartedItsSessionIsIn_whateverComesThen() {
        assertThat(failed(in().ended(9, false))).isEqualTo(new Verdict(1, "logins", List.of()));
    }

    @Test
    void aLoginThatWasRefusedHasFailed() {
        Script refused = connected().answered(3, "p", "failure", "noQuorum").ended(4, "closed", true);

        assertThat(failed(refused).violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).isEqualTo("prepareSession: noQuorum"));
    }

    @Test
    void aLoginWithoutConnectionHasFailed() {
        assertThat(failed(Script.of("1001").ended(4, "closed", true)).count()).isOne();
        assertThat(failed(connected().closed(3, 1006).ended(4, "closed", true)).count())
                .isOne();
    }

    @Test
    void aLoginThatStillWaitsAfterALongTimeHasFailed() {
        List<ClientHistory> clients = List.of(connected().history());

        assertThat(Logins.failed(clients, new Window(0, 14_000_000)).count()).isZero();
        assertThat(Logins.failed(clients, new Window(0, 16_000_000)).violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).startsWith("prepareSession: no answer"));
    }

    @Test
    void aLoginBegunEarlierIsNotCounted() {
        Window later = new Window(2_000, Long.MAX_VALUE);

        assertThat(Logins.failed(List.of(in().history()), later).of()).isZero();
    }

    private static Script connected() {
        return Script.of("1001").core(1, "s", "bindService").answered(1, "s").asked(2, "p", "prepareSession");
    }

    private static Script in() {
        return connected()
                .answered(3, "p")
                .core(4, "b", "bindResource")
                .answered(5, "b")
                .sent(6, "st", "session.start", "R")
                .answered(7, "st");
    }

    private static Verdict failed(Script script) {
        return Logins.failed(List.of(script.history()), Script.ALWAYS);
    }
}
