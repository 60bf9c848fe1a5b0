package io.interactionprocessor.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackedTextTest {
    private static final String EVENT = """
            {"messageType":"resourceEvent","serviceId":"sim","resourceId":"Gv_7AlSwtqZY0w70Yz5BFQ","requestId":"s5",\
            "event":{"messageType":"stateEvent","name":"state.updated","target":"Gv_7AlSwtqZY0w70Yz5BFQ.g1.c1",\
            "sequence":6,"requestId":"s5","data":{"state":"ACTIVE","previous":"INACTIVE","cause":"normal",\
            "actions":["channel.deactivate","channel.ready","channel.notready","channel.dial"],\
            "blocked":{"channel.activate":"invalidState","channel.cancelpending":"invalidState"}}}}""";

    @Test
    void anEventIsAFifthOfItsText() {
        PackedText packed = PackedText.of(EVENT);
        assertThat(packed.text()).isEqualTo(EVENT);
        assertThat(packed.bytes().length).isLessThan(EVENT.length() / 5);
        assertThat(PackedText.ofBytes(packed.bytes())).isEqualTo(packed).hasToString(EVENT);
    }

    /** Whatever is put together of the protocol's words, of what looks like them, of ids that come again, and of noise. */
    @Test
    void anyTextComesOutAsItWentIn() {
        Random random = new Random(7);
        String[] parts = {
            "\"resourceId\":\"",
            "\",\"resourceId\":\"",
            "\",\"requestId\":\"",
            "abc",
            "abc\"",
            "a",
            "\"",
            "\\\"",
            "",
            "\0",
            "\1\2\3",
            "\u001f ",
            "\u007f\u0080\u00ff",
            "\u20ac\ud83d\ude00",
            "\",\"",
            "channel.",
            "channel",
            "}}}",
            "}}}}"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(12); part > 0; part--) {
                if (random.nextInt(4) == 0) {
                    byte[] phrase = Phrases.text(random.nextInt(Phrases.count()));
                    int length = random.nextInt(phrase.length + 1);
                    text.append(new String(phrase, 0, length, StandardCharsets.UTF_8));
                } else {
                    text.append(parts[random.nextInt(parts.length)]);
                }
            }
            assertThat(PackedText.of(text.toString()).text()).isEqualTo(text.toString());
        }
    }

    /** A node of an earlier or later release must read what this one has packed. */
    @Test
    void thePhrasesStayWhereTheyAre() {
        Set<String> phrases = new HashSet<>();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < Phrases.count(); i++) {
            String phrase = new String(Phrases.text(i), StandardCharsets.UTF_8);
            assertThat(phrase).hasSizeGreaterThanOrEqualTo(4);
            assertThat(phrases.add(phrase)).as(phrase).isTrue();
            all.append(phrase).append('\n');
        }
        assertThat(Phrases.count()).isLessThanOrEqualTo(36 + 256);
        assertThat(all.toString().hashCode())
                .as("the list's hash: add new phrases at its end, and only then change this")
                .isEqualTo(-884986501);
    }
}
