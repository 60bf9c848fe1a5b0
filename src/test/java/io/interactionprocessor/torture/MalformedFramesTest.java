package io.interactionprocessor.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MalformedFramesTest {
    @Test
    void whoSendsTooManyIsSentAway() {
        assertThat(MalformedFrames.wrong(Map.of("malformed too often 1008", 7, "malformed 1000", 5)))
                .isZero();
    }

    @Test
    void toGoOnWithHimIsWrong_andSoIsToEndItSooner() {
        assertThat(MalformedFrames.wrong(Map.of("malformed too often 1000", 7))).isEqualTo(7);
        assertThat(MalformedFrames.wrong(Map.of("bits flipped too often, went on", 2, "bits flipped, went on", 3)))
                .isEqualTo(2);
        assertThat(MalformedFrames.wrong(Map.of("malformed 1008", 1))).isOne();
    }

    @Test
    void whatEndsBecauseTheServiceFailedIsWrong() {
        assertThat(MalformedFrames.wrong(Map.of("bits flipped 1011", 1, "bits flipped, ended", 9)))
                .isOne();
    }
}
