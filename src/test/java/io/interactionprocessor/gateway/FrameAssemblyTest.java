package io.interactionprocessor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.gateway.FrameAssembly.Kind;
import io.interactionprocessor.gateway.FrameAssembly.Step;
import org.junit.jupiter.api.Test;

class FrameAssemblyTest {
    private final FrameAssembly assembly = new FrameAssembly(16);

    @Test
    void aWholeFrameIsAMessage() {
        assertThat(add(Kind.TEXT, true, "hello")).isEqualTo(new Step.Message("hello"));
        assertThat(add(Kind.TEXT, true, "")).isEqualTo(new Step.Message(""));
    }

    @Test
    void fragmentsMakeOneMessageEvenInTheMiddleOfACharacter() {
        byte[] euro = "a\u20acb".getBytes(UTF_8);

        assertThat(assembly.add(Kind.TEXT, false, new byte[0])).isEqualTo(new Step.More());
        for (int i = 0; i < euro.length - 1; i++) {
            assertThat(assembly.add(Kind.CONTINUATION, false, new byte[] {euro[i]}))
                    .isEqualTo(new Step.More());
        }
        assertThat(assembly.add(Kind.CONTINUATION, true, new byte[] {euro[euro.length - 1]}))
                .isEqualTo(new Step.Message("a\u20acb"));
        assertThat(add(Kind.TEXT, true, "next")).isEqualTo(new Step.Message("next"));
    }

    @Test
    void exactlyTheLimitIsAllowedInOneFrameAndInSeveral() {
        assertThat(add(Kind.TEXT, true, "0123456789abcdef")).isEqualTo(new Step.Message("0123456789abcdef"));
        add(Kind.TEXT, false, "01234567");
        assertThat(add(Kind.CONTINUATION, true, "89abcdef")).isEqualTo(new Step.Message("0123456789abcdef"));
    }

    @Test
    void oneByteMoreIsTooBig() {
        assertThat(refusal(add(Kind.TEXT, true, "0123456789abcdefg"))).isEqualTo(CloseCode.TOO_BIG);
        add(Kind.TEXT, false, "0123456789abcdef");
        assertThat(refusal(add(Kind.CONTINUATION, false, "g"))).isEqualTo(CloseCode.TOO_BIG);
    }

    @Test
    void theLimitIsInBytesNotInCharacters() {
        assertThat(refusal(add(Kind.TEXT, true, "\u20ac".repeat(6)))).isEqualTo(CloseCode.TOO_BIG);
    }

    @Test
    void binaryIsRefused() {
        assertThat(refusal(add(Kind.BINARY, true, "x"))).isEqualTo(CloseCode.NOT_TEXT);
        assertThat(refusal(add(Kind.BINARY, false, ""))).isEqualTo(CloseCode.NOT_TEXT);
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        assertThat(refusal(assembly.add(Kind.TEXT, true, new byte[] {'a', (byte) 0xc3, '('})))
                .isEqualTo(CloseCode.NOT_UTF8);
        assertThat(refusal(assembly.add(Kind.TEXT, true, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})))
                .isEqualTo(CloseCode.NOT_UTF8);
    }

    @Test
    void framesOutOfOrderAreRefused() {
        assertThat(refusal(add(Kind.CONTINUATION, true, "x"))).isEqualTo(CloseCode.PROTOCOL_ERROR);
        add(Kind.TEXT, false, "x");
        assertThat(refusal(add(Kind.TEXT, true, "y"))).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    private Step add(Kind kind, boolean last, String payload) {
        return assembly.add(kind, last, payload.getBytes(UTF_8));
    }

    private static CloseCode refusal(Step step) {
        return ((Step.Refused) step).code();
    }
}
