package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmsTest {
    @Test
    void theQuestionComesWhileAnotherSessionLives() {
        Script holder = Script.of("1001", "holder").granted(1, 2, "R1");

        assertThat(check(holder, asks(10, 11, "confirm")).count()).isZero();
        assertThat(check(holder, asks(10, 11, "success")).count()).isOne();
    }

    @Test
    void noQuestionComesWithoutAnotherSession() {
        Script gone = Script.of("1001", "gone")
                .granted(1, 2, "R1")
                .sent(4, "r9", "session.logout", "R1")
                .ended(5, true);

        assertThat(check(gone, asks(10, 11, "success")).count()).isZero();
        assertThat(check(gone, asks(10, 11, "confirm")).count()).isOne();
    }

    @Test
    void bothAnswersAreRightWhileNobodyKnows() {
        Script leaving = Script.of("1001", "leaving")
                .granted(1, 2, "R1")
                .sent(9, "r9", "session.logout", "R1")
                .ended(12, true);
        Script cut = Script.of("1001", "cut").granted(1, 2, "R1").closed(5, 1006);

        assertThat(check(leaving, asks(10, 11, "success")).count()).isZero();
        assertThat(check(leaving, asks(10, 11, "confirm")).count()).isZero();
        assertThat(check(cut, asks(10, 11, "success")).count()).isZero();
        assertThat(check(cut, asks(10, 11, "confirm")).count()).isZero();
    }

    private static Script asks(long sent, long answered, String result) {
        return Script.of("1001", "asks").asked(sent, "p1", "prepareSession").answered(answered, "p1", result, null);
    }

    private static Verdict check(Script one, Script other) {
        return Confirms.check(List.of(one.history(), other.history()), Script.ALWAYS);
    }

    @Test
    void twoThatAskAtOnceWithoutOverrideAreNotBothGrantedTheSession() {
        assertThat(check(grantedAtOnce("a").history(), grantedAtOnce("b").history())
                        .count())
                .isOne();
        assertThat(check(
                                grantedAtOnce("a")
                                        .closed(14, 4002)
                                        .ended(14, true)
                                        .history(),
                                grantedAtOnce("b").history())
                        .count())
                .isOne();
        assertThat(check(
                                grantedAtOnce("a")
                                        .sent(13, "r9", "session.logout", "R")
                                        .history(),
                                grantedAtOnce("b").history())
                        .count())
                .isZero();
    }

    private static Script grantedAtOnce(String client) {
        return Script.of("1001", client)
                .asked(10, "p1", "prepareSession")
                .granted(10, client.equals("a") ? 12 : 15, "R-" + client)
                .answered(client.equals("a") ? 12 : 15, "p1");
    }

    private static Verdict check(ClientHistory one, ClientHistory other) {
        return Confirms.check(List.of(one, other), Script.ALWAYS);
    }
}
