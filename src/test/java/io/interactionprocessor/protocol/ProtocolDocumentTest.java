package io.interactionprocessor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.InteractionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays every JSON example of {@code docs/protocol.md}, and misses those that are not there. */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "protocol.md");
    private static final Pattern EXAMPLES = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String document;
    private final List<JsonNode> examples = new ArrayList<>();

    ProtocolDocumentTest() throws IOException {
        document = Files.readString(DOCUMENT);
        Matcher matcher = EXAMPLES.matcher(document);
        while (matcher.find()) {
            try (MappingIterator<JsonNode> messages =
                    JSON.readerFor(JsonNode.class).readValues(matcher.group(1))) {
                examples.addAll(messages.readAll());
            }
        }
    }

    private static boolean isRequest(JsonNode message) {
        return message.path("messageType").asText().endsWith("Request");
    }

    @TestFactory
    Stream<DynamicTest> whatClientsSendIsUnderstood() {
        MessageReader reader = new MessageReader();
        return examples.stream()
                .filter(ProtocolDocumentTest::isRequest)
                .map(example -> DynamicTest.dynamicTest(commandOf(example) + ' ' + example, () -> {
                    Read read = reader.read(example.toString());
                    assertThat(read).isInstanceOf(Read.Understood.class);
                    Request request = ((Read.Understood) read).request();
                    assertThat(request)
                            .isNotInstanceOfAny(
                                    Request.InvalidService.class,
                                    Request.UnknownCore.class,
                                    Request.UnknownService.class);
                    if (request instanceof Request.Resource resource) {
                        assertThat(resource.command()).isNotNull().isNotInstanceOf(SessionCommand.Invalid.class);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatTheServiceSendsHasTheFormOfAGoldenMessage() {
        Map<String, List<JsonNode>> golden = golden();
        return examples.stream()
                .filter(example -> !isRequest(example))
                .map(example -> DynamicTest.dynamicTest(MessageForm.nameOf(example) + ' ' + example, () -> {
                    String name = MessageForm.nameOf(example);
                    assertThat(golden).containsKey(name);
                    assertThat(golden.get(name)).anySatisfy(one -> MessageForm.assertSame(example, one));
                }));
    }

    @Test
    void everyRequestHasAnExample() {
        Set<String> shown = new HashSet<>();
        examples.stream().filter(ProtocolDocumentTest::isRequest).forEach(example -> shown.add(commandOf(example)));
        assertThat(shown)
                .containsAll(Arrays.stream(Verb.values()).map(Verb::wire).toList())
                .contains(
                        "getServices",
                        "bindService",
                        "unbindService",
                        "bindResource",
                        "unbindResource",
                        "ping",
                        "prepareSession",
                        "getCapabilities");
    }

    @Test
    void everythingTheServiceSendsHasAnExample() {
        Set<String> shown = new HashSet<>();
        examples.forEach(example -> shown.add(MessageForm.nameOf(example)));
        assertThat(shown).containsAll(golden().keySet());
    }

    @Test
    void commandsAndCodesInExamplesExist() {
        Set<String> codes = new HashSet<>();
        Arrays.stream(FailureCode.values()).forEach(code -> codes.add(code.wire()));
        for (JsonNode example : examples) {
            for (JsonNode actions : example.findValues("actions")) {
                actions.forEach(verb -> assertThat(Verb.of(verb.textValue()))
                        .as(verb.toString())
                        .isPresent());
            }
            for (JsonNode blocked : example.findValues("blocked")) {
                blocked.properties().forEach(entry -> {
                    assertThat(Verb.of(entry.getKey())).as(entry.getKey()).isPresent();
                    assertThat(codes).contains(entry.getValue().textValue());
                });
            }
            example.findValues("code").forEach(code -> assertThat(codes).contains(code.textValue()));
        }
    }

    @Test
    void everyWordOfTheProtocolIsExplained() {
        Stream.of(
                        FailureCode.values(),
                        Cause.values(),
                        Verb.values(),
                        SessionEndReason.values(),
                        Availability.values(),
                        ChannelState.values(),
                        InteractionState.values(),
                        ConversationState.values(),
                        ServiceObject.Status.values())
                .flatMap(Arrays::stream)
                .forEach(word -> assertThat(document).contains("`" + word + "`"));
        GoldenEvents.all()
                .values()
                .forEach(event ->
                        assertThat(document).contains("`" + event.body().name() + "`"));
        GoldenAnswers.capabilities()
                .keySet()
                .forEach(key -> assertThat(document).contains("`" + key + "`"));
    }

    private static Map<String, List<JsonNode>> golden() {
        Map<String, List<JsonNode>> golden = new HashMap<>();
        GoldenFiles.in("server").values().forEach(text -> {
            try {
                JsonNode message = JSON.readTree(text);
                golden.computeIfAbsent(MessageForm.nameOf(message), name -> new ArrayList<>())
                        .add(message);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        });
        return golden;
    }

    private static String commandOf(JsonNode request) {
        return request.path("command").asText(request.at("/request/command").asText());
    }
}
