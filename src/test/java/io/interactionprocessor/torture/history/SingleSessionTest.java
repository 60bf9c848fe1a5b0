package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SingleSessionTest {
    @Test
    void theOlderSessionMayWorkUntilTheNewerIsGranted() {
        Script old = Script.of("1001", "old")
                .granted(1, 2, "R1")
                .sent(10, "r1", "x", "R1")
                .answered(11, "r1");
        Script young = Script.of("1001", "young")
                .granted(12, 20, "R2")
                .sent(21, "r2", "x", "R2")
                .answered(22, "r2");

        assertThat(check(old, young)).isEqualTo(new Verdict(1, "agents", List.of()));
    }

    @Test
    void aCommandThatWasUnderWayDuringTheGrantIsRight() {
        Script old = Script.of("1001", "old")
                .granted(1, 2, "R1")
                .sent(15, "r1", "x", "R1")
                .answered(25, "r1");
        Script young = Script.of("1001", "young").granted(12, 20, "R2");

        assertThat(check(old, young).count()).isZero();
    }

    @Test
    void theOlderSessionAtWorkAfterTheGrantOfTheNewerIsFound() {
        Script old = Script.of("1001", "old")
                .granted(1, 2, "R1")
                .sent(21, "r1", "x", "R1")
                .answered(25, "r1");
        Script young = Script.of("1001", "young").granted(12, 20, "R2");

        assertThat(check(old, young).violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.who()).isEqualTo("1001/old"));
    }

    @Test
    void theOlderSessionThatIsRefusedIsRight() {
        Script old = Script.of("1001", "old")
                .granted(1, 2, "R1")
                .sent(21, "r1", "x", "R1")
                .answered(25, "r1", "error", "unknownResource");
        Script young = Script.of("1001", "young").granted(12, 20, "R2");

        assertThat(check(old, young).count()).isZero();
    }

    @Test
    void ofTwoAtOnceEitherMayWin() {
        Script one = Script.of("1001", "one")
                .granted(1, 10, "R1")
                .sent(21, "r1", "x", "R1")
                .answered(25, "r1");
        Script other = Script.of("1001", "other").granted(2, 9, "R2");

        assertThat(check(one, other).count()).isZero();
    }

    @Test
    void twoAtOnceThatBothWorkAreFound() {
        Script one = Script.of("1001", "one")
                .granted(1, 10, "R1")
                .sent(21, "r1", "x", "R1")
                .answered(25, "r1");
        Script other = Script.of("1001", "other")
                .granted(2, 9, "R2")
                .sent(22, "r1", "x", "R2")
                .answered(25, "r1");

        assertThat(check(one, other).count()).isOne();
    }

    @Test
    void differentAgentsDoNotConcernEachOther() {
        Script one =
                Script.of("1001").granted(1, 10, "R1").sent(21, "r1", "x", "R1").answered(25, "r1");
        Script other =
                Script.of("1002").granted(2, 9, "R2").sent(22, "r1", "x", "R2").answered(25, "r1");

        assertThat(check(one, other).count()).isZero();
    }

    private static Verdict check(Script one, Script other) {
        return SingleSession.check(List.of(one.history(), other.history()), Script.ALWAYS);
    }
}
