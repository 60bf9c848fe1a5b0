package io.interactionprocessor.torture.load;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Takes what a server says off a bare socket: the answer to the upgrade, then frames (RFC 6455, 5.2), none in parts. */
final class ServerFrames {
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int SHORTEST_HEAD = 2;
    private static final int NO_STATUS = 1005;

    private final Runnable onUpgrade;
    private final Consumer<String> onText;
    private final IntConsumer onClose;
    private Buffer rest = Buffer.buffer();
    private boolean upgraded;

    ServerFrames(Runnable onUpgrade, Consumer<String> onText, IntConsumer onClose) {
        this.onUpgrade = onUpgrade;
        this.onText = onText;
        this.onClose = onClose;
    }

    /** Something has come. */
    void add(Buffer data) {
        rest.appendBuffer(data);
        if (!upgraded) {
            int end = rest.toString(StandardCharsets.ISO_8859_1).indexOf(END_OF_HEAD);
            if (end < 0) {
                return;
            }
            upgraded = true;
            rest = rest.getBuffer(end + END_OF_HEAD.length(), rest.length());
            onUpgrade.run();
        }
        int used = 0;
        for (int length = frame(used); length > 0; length = frame(used)) {
            used += length;
        }
        rest = rest.getBuffer(used, rest.length());
    }

    /** Tells of the frame that begins here; returns its length, 0 if it has not come as a whole. */
    private int frame(int at) {
        int there = rest.length() - at;
        if (there < SHORTEST_HEAD) {
            return 0;
        }
        int length = rest.getByte(at + 1) & 0x7f;
        int head = length < 126 ? SHORTEST_HEAD : length == 126 ? SHORTEST_HEAD + 2 : SHORTEST_HEAD + 8;
        if (there < head) {
            return 0;
        }
        if (length == 126) {
            length = rest.getUnsignedShort(at + SHORTEST_HEAD);
        } else if (length == 127) {
            length = Math.toIntExact(rest.getLong(at + SHORTEST_HEAD));
        }
        if (there < head + length) {
            return 0;
        }
        int opcode = rest.getByte(at) & 0xf;
        if (opcode == TEXT) {
            onText.accept(rest.getString(at + head, at + head + length));
        } else if (opcode == CLOSE) {
            onClose.accept(length < 2 ? NO_STATUS : rest.getUnsignedShort(at + head));
        }
        return head + length;
    }
}
