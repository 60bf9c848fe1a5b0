package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The number plan of the simulated switch, row by row. */
@BlackBox
class NumberPlanIT {

    private final Cluster cluster;

    NumberPlanIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Dials; when it was dialled. */
    private static long dial(Desktop desktop, String destination) {
        long start = System.nanoTime();
        desktop.ok("channel.dial", desktop.channel(), new JsonObject().put("destination", destination));
        return start;
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static JsonObject failed(Desktop desktop, Duration within) {
        return desktop.event(0, "conversation=FAILED", within).getJsonObject("data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5550100", "5550150", "5550199"})
    void numbers55501AnswerAfter300MillisecondsAndStay(String number) {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            long start = dial(desktop, number);
            desktop.event(0, "conversation=ALERTING");
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            assertThat(millisSince(start)).isBetween(290L, 3_000L);
            desktop.sleep(4_000);
            desktop.settle();
            assertThat(desktop.mirror().primary().state()).isEqualTo("CONNECTED");
            desktop.check();
        }
    }

    @Test
    void numbers55502AreBusy() {
        try (Desktop desktop = Desktop.active(cluster.node(1), Clusters.agent())) {
            dial(desktop, "5550250");
            assertThat(failed(desktop, Duration.ofSeconds(5)).getString("cause"))
                    .isEqualTo("busy");
            desktop.settle();
            assertThat(desktop.mirror().primary().actions()).containsExactly("conversation.release");
            desktop.check();
            desktop.ok("conversation.release", desktop.primary());
            desktop.untilIdle();
            desktop.check();
        }
    }

    @Test
    void numbers55503RingAndAreNotAnsweredFor20Seconds() {
        try (Desktop desktop = Desktop.active(cluster.node(2), Clusters.agent())) {
            long start = dial(desktop, "5550350");
            desktop.event(0, "conversation=ALERTING");
            assertThat(failed(desktop, Duration.ofSeconds(30)).getString("cause"))
                    .isEqualTo("noAnswer");
            assertThat(millisSince(start)).isBetween(19_500L, 25_000L);
            desktop.check();
        }
    }

    @Test
    void numbers55504RejectAfter300Milliseconds() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            dial(desktop, "5550450");
            desktop.event(0, "conversation=ALERTING");
            assertThat(failed(desktop, Duration.ofSeconds(5)).getString("cause"))
                    .isEqualTo("rejected");
            desktop.check();
        }
    }

    @Test
    void numbers55505AnswerAndHangUp3SecondsLater() {
        try (Desktop desktop = Desktop.active(cluster.node(1), Clusters.agent())) {
            dial(desktop, "5550550");
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            long connected = System.nanoTime();
            JsonObject ended = desktop.event(0, "interaction.ended");
            assertThat(millisSince(connected)).isBetween(2_000L, 6_000L);
            assertThat(ended.getJsonObject("data").getString("cause")).isEqualTo("normal");
            desktop.untilIdle();
            desktop.check();
        }
    }

    @Test
    void numbers55506AreUnreachable() {
        try (Desktop desktop = Desktop.active(cluster.node(2), Clusters.agent())) {
            dial(desktop, "5550650");
            assertThat(failed(desktop, Duration.ofSeconds(5)).getString("cause"))
                    .isEqualTo("unreachable");
            desktop.check();
        }
    }

    @Test
    void numbers55507AnswerAfter3Seconds() {
        try (Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent())) {
            long start = dial(desktop, "5550750");
            desktop.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            assertThat(millisSince(start)).isBetween(2_900L, 6_000L);
            desktop.check();
        }
    }

    @ParameterizedTest
    @CsvSource({"5550850", "1", "999", "abc", "555010", "55501000", "8003", "3001", "''"})
    void anythingElseIsAnInvalidDestination(String number) {
        try (Desktop desktop = Desktop.active(cluster.node(1), Clusters.agent())) {
            JsonObject answer = desktop.wire()
                    .ask(desktop.message(
                            "d", "channel.dial", desktop.channel(), new JsonObject().put("destination", number)));
            if (answer.encode().contains("\"result\":\"success\"")) {
                assertThat(failed(desktop, Duration.ofSeconds(5)).getString("cause"))
                        .isEqualTo("invalidDestination");
            } else {
                assertThat(answer.encode())
                        .containsAnyOf(
                                "\"code\":\"invalidDestination\"",
                                number.isEmpty() ? "\"code\":\"invalidRequest\"" : "\"code\":\"invalidDestination\"");
            }
            desktop.check();
        }
    }

    @Test
    void aFailedCallThatNobodyReleasesDoesNotStayForEver() {
        try (Desktop desktop = Desktop.active(cluster.node(1), Clusters.agent())) {
            dial(desktop, "5550250");
            desktop.until("FAILED", m -> m.primaryIs("FAILED"));
            desktop.until("idle", Duration.ofSeconds(45), Desktop::idle);
            desktop.check();
        }
    }
}
