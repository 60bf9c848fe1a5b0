package io.interactionprocessor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Messages that have been damaged in 20,000 ways: each gets an answer, none an exception. */
class MutatedMessagesTest {
    private static final long SEED = 20261122;
    private static final int MESSAGES = 20_000;
    private static final Set<FailureCode> CODES =
            Set.of(FailureCode.MALFORMED_MESSAGE, FailureCode.UNKNOWN_MESSAGE_TYPE, FailureCode.INVALID_REQUEST);
    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "1e999",
        "\"\"",
        "\"x\"",
        "[]",
        "{}",
        "[null]",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "{\"agent\":{\"password\":7}}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    };
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Random random = new Random(SEED);
    private final List<String> seeds = new ArrayList<>();

    @Test
    void everyMessageIsAnswered() throws JsonProcessingException {
        seeds.addAll(GoldenFiles.in("client").values());
        MessageReader reader = new MessageReader();
        MessageWriter writer = new MessageWriter();
        int understood = 0;
        for (int i = 0; i < MESSAGES; i++) {
            String text = pick(seeds);
            for (int times = random.nextInt(8); times >= 0; times -= 6) {
                text = mutated(text);
            }
            Read read = reader.read(text);
            Response answer;
            if (read instanceof Read.Understood ok) {
                understood++;
                answer = new Response.CoreFailure(
                        ok.request().requestId(),
                        "any",
                        Failure.of(FailureCode.TIMEOUT, "any"),
                        ok.request().original());
            } else {
                answer = ((Read.NotUnderstood) read).error();
                assertThat(((Response.CoreError) answer).failure().code()).isIn(CODES);
            }
            JsonNode written = STRICT.readTree(writer.response(answer));
            assertThat(written.path("requestId").textValue()).as(text).isEqualTo(answer.requestId());
        }
        // else it would only have tried the parser
        assertThat(understood).isBetween(MESSAGES / 10, MESSAGES * 9 / 10);
    }

    private String mutated(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(8));
        return switch (random.nextInt(16)) {
            case 0 -> flipped(text);
            case 1 -> text.substring(0, at);
            case 2 -> text.substring(at);
            case 3 -> text.substring(0, at) + text.substring(to);
            case 4 -> text.substring(0, to) + text.substring(at);
            case 5 -> text.substring(0, at) + pick(seeds).substring(5) + text.substring(to);
            default -> withOtherValue(text);
        };
    }

    private String flipped(String text) {
        if (text.isEmpty()) {
            return text;
        }
        StringBuilder flipped = new StringBuilder(text);
        int at = random.nextInt(text.length());
        flipped.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(random.nextBoolean() ? 7 : 16)));
        return flipped.toString();
    }

    /** Puts another kind of value behind one of the colons. */
    private String withOtherValue(String text) {
        List<Integer> colons = new ArrayList<>();
        for (int i = text.indexOf(": "); i >= 0; i = text.indexOf(": ", i + 1)) {
            colons.add(i + 2);
        }
        if (colons.isEmpty()) {
            return text;
        }
        int from = colons.get(random.nextInt(colons.size()));
        int to = from;
        while (to < text.length() && ",}\n".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return text.substring(0, from) + VALUES[random.nextInt(VALUES.length)] + text.substring(to);
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
