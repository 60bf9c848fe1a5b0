package io.interactionprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void usageNamesTheProgram() {
        assertThat(Main.USAGE).startsWith("Usage: interaction-processor");
    }
}
