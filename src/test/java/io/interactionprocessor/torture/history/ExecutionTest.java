package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutionTest {
    private static final long LEASE = 3_000_000;

    @Test
    void oneExecutionForEachCommandIsRight() {
        var history = new Script.Switch()
                .command(1, "1001", 1, "x")
                .command(2, "1001", 1, "y")
                .refused(3, "1001", 1, "x");

        assertThat(Execution.twice(history.entries(), Script.ALWAYS)).isEqualTo(new Verdict(2, "commands", List.of()));
    }

    @Test
    void theSameCommandTwiceIsFound() {
        var history = new Script.Switch().command(1, "1001", 1, "x").command(2, "1001", 2, "x");

        assertThat(Execution.twice(history.entries(), Script.ALWAYS).count()).isOne();
    }

    @Test
    void theSameEffectTwiceIsFoundWhateverTheCommandIsCalled() {
        var history = new Script.Switch().data(1, 7).data(2, 8).data(3, 7);

        assertThat(Execution.twice(history.entries(), Script.ALWAYS).count()).isOne();
    }

    @Test
    void aSuccessThatTheSwitchDoesNotKnowIsFound() {
        Script script = Script.of("1001")
                .sentOnce(1, "r1", 7)
                .answered(2, "r1")
                .sentOnce(3, "r2", 8)
                .answered(4, "r2");
        var history = new Script.Switch().data(2, 7);

        assertThat(Execution.never(List.of(script.history()), history.entries(), Script.ALWAYS)
                        .violations())
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.what()).contains(Tokens.of(8)));
    }

    @Test
    void whatWasRefusedNeedsNoEffect() {
        Script script = Script.of("1001").sentOnce(1, "r1", 7).answered(2, "r1", "failure", "timeout");

        assertThat(Execution.never(List.of(script.history()), List.of(), Script.ALWAYS)
                        .count())
                .isZero();
    }

    @Test
    void anOlderEpochAfterANewerOneIsFound() {
        var right = new Script.Switch()
                .command(1, "1001", 1, "a")
                .command(2, "1001", 2, "b")
                .command(3, "1002", 1, "c");
        assertThat(Execution.stale(right.entries(), Script.ALWAYS).count()).isZero();

        var wrong = new Script.Switch().command(1, "1001", 2, "a").command(2, "1001", 1, "b");
        assertThat(Execution.stale(wrong.entries(), Script.ALWAYS).count()).isOne();
    }

    @Test
    void aCommandOfAnOverriddenSessionAfterTheFirstOfItsSuccessorIsFound() {
        Script old = Script.of("1001", "old").granted(1, 2, "R1");
        Script young = Script.of("1001", "young").granted(10, 20, "R2");
        List<ClientHistory> clients = List.of(old.history(), young.history());

        var right = new Script.Switch()
                .command(5, "1001", 9, "R1:a:0")
                .command(15, "1001", 9, "R1!1.2")
                .command(16, "1001", 9, "R2!2.1");
        assertThat(Execution.overridden(clients, right.entries(), Script.ALWAYS))
                .isEqualTo(new Verdict(3, "commands", List.of()));

        var wrong = new Script.Switch().command(16, "1001", 9, "R2!2.1").command(17, "1001", 9, "R1:b:0");
        assertThat(Execution.overridden(clients, wrong.entries(), Script.ALWAYS).count())
                .isOne();
    }

    @Test
    void anOlderEpochThatWasRefusedIsRight() {
        var history = new Script.Switch().command(1, "1001", 2, "a").refused(2, "1001", 1, "b");

        assertThat(Execution.stale(history.entries(), Script.ALWAYS).count()).isZero();
    }

    @Test
    void whatAnIsolatedNodeDoesWithinItsLeaseIsRight() {
        var history = new Script.Switch().command(11_000, "1001", 1, "a").command(12_900, "1001", 1, "b");

        assertThat(isolated(history, Script.of("1001").bound(1, 1, false)).count())
                .isZero();
    }

    @Test
    void whatItsEpochDoesAfterTheLeaseIsFound() {
        var history = new Script.Switch().command(13_500, "1001", 1, "a");

        assertThat(isolated(history, Script.of("1001").bound(1, 1, false)).count())
                .isOne();
    }

    @Test
    void whatTheNextEpochDoesElsewhereIsRight() {
        var history = new Script.Switch().command(13_500, "1001", 2, "a");

        assertThat(isolated(history, Script.of("1001").bound(1, 1, false)).count())
                .isZero();
    }

    @Test
    void whoWasAtAnotherNodeIsNotConcerned() {
        var history = new Script.Switch().command(13_500, "1001", 1, "a");

        assertThat(isolated(history, Script.of("1001").at(Script.B).bound(1, 1, false))
                        .count())
                .isZero();
    }

    @Test
    void aSuccessThatTheIsolatedNodeTellsAfterItsLeaseIsFound() {
        Script script = Script.of("1001")
                .bound(1, 1, false)
                .sent(14_000, "r1", "conversation.hold", "R.x")
                .answered(14_100, "r1");

        assertThat(isolated(new Script.Switch(), script).count()).isOne();
    }

    @Test
    void afterTheHealTheNodeMayWorkAgain() {
        Script script = Script.of("1001")
                .bound(1, 1, false)
                .sent(21_000, "r1", "conversation.hold", "R.x")
                .answered(21_100, "r1");
        var history = new Script.Switch().command(21_050, "1001", 1, "a");

        assertThat(isolated(history, script).count()).isZero();
    }

    private static Verdict isolated(Script.Switch history, Script script) {
        Isolation cut = new Isolation(Set.of(Script.A), 10_000_000, 20_000_000, LEASE);
        return Execution.afterLease(List.of(script.history()), history.entries(), List.of(cut));
    }
}
