package io.interactionprocessor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorContextTest {
    private final Throwable fault = new IllegalStateException("geheim", new RuntimeException("geheim"));

    @Test
    void theClientIsToldTheIdOnly() {
        assertThat(ErrorContext.of("id-1", fault, false)).isEqualTo("id-1");
    }

    @Test
    void anOperatorCanHaveItToldTheStackButNotTheWords() {
        assertThat(ErrorContext.of("id-1", fault, true))
                .startsWith("id-1: ")
                .contains("IllegalStateException", "caused by", "ErrorContextTest")
                .doesNotContain("geheim");
    }
}
