package io.interactionprocessor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static final String CANARY = "c4n4ry-s3cret";

    private final MessageReader reader = new MessageReader();

    private Request request(String text) {
        Read read = reader.read(text);
        assertThat(read).as(text).isInstanceOf(Read.Understood.class);
        return ((Read.Understood) read).request();
    }

    private Response.CoreError error(String text) {
        Read read = reader.read(text);
        assertThat(read).as(text).isInstanceOf(Read.NotUnderstood.class);
        return ((Read.NotUnderstood) read).error();
    }

    private static String prepare(String data) {
        return "{\"messageType\":\"serviceRequest\",\"requestId\":\"r\",\"serviceId\":\"sim\",\"request\":"
                + "{\"command\":\"prepareSession\",\"data\":" + data + "}}";
    }

    private static String resource(String command, String data) {
        return "{\"messageType\":\"resourceRequest\",\"requestId\":\"r\",\"serviceId\":\"sim\",\"resourceId\":\"R\","
                + "\"request\":{\"command\":\"" + command + "\",\"target\":\"R.g1\",\"data\":" + data + "}}";
    }

    private SessionCommand command(String command, String data) {
        return ((Request.Resource) request(resource(command, data))).command();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "7",
                "\"text\"",
                "[]",
                "[{\"requestId\":\"r\"}]",
                "{",
                "{\"requestId\":",
                "{'messageType':'coreRequest'}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "{/* no */}",
                "{\"a\":\"\u0007\"}",
                "{\"a\":\"\\x\"}",
                "\uFEFF{}",
            })
    void whatIsNotOneJsonObjectIsMalformed(String text) {
        Response.CoreError error = error(text);
        assertThat(error.requestId()).isNull();
        assertThat(error.failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);
        assertThat(error.failure().field()).isNull();
    }

    @Test
    void aSecondMessageBehindTheFirstIsRefused() {
        String ping = "{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"command\":\"ping\"}";
        assertThat(request(" " + ping + "\r\n")).isInstanceOf(Request.Ping.class);
        for (String tail : new String[] {ping, "x", "}", "null", ",", "[]"}) {
            Response.CoreError error = error(ping + tail);
            assertThat(error.failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);
            assertThat(error.requestId()).isEqualTo("r");
        }
    }

    @Test
    void aKeyStandsOnlyOnceAtEveryLevel() {
        for (String twice : new String[] {
            "{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"command\":\"ping\",\"command\":\"ping\"}",
            "{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"command\":\"ping\",\"x\":[{\"a\":{\"b\":1,\"\\u0062\":2}}]}",
        }) {
            Response.CoreError error = error(twice);
            assertThat(error.failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);
            assertThat(error.requestId()).isEqualTo("r");
        }
        assertThat(error(
                                "{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"requestId\":\"s\",\"command\":\"ping\"}")
                        .requestId())
                .as("which of the two?")
                .isNull();
    }

    @Test
    void depthIsLimited() {
        String start = "{\"messageType\":\"coreRequest\",\"command\":\"ping\",\"x\":";
        String end = ",\"requestId\":\"late\"}";
        assertThat(request(start + "[".repeat(31) + "]".repeat(31) + end)).isInstanceOf(Request.Ping.class);
        Response.CoreError error = error(start + "[".repeat(32) + "]".repeat(32) + end);
        assertThat(error.failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);
        assertThat(error.requestId()).isEqualTo("late");
        error = error(start + "[".repeat(60_000));
        assertThat(error.failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);

        MessageReader shallow = new MessageReader(new ReadLimits(8, 100, 100, 10, 100), false);
        assertThat(shallow.read(start + "[".repeat(8) + "]".repeat(8) + end)).isInstanceOf(Read.NotUnderstood.class);
    }

    @Test
    void stringsNamesAndNumbersAreLimited() {
        MessageReader narrow = new MessageReader(new ReadLimits(8, 100, 100, 10, 100), false);
        for (String value :
                new String[] {"\"" + "x".repeat(101) + "\"", "12345678901", "{\"" + "n".repeat(101) + "\":1}"}) {
            String text =
                    "{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"command\":\"ping\",\"x\":" + value + "}";
            assertThat(request(text)).isInstanceOf(Request.Ping.class);
            Read read = narrow.read(text);
            assertThat(read).isInstanceOf(Read.NotUnderstood.class);
            assertThat(((Read.NotUnderstood) read).error().failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);
        }
        assertThat(error("{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"x\":" + "9".repeat(65) + "}")
                        .failure()
                        .code())
                .isEqualTo(FailureCode.MALFORMED_MESSAGE);
    }

    @Test
    void halfASurrogatePairIsNotText() {
        for (String half : new String[] {"\\ud800", "\\uDC00x", "\\uD83D\\uD83D", "x\\ud83d"}) {
            for (String text : new String[] {
                "{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"command\":\"ping\",\"x\":[\"" + half + "\"]}",
                "{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"command\":\"ping\",\"x\":{\"" + half + "\":1}}",
            }) {
                assertThat(error(text).failure().code()).isEqualTo(FailureCode.MALFORMED_MESSAGE);
                assertThat(error(text).requestId()).isEqualTo("r");
            }
            assertThat(error("{\"messageType\":\"coreRequest\",\"requestId\":\"" + half + "\",\"command\":\"ping\"}")
                            .requestId())
                    .isNull();
        }
        assertThat(request("{\"messageType\":\"coreRequest\",\"requestId\":\"\\ud83d\\ude00\",\"command\":\"ping\"}")
                        .requestId())
                .isEqualTo("\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requestId\":\"r\"}",
                "{\"requestId\":\"r\",\"messageType\":null}",
                "{\"requestId\":\"r\",\"messageType\":1}",
                "{\"requestId\":\"r\",\"messageType\":\"\"}",
                "{\"requestId\":\"r\",\"messageType\":\"CoreRequest\"}",
                "{\"requestId\":\"r\",\"messageType\":\"coreResponse\",\"command\":\"ping\"}",
                "{\"requestId\":\"r\",\"messageType\":\"resourceEvent\"}",
                "{\"requestId\":\"r\",\"messageType\":\"serviceError\"}",
            })
    void onlyTheThreeRequestsMayBeSent(String text) {
        assertThat(error(text).failure().code()).isEqualTo(FailureCode.UNKNOWN_MESSAGE_TYPE);
        assertThat(error(text).requestId()).isEqualTo("r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "true", "\"\"", "{}", "[\"r\"]"})
    void theRequestIdMustBeAString(String id) {
        Response.CoreError error =
                error("{\"messageType\":\"coreRequest\",\"requestId\":" + id + ",\"command\":\"ping\"}");
        assertThat(error.failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
        assertThat(error.failure().field()).isEqualTo("/requestId");
        assertThat(error.requestId()).isNull();
    }

    @Test
    void theRequestIdHas1To128UnicodeCharacters() {
        for (String fits : new String[] {"r", "x".repeat(128), "\uD83D\uDE00".repeat(128)}) {
            assertThat(request("{\"messageType\":\"coreRequest\",\"requestId\":\"" + fits + "\",\"command\":\"ping\"}")
                            .requestId())
                    .isEqualTo(fits);
        }
        for (String tooLong : new String[] {"x".repeat(129), "\uD83D\uDE00".repeat(129)}) {
            Response.CoreError error =
                    error("{\"messageType\":\"coreRequest\",\"requestId\":\"" + tooLong + "\",\"command\":\"ping\"}");
            assertThat(error.failure().field()).isEqualTo("/requestId");
            assertThat(error.requestId()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'messageType':'coreRequest','requestId':'r'}|/command",
                "{'messageType':'coreRequest','requestId':'r','command':null}|/command",
                "{'messageType':'coreRequest','requestId':'r','command':7}|/command",
                "{'messageType':'coreRequest','requestId':'r','command':'ping','data':[]}|/data",
                "{'messageType':'coreRequest','requestId':'r','command':'ping','data':'x'}|/data",
                "{'messageType':'coreRequest','requestId':'r','command':'getServices','data':{'type':1}}|/data/type",
                "{'messageType':'coreRequest','requestId':'r','command':'bindService'}|/serviceId",
                "{'messageType':'coreRequest','requestId':'r','command':'bindService','serviceId':1}|/serviceId",
                "{'messageType':'coreRequest','requestId':'r','command':'bindService','data':{'serviceId':1}}|/data/serviceId",
                "{'messageType':'coreRequest','requestId':'r','command':'unbindService'}|/serviceId",
                "{'messageType':'coreRequest','requestId':'r','command':'bindResource','resourceId':'R'}|/serviceId",
                "{'messageType':'coreRequest','requestId':'r','command':'bindResource','serviceId':'s'}|/resourceId",
                "{'messageType':'coreRequest','requestId':'r','command':'bindResource','serviceId':'s','resourceId':'R','data':{'resumeKey':1}}|/data/resumeKey",
                "{'messageType':'coreRequest','requestId':'r','command':'bindResource','serviceId':'s','resourceId':'R','data':{'lastSequence':-1}}|/data/lastSequence",
                "{'messageType':'coreRequest','requestId':'r','command':'bindResource','serviceId':'s','resourceId':'R','data':{'lastSequence':'1'}}|/data/lastSequence",
                "{'messageType':'coreRequest','requestId':'r','command':'bindResource','serviceId':'s','resourceId':'R','data':{'lastSequence':1.0}}|/data/lastSequence",
                "{'messageType':'coreRequest','requestId':'r','command':'bindResource','serviceId':'s','resourceId':'R','data':{'lastSequence':9223372036854775808}}|/data/lastSequence",
                "{'messageType':'coreRequest','requestId':'r','command':'unbindResource','serviceId':'s','resourceId':[]}|/resourceId",
                "{'messageType':'serviceRequest','requestId':'r','request':{'command':'prepareSession'}}|/serviceId",
                "{'messageType':'serviceRequest','requestId':'r','serviceId':'s'}|/request",
                "{'messageType':'serviceRequest','requestId':'r','serviceId':'s','request':'x'}|/request",
                "{'messageType':'serviceRequest','requestId':'r','serviceId':'s','request':{}}|/request/command",
                "{'messageType':'serviceRequest','requestId':'r','serviceId':'s','request':{'command':{}}}|/request/command",
                "{'messageType':'resourceRequest','requestId':'r','resourceId':'R','request':{'command':'x','target':'R'}}|/serviceId",
                "{'messageType':'resourceRequest','requestId':'r','serviceId':'s','request':{'command':'x','target':'R'}}|/resourceId",
                "{'messageType':'resourceRequest','requestId':'r','serviceId':'s','resourceId':'R'}|/request",
                "{'messageType':'resourceRequest','requestId':'r','serviceId':'s','resourceId':'R','request':[]}|/request",
                "{'messageType':'resourceRequest','requestId':'r','serviceId':'s','resourceId':'R','request':{'target':'R'}}|/request/command",
                "{'messageType':'resourceRequest','requestId':'r','serviceId':'s','resourceId':'R','request':{'command':'session.start'}}|/request/target",
                "{'messageType':'resourceRequest','requestId':'r','serviceId':'s','resourceId':'R','request':{'command':'session.start','target':false}}|/request/target",
            })
    void theErrorPointsAtTheField(String text, String field) {
        Response.CoreError error = error(text.replace('\'', '"'));
        assertThat(error.requestId()).isEqualTo("r");
        assertThat(error.failure().code()).isEqualTo(FailureCode.INVALID_REQUEST);
        assertThat(error.failure().field()).isEqualTo(field);
    }

    @Test
    void coreIdsMayStandInDataToo() {
        Request request = request("{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"command\":\"bindResource\","
                + "\"data\":{\"serviceId\":\"s\",\"resourceId\":\"R\",\"lastSequence\":0,\"resumeKey\":null}}");
        assertThat(request).isInstanceOfSatisfying(Request.BindResource.class, bind -> {
            assertThat(bind.serviceId()).isEqualTo("s");
            assertThat(bind.resourceId()).isEqualTo("R");
            assertThat(bind.lastSequence()).isZero();
            assertThat(bind.resumeKey()).isNull();
        });
    }

    @Test
    void unknownCommandsAreUnderstoodAsSuch() {
        assertThat(request("{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"command\":\"nope\",\"data\":7}"))
                .isInstanceOf(Request.UnknownCore.class);
        assertThat(
                        request(
                                "{\"messageType\":\"serviceRequest\",\"requestId\":\"r\",\"serviceId\":\"s\",\"request\":{\"command\":\"nope\",\"data\":7}}"))
                .isInstanceOf(Request.UnknownService.class);
        Request.Resource resource = (Request.Resource) request(resource("channel.explode", "7"));
        assertThat(resource.command()).isNull();
        assertThat(resource.commandName()).isEqualTo("channel.explode");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7|/request/data",
                "{}|/request/data/agent",
                "{'agent':'1001'}|/request/data/agent",
                "{'agent':{'password':'p'}}|/request/data/agent/id",
                "{'agent':{'id':1001,'password':'p'}}|/request/data/agent/id",
                "{'agent':{'id':'  ','password':'p'}}|/request/data/agent/id",
                "{'agent':{'id':'1001'}}|/request/data/agent/password",
                "{'agent':{'id':'1001','password':null}}|/request/data/agent/password",
                "{'agent':{'id':'1001','password':1234}}|/request/data/agent/password",
                "{'agent':{'id':'1001','password':'p'},'override':'true'}|/request/data/override",
                "{'agent':{'id':'1001','password':'p'},'override':1}|/request/data/override",
                "{'agent':{'id':'1001','password':'p'},'model':1}|/request/data/model",
            })
    void prepareSessionPointsAtTheField(String data, String field) {
        assertThat(request(prepare(data.replace('\'', '"'))))
                .isInstanceOfSatisfying(Request.InvalidService.class, invalid -> {
                    assertThat(invalid.field()).isEqualTo(field);
                    assertThat(invalid.command()).isEqualTo("prepareSession");
                });
    }

    @Test
    void lengthsOfCredentialsAreLimited() {
        String agent = "{\"agent\":{\"id\":\"%s\",\"password\":\"%s\"}}";
        assertThat(request(prepare(agent.formatted("x".repeat(128), "p".repeat(1024)))))
                .isInstanceOf(Request.PrepareSession.class);
        assertThat(request(prepare(agent.formatted("x".repeat(129), "p")))).isInstanceOf(Request.InvalidService.class);
        assertThat(request(prepare(agent.formatted("x", "p".repeat(1025))))).isInstanceOf(Request.InvalidService.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"model\":null", ",\"model\":\"\"", ",\"model\":\"  \""})
    void noModelIsTheDefaultModel(String model) {
        Request request = request(prepare("{\"agent\":{\"id\":\"1001\",\"password\":\"p\"}" + model + "}"));
        assertThat(((Request.PrepareSession) request).model()).isNull();
    }

    @Test
    void onlyTheAgentsPasswordIsMasked() {
        String text = " "
                + prepare("{ \"model\":\"p\", \"n\":1.10, \"password\":\"p\","
                        + "\"agent\":{\"id\":\"p\" , \"p\\u0061ssword\" : \"p\" ,\"other\":{\"password\":\"p\"}}}")
                + "\n";
        Request.PrepareSession request = (Request.PrepareSession) request(text);
        assertThat(request.password().reveal()).isEqualTo("p");
        String masked = text.replace("\"p\\u0061ssword\" : \"p\"", "\"p\\u0061ssword\" : \"***\"");
        assertThat(masked).isNotEqualTo(text);
        assertThat(request.original()).isEqualTo(masked);
        assertThat(request.data())
                .isEqualTo("{ \"model\":\"p\", \"n\":1.10, \"password\":\"p\","
                        + "\"agent\":{\"id\":\"p\" , \"p\\u0061ssword\" : \"***\" ,\"other\":{\"password\":\"p\"}}}");
    }

    @Test
    void thePasswordIsMaskedWhateverItsKindAndWhateverTheRequest() {
        for (String password :
                new String[] {"\"" + CANARY + "\"", "{\"x\":\"" + CANARY + "\"}", "[\"" + CANARY + "\"]"}) {
            String agent = "{\"agent\":{\"password\":" + password + "}}";
            String agents = "{\"agent\":[{\"password\":" + password + "}]}";
            for (String text : new String[] {
                prepare(agent),
                prepare(agents),
                prepare(agent).replace("prepareSession", "prepareSesion"),
                resource("session.start", agent),
                resource("nope", agents),
                "{\"messageType\":\"coreRequest\",\"requestId\":\"r\",\"command\":\"prepareSession\",\"data\":" + agent
                        + "}",
            }) {
                Request request = request(text);
                assertThat(request.original()).contains("\"password\":\"***\"").doesNotContain(CANARY);
                assertThat(request.toString()).doesNotContain(CANARY);
            }
        }
    }

    @Test
    void theOperatorCanHaveCredentialsEchoed() {
        MessageReader echoing = new MessageReader(ReadLimits.DEFAULT, true);
        String data = "{\"agent\":{\"id\":\"1001\",\"password\":\"" + CANARY + "\"}}";
        Request.PrepareSession request =
                (Request.PrepareSession) ((Read.Understood) echoing.read(prepare(data))).request();
        assertThat(request.original()).isEqualTo(prepare(data));
        assertThat(request.data()).isEqualTo(data);
    }

    @Test
    void noErrorQuotesTheMessage() {
        String message = prepare("{\"agent\":{\"id\":\"" + CANARY + "\",\"password\":\"" + CANARY + "\"}}");
        for (int end = 0; end < message.length(); end++) {
            for (String text : new String[] {
                message.substring(0, end),
                message.substring(end),
                message.substring(0, end) + '\u0000' + message.substring(end),
                message.substring(0, end) + "\\" + message.substring(end),
                message.substring(0, end) + "\"" + message.substring(end),
                message.substring(0, end) + "," + message.substring(end),
                message.replace('"', '\''),
                message.replace("\"" + CANARY + "\"", CANARY),
                message.replace("\"password\"", "\"id\""),
                message.replace("\"" + CANARY + "\"", "\"" + CANARY + "\":1"),
                message.replace("\"id\"", "\"" + CANARY + "\""),
                message.replace("\"id\"", "\"" + CANARY + "\":1,\"" + CANARY + "\""),
            }) {
                if (reader.read(text) instanceof Read.NotUnderstood refused) {
                    assertThat(refused.toString()).doesNotContain(CANARY);
                }
            }
        }
    }

    @Test
    void theOriginalOfAnOrdinaryRequestIsItsText() {
        String text = resource("channel.ready", "{}");
        assertThat(request(text).original()).isSameAs(text);
    }

    @Test
    void bothSpellingsOfACommandAreTheSame() {
        assertThat(command("channel.request.ready", "{}")).isEqualTo(new SessionCommand.Ready());
        assertThat(command("channelgroup.request.notready", "{\"reason\":\"Break\"}"))
                .isEqualTo(new SessionCommand.GroupNotReady("Break"));
    }
}
