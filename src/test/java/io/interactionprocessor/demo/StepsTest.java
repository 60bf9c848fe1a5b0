package io.interactionprocessor.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StepsTest {
    private final StringWriter out = new StringWriter();
    private final Steps steps = new Steps(new PrintWriter(out, true));

    @Test
    void aRightStepIsOneLine() throws InterruptedException {
        steps.step("agent 1001", "node 1", "answers", () -> steps.expect(true, "that"));

        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .matches(" +1 +agent 1001 +node 1 +answers +[0-9.]+ ms +ok");
        assertThat(steps.failures()).isZero();
    }

    @Test
    void aWrongStepSaysWhatWasExpectedAndTheNextOneIsJudgedAlone() throws InterruptedException {
        steps.step("agent 1001", "node 1", "answers", () -> steps.expectEqual("the state", "HELD", "CONNECTED"));
        steps.step("agent 1001", "node 1", "hangs up", () -> {});

        assertThat(out.toString().lines().map(String::strip).toList())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("WRONG"),
                        line -> assertThat(line).isEqualTo("expected: the state is CONNECTED, not HELD"),
                        line -> assertThat(line).startsWith("2 ").endsWith("ok"));
        assertThat(steps.count()).isEqualTo(2);
        assertThat(steps.failures()).isEqualTo(1);
    }

    @Test
    void aStepThatCannotBeFinishedEndsIt() {
        assertThatThrownBy(() -> steps.step("agent 1001", "node 1", "answers", () -> {
                    throw new DemoFailed("no answer");
                }))
                .isInstanceOf(DemoFailed.class)
                .hasMessage("step 1 could not be finished: no answer");
        assertThat(out.toString()).contains("WRONG");
        assertThat(steps.failures()).isEqualTo(1);
    }

    @Test
    void columnsAreAligned() throws InterruptedException {
        steps.step("agent 1001", "node 1", "answers", () -> {});
        steps.step("customer 5550101", "node 3", "calls", () -> {});

        assertThat(out.toString().lines().map(line -> line.indexOf("node")).distinct())
                .hasSize(1);
        assertThat(out.toString().lines().map(line -> line.indexOf(" ms ")).distinct())
                .hasSize(1);
    }
}
