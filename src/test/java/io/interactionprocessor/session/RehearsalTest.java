package io.interactionprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Sessions that nobody has. */
class RehearsalTest {
    private final Desk desk = new Desk();

    @Test
    void leadsThemToTheirEnd_andLeavesNothing() {
        CompletionStage<Integer> led = new Rehearsal(desk.ports("n1")).run(50, 10_000);
        desk.time.pass(2_000);
        assertThat(led.toCompletableFuture()).isCompletedWithValue(50);
        assertThat(desk.store.sessions()).isEmpty();
        assertThat(desk.directory.all().values()).hasSize(4).noneMatch(DirectoryEntry::occupied);
        assertThat(desk.audit.happenings).as("nothing that anybody counts").isEmpty();
    }

    @Test
    void beginsNoMoreWhenTheTimeIsOver() {
        CompletionStage<Integer> led = new Rehearsal(desk.ports("n1")).run(5_000, 100);
        desk.time.pass(1_000);
        assertThat(led.toCompletableFuture()).isCompleted();
        assertThat(led.toCompletableFuture().join()).isBetween(4, 100);
        assertThat(desk.directory.all().values()).noneMatch(DirectoryEntry::occupied);
    }

    /** Another node had begun one under the same name, and was killed. */
    @Test
    void takesThePlaceOfOneThatDidNotComeToItsEnd() {
        new Rehearsal(desk.ports("n1")).run(4, 10_000);
        desk.time.pass(5);
        assertThat(desk.directory.all().values()).anyMatch(DirectoryEntry::occupied);
        CompletionStage<Integer> led = new Rehearsal(desk.ports("n1")).run(20, 10_000);
        desk.time.pass(5_000);
        assertThat(led.toCompletableFuture()).isCompletedWithValue(20);
    }

    @Test
    void failsWhenNothingCanBeBound() {
        desk.directoryFailures = 1_000;
        CompletionStage<Integer> led = new Rehearsal(desk.ports("n1")).run(50, 10_000);
        desk.time.pass(20_000);
        assertThat(led.toCompletableFuture()).isCompletedExceptionally();
    }
}
