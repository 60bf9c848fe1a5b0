package io.interactionprocessor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The form of a message of the service: which fields it has, of which kinds, whatever their values. */
final class MessageForm {
    private static final Set<String> MAY_BE_NULL = Set.of("queue", "reason", "pending", "focus", "cause");
    private static final Set<String> MAY_BE_ABSENT = Set.of("requestId", "pendingReason", "context");
    private static final Set<String> TIMES = Set.of("since", "time");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    /** Objects with keys of somebody else's choice: the client's message, attached data, and what depends on the state. */
    private static final Pattern OPEN =
            Pattern.compile(".*/(original|blocked)|/event/data(/data)|.*/interactions/data|.*/resource/data");

    private MessageForm() {}

    /** Returns what distinguishes a message from those of other forms. */
    static String nameOf(JsonNode message) {
        String type = message.path("messageType").asText();
        if (message.has("event")) {
            JsonNode event = message.get("event");
            return type
                    + ' '
                    + event.path("name").asText(event.path("eventType").asText());
        }
        if (message.has("error")) {
            return type.equals("coreError")
                    ? type + ' ' + message.at("/error/code").asText()
                    : type;
        }
        JsonNode answer = message.has("response") ? message.get("response") : message;
        String result = answer.path("result").asText();
        if (result.equals("failure")) {
            return type + " failure" + (answer.at("/failure").has("field") ? " of a field" : "");
        }
        return type.equals("resourceResponse") && !answer.has("data")
                ? type + ' ' + result
                : type + ' ' + answer.path("command").asText() + ' ' + result;
    }

    /** Fails unless both have the same form. */
    static void assertSame(JsonNode message, JsonNode golden) {
        assertSame("", "", message, golden);
    }

    private static void assertSame(String path, String name, JsonNode message, JsonNode golden) {
        if (MAY_BE_NULL.contains(name) && (message.isNull() || golden.isNull())) {
            return;
        }
        assertThat(message.getNodeType()).as(path).isEqualTo(golden.getNodeType());
        if (message.isObject() && !OPEN.matcher(path).matches()) {
            assertThat(names(message)).as(path).isEqualTo(names(golden));
            message.properties().forEach(field -> {
                JsonNode expected = golden.get(field.getKey());
                if (expected != null) {
                    assertSame(path + '/' + field.getKey(), field.getKey(), field.getValue(), expected);
                }
            });
        } else if (message.isArray() && !golden.isEmpty()) {
            List<JsonNode> forms =
                    StreamSupport.stream(golden.spliterator(), false).toList();
            message.forEach(
                    element -> assertThat(forms).as(path).anySatisfy(form -> assertSame(path, name, element, form)));
        } else if (TIMES.contains(name)) {
            assertThat(message.textValue()).as(path).matches(TIME);
        }
    }

    /** The names in their order, which readers of logs get used to. */
    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.removeAll(MAY_BE_ABSENT);
        return names;
    }
}
