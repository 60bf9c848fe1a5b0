package io.interactionprocessor.cti.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AmiParserTest {
    private final List<Map<String, String>> blocks = new ArrayList<>();
    private final AmiParser parser = new AmiParser(blocks::add);

    @Test
    void readsBlocksHoweverTheyArrive() {
        byte[] bytes =
                "Asterisk Call Manager/10.0.0\r\nResponse: Success\r\nActionID: 1\r\n\r\nEvent: X\r\nA: b: c\r\nEmpty:\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            parser.take(new byte[] {b});
        }
        assertThat(blocks)
                .containsExactly(
                        Map.of("Response", "Success", "ActionID", "1"), Map.of("Event", "X", "A", "b: c", "Empty", ""));
    }

    @Test
    void bearsNoEndlessLine() {
        assertThatThrownBy(() -> parser.take(new byte[20_000])).isInstanceOf(IllegalStateException.class);
    }
}
