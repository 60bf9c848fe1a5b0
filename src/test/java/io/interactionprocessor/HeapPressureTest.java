package io.interactionprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryUsage;
import org.junit.jupiter.api.Test;

class HeapPressureTest {
    @Test
    void isHighAboveSeventyPercentOfWhatTheHeapMayBecome() {
        assertThat(HeapPressure.isTooMuch(new MemoryUsage(0, 71, 80, 100))).isTrue();
        assertThat(HeapPressure.isTooMuch(new MemoryUsage(0, 69, 70, 100)))
                .as("of the maximum, not of what is committed now")
                .isFalse();
    }
}
