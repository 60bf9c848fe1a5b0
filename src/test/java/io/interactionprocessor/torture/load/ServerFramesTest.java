package io.interactionprocessor.torture.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerFramesTest {
    private final List<String> told = new ArrayList<>();
    private final ServerFrames frames =
            new ServerFrames(() -> told.add("upgraded"), told::add, code -> told.add("closed " + code));

    @Test
    void framesAreTakenWhereverTheNetworkHasCutThem() {
        String longer = "x".repeat(300);
        Buffer all = Buffer.buffer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
                .appendByte((byte) 0x81)
                .appendByte((byte) 2)
                .appendString("hi")
                .appendByte((byte) 0x89)
                .appendByte((byte) 0)
                .appendByte((byte) 0x81)
                .appendByte((byte) 126)
                .appendShort((short) 300)
                .appendString(longer)
                .appendByte((byte) 0x81)
                .appendByte((byte) 127)
                .appendLong(3)
                .appendString("end")
                .appendByte((byte) 0x88)
                .appendByte((byte) 5)
                .appendShort((short) 1008)
                .appendString("why");

        frames.add(all);
        assertThat(told).containsExactly("upgraded", "hi", longer, "end", "closed 1008");

        told.clear();
        ServerFrames slow = new ServerFrames(() -> told.add("upgraded"), told::add, code -> told.add("closed " + code));
        for (int i = 0; i < all.length(); i++) {
            slow.add(all.getBuffer(i, i + 1));
        }
        assertThat(told).containsExactly("upgraded", "hi", longer, "end", "closed 1008");
    }

    @Test
    void aCloseWithoutACodeIs1005() {
        frames.add(Buffer.buffer("\r\n\r\n").appendByte((byte) 0x88).appendByte((byte) 0));

        assertThat(told).containsExactly("upgraded", "closed 1005");
    }
}
