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

    @Test
    void whoWasOverriddenBeforeItWasBoundHasNoSession_thoughNobodyTellsIt() {
        Script loser = overrides("loser", 1, 3).ended(6, "closed", true).closed(6, 1000);
        Script winner = overrides("winner", 1, 4)
                .core(5, "b", "bindResource")
                .answered(5, "b")
                .bound(5, 1, false)
                .sent(7, "l", "session.logout", "R-winner")
                .answered(8, "l")
                .ended(8, "closed", true);

        assertThat(check(loser, winner, asks(10, 11, "success"))).isZero();
        assertThat(check(loser, winner, asks(10, 11, "confirm"))).isOne();
    }

    @Test
    void whileNobodyKnowsWhoOfTwoHasWonEitherMayHaveTheSession() {
        Script one = overrides("one", 1, 3).bound(4, 1, false).closed(6, 1006);
        Script other = overrides("other", 1, 4).closed(6, 1006);

        assertThat(check(one, other, asks(10, 11, "confirm"))).isZero();
        assertThat(check(one, other, asks(10, 11, "success"))).isZero();
    }

    @Test
    void aSessionIsOverOnceALaterOneWasGrantedWithOverride() {
        Script cut =
                Script.of("1001", "cut").granted(1, 2, "R1").bound(3, 1, false).closed(5, 1006);
        Script later = overrides("later", 6, 7)
                .sent(8, "l", "session.logout", "R-later")
                .ended(9, true);

        assertThat(check(cut, later, asks(10, 11, "confirm"))).isOne();
        assertThat(check(cut, asks(10, 11, "confirm")).count()).isZero();
    }

    @Test
    void aSessionThatNobodyHasBoundIsOverAWhileAfterItsClientHasGone() {
        Script unbound = Script.of("1001", "unbound")
                .granted(1, 2, "R1")
                .core(3, "b", "bindResource")
                .answered(4, "b", "error", "unknownResource")
                .ended(5, "closed", true);
        Script perhaps = Script.of("1001", "perhaps")
                .granted(1, 2, "R1")
                .core(3, "b", "bindResource")
                .closed(5, 1006);

        assertThat(check(unbound, asks(30_000, 30_001, "confirm")).count()).isZero();
        assertThat(check(unbound, asks(36_000, 36_001, "confirm")).count()).isOne();
        assertThat(check(perhaps, asks(36_000, 36_001, "confirm")).count()).isZero();
    }

    @Test
    void aSessionThatSaysItIsLoggedOutIsOver() {
        Script holder = Script.of("1001", "holder").granted(1, 2, "R1").sent(3, "l", "session.logout", "R1");

        assertThat(check(holder, asks(10, 11, "confirm")).count()).isZero();
        holder.answered(5, "l").ended(5, "closed", true);
        assertThat(check(holder, asks(10, 11, "confirm")).count()).isOne();
    }

    private static Script overrides(String client, long sent, long granted) {
        return Script.of("1001", client)
                .asked(sent, "p", "prepareSession+override")
                .granted(sent, granted, "R-" + client)
                .answered(granted, "p");
    }

    private static int check(Script one, Script other, Script asks) {
        return Confirms.check(List.of(one.history(), other.history(), asks.history()), Script.ALWAYS)
                .count();
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
