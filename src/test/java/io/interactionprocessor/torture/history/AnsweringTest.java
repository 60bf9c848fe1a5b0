package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnsweringTest {
    @Test
    void aRequestSentAgainAndAnsweredOnceIsRight() {
        Script script = hold(1, "r1")
                .closed(2, 1006)
                .sent(3, "r1", "conversation.hold", "R.x")
                .answered(4, "r1");

        assertThat(Answering.unanswered(List.of(script.history()), Script.ALWAYS))
                .isEqualTo(new Verdict(1, "commands", List.of()));
    }

    @Test
    void aRequestWithoutAnswerIsFound() {
        assertThat(Answering.unanswered(List.of(hold(1, "r1").history()), Script.ALWAYS)
                        .count())
                .isOne();
    }

    @Test
    void aSessionThatIsOverOwesNoAnswers() {
        assertThat(Answering.unanswered(List.of(hold(1, "r1").ended(2, true).history()), Script.ALWAYS)
                        .count())
                .isZero();
    }

    @Test
    void twoEqualAnswersAreRightAndTwoDifferentOnesAreNot() {
        Script equal = hold(1, "r1").answered(2, "r1").answered(3, "r1");
        assertThat(Answering.contradictions(List.of(equal.history()), Script.ALWAYS)
                        .count())
                .isZero();

        Script different = hold(1, "r1").answered(2, "r1").answered(3, "r1", "failure", "invalidState");
        assertThat(Answering.contradictions(List.of(different.history()), Script.ALWAYS)
                        .violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).contains("success and then invalidState"));
    }

    @Test
    void anAnswerAfterItsEventIsFound() {
        Script right = hold(1, "r1").answered(2, "r1").event(3, 1, "state.updated", "r1");
        assertThat(Answering.late(List.of(right.history()), Script.ALWAYS, false)
                        .count())
                .isZero();

        Script wrong = hold(1, "r1").event(2, 1, "state.updated", "r1").answered(3, "r1");
        assertThat(Answering.late(List.of(wrong.history()), Script.ALWAYS, false)
                        .count())
                .isOne();
    }

    @Test
    void theStoredAnswerOfARequestSentAgainMayComeAfterEvents() {
        Script script = hold(1, "r1")
                .answered(2, "r1")
                .event(3, 1, "state.updated", "r1")
                .sent(4, "r1", "conversation.hold", "R.x")
                .answered(5, "r1");

        assertThat(Answering.late(List.of(script.history()), Script.ALWAYS, false)
                        .count())
                .isZero();
    }

    @Test
    void onlyTheCodesThatAreAskedForAreFailures() {
        Script script = hold(1, "r1")
                .answered(2, "r1", "failure", "invalidState")
                .sent(3, "r2", "conversation.hold", "R.x")
                .answered(4, "r2", "failure", "timeout");

        assertThat(Answering.failures(List.of(script.history()), Script.ALWAYS, Set.of("timeout")))
                .satisfies(verdict -> assertThat(verdict.of()).isEqualTo(2))
                .satisfies(verdict -> assertThat(verdict.count()).isOne());
    }

    private static Script hold(long ms, String requestId) {
        return Script.of("1001").bound(0, 1, false).sent(ms, requestId, "conversation.hold", "R.x");
    }

    @Test
    void whatWasRepeatedAfterAReconnectionIsCountedApart() {
        Script script = hold(1, "r1")
                .closed(2, 1006)
                .bound(3, 2, true)
                .sent(4, "r1", "conversation.hold", "R.x")
                .event(5, 1, "state.updated", "r1")
                .answered(6, "r1");

        assertThat(Answering.late(List.of(script.history()), Script.ALWAYS, false))
                .isEqualTo(new Verdict(0, "answers", List.of()));
        assertThat(Answering.late(List.of(script.history()), Script.ALWAYS, true)
                        .count())
                .isOne();
    }

    @Test
    void aLoginThatWaitsForEverOnALivingConnectionIsFound() {
        assertThat(ignored(entering())).isEqualTo(2);
        assertThat(ignored(entering().answered(3, "p").answered(3, "b"))).isZero();
        assertThat(Answering.ignored(List.of(entering().history()), Script.ALWAYS)
                        .of())
                .isEqualTo(3);
    }

    @Test
    void whatWasAskedOnAConnectionThatIsNoMoreOwesNoAnswer() {
        assertThat(ignored(entering().closed(4, 1006))).isZero();
        assertThat(ignored(entering().ended(4, true))).isZero();
        assertThat(ignored(entering().core(4, "s2", "bindService").answered(5, "s2")))
                .isZero();
    }

    @Test
    void whatWasAskedOfANodeThatTheClientDidNotGoToOwesNoAnswer() {
        Script stays = Script.of("1001")
                .bound(1, 1, false)
                .at(Script.B)
                .core(2, "s2", "bindService")
                .at(Script.A);

        assertThat(ignored(stays)).isZero();
        assertThat(ignored(stays.core(3, "g", "getServices"))).isOne();
    }

    @Test
    void whatWasAskedJustNowMayStillBeAnswered() {
        List<ClientHistory> clients = List.of(entering().history());

        assertThat(Answering.ignored(clients, new Window(0, 15_001_000)).count())
                .isZero();
        assertThat(Answering.ignored(clients, new Window(0, 15_003_000)).count())
                .isEqualTo(2);
    }

    /** The third and the second request have no answer. */
    private static Script entering() {
        return Script.of("1001")
                .core(0, "s", "bindService")
                .answered(1, "s")
                .asked(2, "p", "prepareSession")
                .core(2, "b", "bindResource");
    }

    private static int ignored(Script script) {
        return Answering.ignored(List.of(script.history()), Script.ALWAYS).count();
    }

    @Test
    void aSecondAnswerIsOneTooManyHoweverEqual() {
        assertThat(surplus(hold(1, "r1").answered(2, "r1"))).isZero();
        assertThat(surplus(hold(1, "r1").answered(2, "r1").answered(3, "r1"))).isOne();
    }

    @Test
    void anAnswerToNothingIsOneTooMany() {
        assertThat(surplus(hold(1, "r1").answered(2, "r1").answered(3, "r2"))).isOne();
        assertThat(surplus(hold(1, "r1").answered(2, "r1").answered(3, null, "error", "internalError")))
                .isOne();
    }

    @Test
    void aRequestSentAgainMayBeAnsweredOverBothConnections() {
        Script again = hold(1, "r1")
                .closed(2, 1006)
                .bound(3, 2, true)
                .answered(3, "r1")
                .sent(4, "r1", "conversation.hold", "R.x")
                .answered(5, "r1");
        assertThat(surplus(again)).isZero();
        assertThat(surplus(again.answered(6, "r1"))).isOne();
    }

    private static int surplus(Script script) {
        return Answering.surplus(List.of(script.history()), Script.ALWAYS).count();
    }
}
