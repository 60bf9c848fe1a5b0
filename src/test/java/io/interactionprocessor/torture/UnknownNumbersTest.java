package io.interactionprocessor.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node takes may not be known: it is dead, or somebody else's. From that no figure follows. */
class UnknownNumbersTest {
    private static final double UNKNOWN = Double.NaN;

    @Test
    void heapsGrowByWhatTheWorstGrows_ifEachIsKnown() {
        assertThat(DeafClients.growth(List.of(50.0, 60.0), List.of(52.0, 75.0))).isEqualTo(15);
        assertThat(DeafClients.growth(List.of(50.0, 60.0), List.of(52.0, UNKNOWN)))
                .isNaN();
        assertThat(DeafClients.growth(List.of(UNKNOWN, 60.0), List.of(UNKNOWN, 75.0)))
                .isNaN();
        assertThat(DeafClients.growth(List.of(), List.of())).isNaN();
    }

    @Test
    void socketsLeakBeyondAFewDescriptors_ifEachNodesAreKnown() {
        assertThat(MalformedFrames.leaked(List.of(100.0, 100.0), List.of(108.0, 90.0)))
                .isZero();
        assertThat(MalformedFrames.leaked(List.of(100.0, 100.0), List.of(120.0, 90.0)))
                .isEqualTo(12);
        assertThat(MalformedFrames.leaked(List.of(100.0, 100.0), List.of(UNKNOWN, 90.0)))
                .isNaN();
        assertThat(MalformedFrames.leaked(List.of(), List.of())).isNaN();
    }

    @Test
    void aSampleThatIsMissingLeavesNoSlope() {
        assertThat(Soak.slope(List.of(new double[] {0, 10}, new double[] {1, UNKNOWN}, new double[] {2, 14})))
                .isNaN();
    }

    @Test
    void oneSizeAloneIsNoCurve() {
        assertThat(RecoveryCurve.spread(2_000, 3_000)).isEqualTo(1.5);
        assertThat(RecoveryCurve.spread(2_000)).isNaN();
        assertThat(RecoveryCurve.spread()).isNaN();
    }

    @Test
    void aPersonSeesThatItIsNotKnown() {
        assertThat(Costs.shown(12.4, " MB")).isEqualTo("12 MB");
        assertThat(Costs.shown(UNKNOWN, " MB")).isEqualTo("?");
    }
}
