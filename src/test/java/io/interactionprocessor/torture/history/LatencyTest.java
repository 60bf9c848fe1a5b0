package io.interactionprocessor.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void aCommandTakesFromItsFirstSendingToItsFirstAnswer() {
        Script script = Script.of("1001")
                .sent(10, "r1", "x", "R")
                .closed(11, 1006)
                .sent(30, "r1", "x", "R")
                .answered(40, "r1")
                .answered(50, "r1");

        var histogram = Latency.commands(List.of(script.history()), Script.ALWAYS);

        assertThat(histogram.getTotalCount()).isOne();
        assertThat(histogram.getMaxValue()).isBetween(29_900L, 30_100L);
    }

    @Test
    void anOfferIsMatchedWithTheNextConversationOfTheAgent() {
        Script script =
                Script.of("1001").event(5, 1, "conversation.created", null).event(23, 2, "conversation.created", null);
        var history =
                new Script.Switch().connection(20, "1001", "k1", "ALERTING").connection(20, "1002", "k2", "ALERTING");

        var histogram = Latency.offers(List.of(script.history()), history.entries(), Script.ALWAYS);

        assertThat(histogram.getTotalCount()).isOne();
        assertThat(histogram.getMaxValue()).isBetween(2_990L, 3_010L);
    }

    @Test
    void growthNeedsSamplesOfBefore_andOfMeanwhile() {
        Histogram slow = Latency.empty();
        slow.recordValue(2_000);
        Histogram fast = Latency.empty();
        fast.recordValue(1_000);

        assertThat(Latency.growth(fast, slow)).isEqualTo(100);
        assertThat(Latency.growth(slow, fast)).isEqualTo(-50);
        assertThat(Latency.growth(fast, Latency.empty())).isNaN();
        assertThat(Latency.growth(Latency.empty(), fast)).isNaN();
    }
}
