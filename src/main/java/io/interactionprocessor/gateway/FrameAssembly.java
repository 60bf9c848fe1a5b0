package io.interactionprocessor.gateway;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts a client's text messages together from their frames (RFC 6455 section 5.4), strictly: only text, only UTF-8, no
 * longer than allowed. The server's own assembly drops what is too long without a word.
 */
final class FrameAssembly {
    private static final byte[] NOTHING = new byte[0];

    private final int maxMessageBytes;
    private byte[] parts = NOTHING;
    private int length;
    private boolean open;

    FrameAssembly(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** A data frame's opcode. */
    enum Kind {
        TEXT,
        BINARY,
        CONTINUATION
    }

    /** What came of a frame. */
    sealed interface Step {
        /** A whole message. */
        record Message(String text) implements Step {}

        /** More frames must come. */
        record More() implements Step {}

        /** The connection must be closed. */
        record Refused(CloseCode code, String reason) implements Step {}
    }

    Step add(Kind kind, boolean last, byte[] payload) {
        if (kind == Kind.BINARY) {
            return new Step.Refused(CloseCode.NOT_TEXT, "messages are text");
        }
        if (open != (kind == Kind.CONTINUATION)) {
            return new Step.Refused(CloseCode.PROTOCOL_ERROR, "frames out of order");
        }
        if ((long) length + payload.length > maxMessageBytes) {
            return new Step.Refused(CloseCode.TOO_BIG, "at most " + maxMessageBytes + " bytes in a message");
        }
        if (last && !open) {
            return decode(payload, payload.length);
        }
        append(payload);
        open = !last;
        if (open) {
            return new Step.More();
        }
        byte[] whole = parts;
        int size = length;
        parts = NOTHING;
        length = 0;
        return decode(whole, size);
    }

    private void append(byte[] payload) {
        int needed = length + payload.length;
        if (needed > parts.length) {
            parts = Arrays.copyOf(parts, Math.min(maxMessageBytes, Math.max(needed, 2 * parts.length)));
        }
        System.arraycopy(payload, 0, parts, length, payload.length);
        length = needed;
    }

    private Step decode(byte[] bytes, int size) {
        try {
            // a new decoder reports what is no UTF-8
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, size));
            return new Step.Message(text.toString());
        } catch (CharacterCodingException e) {
            return new Step.Refused(CloseCode.NOT_UTF8, "messages are UTF-8");
        }
    }
}
