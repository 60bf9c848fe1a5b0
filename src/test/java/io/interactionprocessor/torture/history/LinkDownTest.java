package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinkDownTest {
    private static final String UNAVAILABLE = "ctiUnavailable";
    private static final List<Window> DOWN =
            LinkDown.stretch(10_000_000, 20_000_000).stream().toList();

    @Test
    void whatFailsAtOnceIsRight() {
        LinkDown found = check(hold(12_000).answered(12_003, "r1", "failure", UNAVAILABLE));

        assertThat(found.otherwise()).isEqualTo(new Verdict(1, "commands", List.of()));
        assertThat(found.times().getMaxValue()).isBetween(2_990L, 3_010L);
    }

    @Test
    void aSuccessIsFound() {
        assertThat(check(hold(12_000).answered(12_003, "r1")).otherwise().violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).contains("conversation.hold", "success after 3 ms"));
    }

    @Test
    void whoWaitsForATimeoutIsFound_andCountsForTheTimesToo() {
        LinkDown found = check(hold(12_000).answered(22_000, "r1", "failure", "timeout"));

        assertThat(found.otherwise().count()).isOne();
        assertThat(found.otherwise().of()).isOne();
        assertThat(found.times().getMaxValue()).isGreaterThan(9_900_000);
    }

    @Test
    void anErrorInPlaceOfAnAnswerIsFound() {
        LinkDown found = check(hold(12_000).answered(12_003, "r1", "error", "unknownResource"));

        assertThat(found.otherwise().count()).isOne();
    }

    @Test
    void atTheEdgesAndOutsideNothingIsAsked() {
        for (long at : List.of(9_000L, 10_500L, 19_500L, 21_000L)) {
            assertThat(check(hold(at).answered(at + 3, "r1")).otherwise())
                    .as("%s", at)
                    .isEqualTo(new Verdict(0, "commands", List.of()));
        }
    }

    @Test
    void aCommandThatWasSentAgainCountsIfItWasNeverSentOutside() {
        Script before = hold(9_900)
                .closed(11_000, 1006)
                .sent(12_000, "r1", "conversation.hold", "R.x")
                .answered(12_003, "r1");
        assertThat(check(before).otherwise().of()).isZero();

        Script after = hold(18_900)
                .closed(19_000, 1006)
                .sent(21_000, "r1", "conversation.hold", "R.x")
                .answered(21_003, "r1");
        assertThat(check(after).otherwise().of()).isZero();

        Script within = hold(12_000)
                .closed(12_500, 1006)
                .sent(14_000, "r1", "conversation.hold", "R.x")
                .answered(14_003, "r1");
        assertThat(check(within).otherwise().count()).isOne();
    }

    @Test
    void onlyTheFirstAnswerCounts() {
        Script script = hold(12_000)
                .answered(12_003, "r1", "failure", UNAVAILABLE)
                .sent(21_000, "r1", "conversation.hold", "R.x")
                .answered(21_003, "r1");

        assertThat(check(script).otherwise()).isEqualTo(new Verdict(1, "commands", List.of()));
    }

    @Test
    void whatTheSessionAnswersByItselfIsApart() {
        Script script = Script.of("1001")
                .sent(12_000, "r1", "session.snapshot", "R")
                .answered(12_003, "r1")
                .sent(12_100, "r2", "session.logout", "R")
                .answered(12_103, "r2")
                .sent(12_200, "r3", "channel.ready", "R.g1.c1")
                .answered(12_203, "r3", "failure", "invalidState")
                .asked(12_300, "r4", "prepareSession")
                .answered(12_303, "r4");

        LinkDown found = check(script);
        assertThat(found.otherwise()).isEqualTo(new Verdict(0, "commands", List.of()));
        assertThat(found.refused()).isOne();
    }

    @Test
    void aSessionCannotBeStartedWithoutTheSwitch() {
        Script script =
                Script.of("1001").sent(12_000, "r1", "session.start", "R").answered(12_003, "r1");

        assertThat(check(script).otherwise().count()).isOne();
    }

    @Test
    void aShortLossHasNoStretch() {
        assertThat(LinkDown.stretch(10_000_000, 11_000_000)).isEmpty();
        assertThat(LinkDown.stretch(10_000_000, 9_000_000)).isEmpty();
        assertThat(LinkDown.stretch(10_000_000, 20_000_000)).contains(new Window(11_000_000, 19_000_000));
    }

    private static Script hold(long ms) {
        return Script.of("1001").bound(0, 1, false).sent(ms, "r1", "conversation.hold", "R.x");
    }

    private static LinkDown check(Script script) {
        return LinkDown.check(List.of(script.history()), DOWN);
    }
}
