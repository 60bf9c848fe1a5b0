package io.interactionprocessor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionCommandReaderTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static SessionCommand read(String verb, String data) {
        try {
            return new SessionCommandReader(ReadLimits.DEFAULT)
                    .read(Verb.of(verb).orElseThrow(), JSON.readTree(data.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void everyVerbIsReadAsItself(Verb verb) {
        String data = "{'destination':'1','digits':'1','member':'m','set':{'a':1}}";
        SessionCommand command = read(verb.wire(), data);
        assertThat(command).isNotInstanceOf(SessionCommand.Invalid.class);
        assertThat(command.verb()).isSameAs(verb);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "channel.ready|[]|/request/data",
                "session.start|{'extension':1001}|/request/data/extension",
                "session.logout|{'when':'later'}|/request/data/when",
                "session.logout|{'when':true}|/request/data/when",
                "session.logout|{'reason':1}|/request/data/reason",
                "channel.notready|{'reason':[]}|/request/data/reason",
                "channelgroup.notready|{'reason':7}|/request/data/reason",
                "channel.dial|{}|/request/data/destination",
                "channel.dial|{'destination':null}|/request/data/destination",
                "channel.dial|{'destination':''}|/request/data/destination",
                "channel.dial|{'destination':'  '}|/request/data/destination",
                "channel.dial|{'destination':5550101}|/request/data/destination",
                "channel.dial|{'destination':'1','data':[]}|/request/data/data",
                "channel.dial|{'destination':'1','data':{'':1}}|/request/data/data",
                "interaction.complete|{'disposition':{}}|/request/data/disposition",
                "interaction.complete|{'notes':1}|/request/data/notes",
                "interaction.setdata|{}|/request/data/set",
                "interaction.setdata|{'set':[]}|/request/data/set",
                "interaction.setdata|{'set':{'a':1e999}}|/request/data/set",
                "interaction.setdata|{'set':{'a':[{'b':-1e999}]}}|/request/data/set",
                "interaction.setdata|{'remove':{}}|/request/data/remove",
                "interaction.setdata|{'remove':'a'}|/request/data/remove",
                "interaction.setdata|{'remove':['a',1]}|/request/data/remove",
                "interaction.setdata|{'remove':['']}|/request/data/remove",
                "interaction.setdata|{'set':{'a':1},'remove':['a']}|/request/data/remove",
                "interaction.consult|{}|/request/data/destination",
                "conversation.transfer|{}|/request/data/destination",
                "conversation.conference|{}|/request/data/destination",
                "conversation.dropmember|{}|/request/data/member",
                "conversation.senddtmf|{}|/request/data/digits",
                "conversation.senddtmf|{'digits':12}|/request/data/digits",
                "conversation.senddtmf|{'digits':''}|/request/data/digits",
                "conversation.senddtmf|{'digits':'12E'}|/request/data/digits",
                "conversation.senddtmf|{'digits':'a'}|/request/data/digits",
                "conversation.senddtmf|{'digits':'1 2'}|/request/data/digits",
            })
    void whatIsWrongIsPointedAt(String verb, String data, String field) {
        assertThat(read(verb, data)).isInstanceOfSatisfying(SessionCommand.Invalid.class, invalid -> {
            assertThat(invalid.verb().wire()).isEqualTo(verb);
            assertThat(invalid.field()).isEqualTo(field);
            assertThat(invalid.message()).startsWith(field.substring(field.lastIndexOf('/') + 1));
        });
    }

    @Test
    void whatIsOptionalMayBeMissingOrNull() {
        assertThat(read("session.start", "{}")).isEqualTo(new SessionCommand.Start(null));
        assertThat(read("session.start", "null")).isEqualTo(new SessionCommand.Start(null));
        assertThat(read("session.start", "{'extension':' '}")).isEqualTo(new SessionCommand.Start(null));
        assertThat(read("session.start", "{'extension':'1001'}")).isEqualTo(new SessionCommand.Start("1001"));
        assertThat(read("session.logout", "{'reason':null,'when':null}"))
                .isEqualTo(new SessionCommand.Logout(null, false));
        assertThat(read("session.logout", "{'reason':'home','when':'idle'}"))
                .isEqualTo(new SessionCommand.Logout("home", true));
        assertThat(read("interaction.complete", "{}")).isEqualTo(new SessionCommand.Complete(null, null));
        assertThat(read("channel.notready", "{}")).isEqualTo(new SessionCommand.NotReady(null));
        assertThat(read("channel.dial", "{'destination':'5550101'}"))
                .isEqualTo(new SessionCommand.Dial("5550101", Map.of()));
        assertThat(read("interaction.setdata", "{'remove':['a','b']}"))
                .isEqualTo(new SessionCommand.SetData(Map.of(), List.of("a", "b")));
        assertThat(read("channel.activate", "{'channeloptions':{'x':1}}")).isEqualTo(new SessionCommand.Activate());
    }

    @Test
    void attachedDataKeepsItsKindsAndItsOrder() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("none", null);
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("z", "1");
        expected.put("a", 1);
        expected.put("l", 5_000_000_000L);
        expected.put("d", 1.5);
        expected.put("b", false);
        expected.put("list", Arrays.asList(1, null, inner));
        SessionCommand command = read(
                "interaction.setdata",
                "{'set':{'z':'1','a':1,'l':5000000000,'d':1.5,'b':false,'list':[1,null,{'none':null}]}}");
        assertThat(command).isEqualTo(new SessionCommand.SetData(expected, List.of()));
        assertThat(((SessionCommand.SetData) command).set().keySet()).containsExactlyElementsOf(expected.keySet());
    }

    @Test
    void sizesAreLimited() {
        String fits = "{'destination':'" + "1".repeat(128) + "'}";
        assertThat(read("interaction.consult", fits)).isInstanceOf(SessionCommand.Consult.class);
        assertThat(read("interaction.consult", fits.replace("{'destination':'", "{'destination':'1")))
                .isInstanceOf(SessionCommand.Invalid.class);
        assertThat(read("interaction.complete", "{'notes':'" + "n".repeat(4096) + "'}"))
                .isInstanceOf(SessionCommand.Complete.class);
        assertThat(read("interaction.complete", "{'notes':'" + "n".repeat(4097) + "'}"))
                .isInstanceOf(SessionCommand.Invalid.class);
        assertThat(read("conversation.senddtmf", "{'digits':'" + "*".repeat(64) + "'}"))
                .isEqualTo(new SessionCommand.SendDtmf("*".repeat(64)));
        assertThat(read("conversation.senddtmf", "{'digits':'" + "*".repeat(65) + "'}"))
                .isInstanceOf(SessionCommand.Invalid.class);
        assertThat(read("interaction.setdata", "{'set':{'" + "k".repeat(128) + "':1}}"))
                .isInstanceOf(SessionCommand.SetData.class);
        assertThat(read("interaction.setdata", "{'set':{'" + "k".repeat(129) + "':1}}"))
                .isInstanceOf(SessionCommand.Invalid.class);
        // {"k":"..."} is 8 bytes more than the text; a euro sign is three bytes
        String text = "\u20AC".repeat(5458) + "xx";
        assertThat(read("interaction.setdata", "{'set':{'k':'" + text + "'}}"))
                .isInstanceOf(SessionCommand.SetData.class);
        assertThat(read("interaction.setdata", "{'set':{'k':'" + text + "x'}}"))
                .isInstanceOf(SessionCommand.Invalid.class);
    }
}
