package io.interactionprocessor.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final MessageWriter writer = new MessageWriter();

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private JsonNode event(Event.Body body) {
        return tree(writer.event("sim", "R", new Event("R.g1", 1, null, body)));
    }

    @Test
    void theRequestIdStandsAtBothLevelsOfAnEventOrNowhere() {
        Event.Body body = new Event.SessionInitialized();
        JsonNode caused = tree(writer.event("sim", "R", new Event("R", 1, "r1", body)));
        assertThat(caused.at("/requestId").textValue()).isEqualTo("r1");
        assertThat(caused.at("/event/requestId").textValue()).isEqualTo("r1");
        JsonNode uncaused = tree(writer.event("sim", "R", new Event("R", 1, null, body)));
        assertThat(uncaused.has("requestId")).isFalse();
        assertThat(uncaused.get("event").has("requestId")).isFalse();
    }

    @Test
    void aConfirmCarriesTheStandInAndNothingElseChanges() {
        Response.SessionConfirm confirm = GoldenAnswers.confirm();
        String standIn = "standin:\"\\\u0001";
        JsonNode plain = tree(writer.response(confirm));
        JsonNode written = tree(writer.confirm(confirm, standIn));
        JsonNode original = written.at("/response/original");
        assertThat(original.at("/request/data/agent/password").textValue()).isEqualTo(standIn);
        ((com.fasterxml.jackson.databind.node.ObjectNode) original.at("/request/data/agent")).put("password", "***");
        assertThat(written).isEqualTo(plain);
        // the way the client takes: original, override set to true
        Read read = new MessageReader()
                .read(tree(writer.confirm(confirm, standIn))
                        .at("/response/original")
                        .toString());
        assertThat(((Request.PrepareSession) ((Read.Understood) read).request())
                        .password()
                        .reveal())
                .isEqualTo(standIn);
    }

    @Test
    void whatHoldsCredentialsDoesNotShowThem() {
        String secret = "{\"agent\":{\"password\":\"s3cret\"}}";
        assertThat(new Response.SessionConfirm("r", "sim", "?", 0, "active", "n", 0, secret).toString())
                .doesNotContain("s3cret");
        assertThat(new Response.SessionPrepared("r", "sim", "R", secret).toString())
                .doesNotContain("s3cret");
        Failure failure = Failure.of(FailureCode.TIMEOUT, "Try again.");
        assertThat(new Response.ServiceFailure("r", "sim", "prepareSession", failure, secret).toString())
                .doesNotContain("s3cret");
        MessageReader echoing = new MessageReader(ReadLimits.DEFAULT, true);
        for (String command : new String[] {"prepareSession", "prepareSesion"}) {
            for (String id : new String[] {"\"1001\"", "1001"}) {
                Read read =
                        echoing.read("{\"messageType\":\"serviceRequest\",\"requestId\":\"r\",\"serviceId\":\"sim\","
                                + "\"request\":{\"command\":\"" + command + "\",\"data\":{\"agent\":{\"id\":" + id
                                + ",\"password\":\"s3cret\"}}}}");
                assertThat(((Read.Understood) read).request().original()).contains("s3cret");
                assertThat(read.toString()).doesNotContain("s3cret");
            }
        }
    }

    @Test
    void actionsAreInOneOrderWhateverTheSets() {
        Map<Verb, FailureCode> blocked = new LinkedHashMap<>();
        blocked.put(Verb.CHANNEL_DIAL, FailureCode.NOT_READY_REQUIRED);
        blocked.put(Verb.CHANNEL_ACTIVATE, FailureCode.INVALID_STATE);
        Actions shuffled =
                new Actions(new LinkedHashSet<>(List.of(Verb.CHANNEL_NOTREADY, Verb.CHANNEL_DEACTIVATE)), blocked);
        Actions sorted = new Actions(
                java.util.EnumSet.of(Verb.CHANNEL_DEACTIVATE, Verb.CHANNEL_NOTREADY), new EnumMap<>(blocked));
        assertThat(event(new Event.ActionsUpdated(shuffled)).toString())
                .isEqualTo(event(new Event.ActionsUpdated(sorted)).toString())
                .contains("{\"actions\":[\"channel.deactivate\",\"channel.notready\"],"
                        + "\"blocked\":{\"channel.activate\":\"invalidState\",\"channel.dial\":\"notReadyRequired\"}}");
    }

    @Test
    void attachedDataComesBackAsItWent() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("text", "\"\\\u0000\u2028\u00e4\uD83D\uDE00</script>");
        data.put("none", null);
        data.put("int", 1);
        data.put("long", 5_000_000_000L);
        data.put("big", new BigInteger("123456789012345678901234567890"));
        data.put("double", 1.5);
        data.put("flag", true);
        data.put("list", Arrays.asList(1, null, Map.of("k", List.of())));
        String written = writer.event("sim", "R", new Event("R", 1, null, new Event.DataChanged(data, List.of())));
        String set = tree(written).at("/event/data/data").toString();
        Read read = new MessageReader()
                .read(
                        "{\"messageType\":\"resourceRequest\",\"requestId\":\"r\",\"serviceId\":\"sim\",\"resourceId\":\"R\","
                                + "\"request\":{\"command\":\"interaction.setdata\",\"target\":\"R\",\"data\":{\"set\":"
                                + set
                                + "}}}");
        assertThat(((Request.Resource) ((Read.Understood) read).request()).command())
                .isEqualTo(new SessionCommand.SetData(data, List.of()));
    }

    @Test
    void aValueThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> event(new Event.DataChanged(Map.of("k", new Object()), List.of())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.response(new Response.CoreSuccess("r", "ping", "text")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCauseThatIsNotKnownIsNull() {
        ObjectFields fields = GoldenObjects.conversation(ConversationState.CONNECTED, null, List.of());
        assertThat(event(new Event.Created(fields, Actions.NONE))
                        .at("/event/data/cause")
                        .isNull())
                .isTrue();
        assertThat(event(new Event.Ended(Cause.ABANDONED))
                        .at("/event/data/cause")
                        .textValue())
                .isEqualTo("abandoned");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00.000Z",
                "1969-12-31T23:59:59.999Z",
                "2000-02-29T00:00:00.001Z",
                "2026-11-22T14:00:00.000Z",
                "2027-01-02T03:04:05.067Z",
                "9999-12-31T23:59:59.999Z",
            })
    void timesHaveThreeDigitsOfMilliseconds(String time) {
        assertThat(Timestamps.format(Instant.parse(time).toEpochMilli())).isEqualTo(time);
    }
}
