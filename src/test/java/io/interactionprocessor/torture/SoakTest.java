package io.interactionprocessor.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SoakTest {
    @Test
    void theSlopeIsThatOfTheLineThroughTheSamples() {
        List<double[]> rising = List.of(new double[] {0, 10}, new double[] {1, 13}, new double[] {2, 14});

        assertThat(Soak.slope(rising)).isCloseTo(2, within(1e-9));
        assertThat(Soak.slope(List.of(new double[] {1, 10}))).isNaN();
    }
}
