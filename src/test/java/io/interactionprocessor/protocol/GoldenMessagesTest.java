package io.interactionprocessor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.interactionprocessor.model.Secret;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays the golden messages in both directions, and sees to it that there is one for every message of the protocol. */
class GoldenMessagesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final RecursiveComparisonConfiguration SECRETS_BY_VALUE = RecursiveComparisonConfiguration.builder()
            .withEqualsForType(Secret::matches, Secret.class)
            .build();

    private final MessageReader reader = new MessageReader();

    @TestFactory
    Stream<DynamicTest> clientMessagesAreUnderstood() {
        Map<String, String> texts = GoldenFiles.in("client");
        Map<String, Request> expected = GoldenRequests.of(texts);
        assertThat(texts.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        return texts.entrySet().stream()
                .map(golden -> DynamicTest.dynamicTest(
                        golden.getKey(),
                        () -> assertThat(reader.read(golden.getValue()))
                                .usingRecursiveComparison(SECRETS_BY_VALUE)
                                .withStrictTypeChecking()
                                .isEqualTo(new Read.Understood(expected.get(golden.getKey())))));
    }

    @TestFactory
    Stream<DynamicTest> badMessagesAreRefused() {
        Map<String, String> texts = GoldenFiles.in("bad");
        Map<String, Response.CoreError> expected = GoldenRequests.refusals();
        assertThat(texts.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        return texts.entrySet().stream()
                .map(golden -> DynamicTest.dynamicTest(
                        golden.getKey(),
                        () -> assertThat(reader.read(golden.getValue()))
                                .usingRecursiveComparison()
                                .withStrictTypeChecking()
                                .ignoringFields("error.failure.message")
                                .isEqualTo(new Read.NotUnderstood(expected.get(golden.getKey())))));
    }

    @TestFactory
    Stream<DynamicTest> serverMessagesAreWritten() {
        Map<String, String> texts = GoldenFiles.in("server");
        Map<String, String> written = GoldenFiles.written();
        assertThat(texts.keySet()).containsExactlyInAnyOrderElementsOf(written.keySet());
        return texts.entrySet().stream()
                .map(golden -> DynamicTest.dynamicTest(
                        golden.getKey(),
                        // a tree keeps the order of its fields: equal texts are equal trees in equal order
                        () -> assertThat(written.get(golden.getKey())).isEqualTo(compact(golden.getValue()))));
    }

    @Test
    void everyVerbHasAGoldenMessage() {
        assertThat(GoldenFiles.in("client").keySet())
                .containsAll(Arrays.stream(Verb.values()).map(Verb::wire).toList());
    }

    @Test
    void everyRequestHasAGoldenMessage() {
        Map<String, String> texts = GoldenFiles.in("client");
        assertThat(kindsOf(GoldenRequests.of(texts).values())).isEqualTo(leaves(Request.class));
    }

    @Test
    void everyAnswerHasAGoldenMessage() {
        assertThat(kindsOf(GoldenAnswers.responses().values())).isEqualTo(leaves(Response.class));
        assertThat(kindsOf(GoldenAnswers.serviceEvents().values())).isEqualTo(leaves(ServiceEvent.class));
        Set<FailureCode> errors = GoldenAnswers.responses().values().stream()
                .filter(Response.CoreError.class::isInstance)
                .map(error -> ((Response.CoreError) error).failure().code())
                .collect(Collectors.toSet());
        assertThat(errors)
                .containsExactlyInAnyOrder(
                        FailureCode.MALFORMED_MESSAGE, FailureCode.UNKNOWN_MESSAGE_TYPE, FailureCode.INVALID_REQUEST);
    }

    @Test
    void everyEventHasAGoldenMessage() {
        List<Event.Body> bodies =
                GoldenEvents.all().values().stream().map(Event::body).toList();
        assertThat(kindsOf(bodies)).isEqualTo(leaves(Event.Body.class));
        Set<String> names = bodies.stream().map(Event.Body::name).collect(Collectors.toSet());
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "session.initialized",
                        "session.snapshot",
                        "session.ended",
                        "channelgroup.created",
                        "channelgroup.initialized",
                        "channelgroup.disposed",
                        "channel.created",
                        "channel.initialized",
                        "channel.infochanged",
                        "channel.disposed",
                        "interaction.created",
                        "interaction.preview",
                        "interaction.initialized",
                        "interaction.datachanged",
                        "interaction.focuschanged",
                        "interaction.ended",
                        "interaction.disposed",
                        "conversation.created",
                        "conversation.initialized",
                        "conversation.member.added",
                        "conversation.member.changed",
                        "conversation.member.removed",
                        "conversation.attributeschanged",
                        "conversation.disposed",
                        "state.updated",
                        "actions.updated");
    }

    private static Set<Class<?>> kindsOf(Iterable<?> values) {
        Set<Class<?>> kinds = new HashSet<>();
        values.forEach(value -> kinds.add(value.getClass()));
        return kinds;
    }

    /** All records under a sealed interface that stand for a message of their own. */
    private static Set<Class<?>> leaves(Class<?> sealed) {
        Set<Class<?>> leaves = new HashSet<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            leaves.addAll(permitted.isSealed() ? leaves(permitted) : Set.of(permitted));
        }
        return leaves;
    }

    private static String compact(String json) throws JsonProcessingException {
        return JSON.readTree(json).toString();
    }
}
