package io.interactionprocessor.gateway;

import static io.interactionprocessor.gateway.Messages.bindResource;
import static io.interactionprocessor.gateway.Messages.core;
import static io.interactionprocessor.gateway.Messages.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the WebSocket protocol asks of a socket that the server's own would have done: RFC 6455, sections 5.4, 5.5 and 7. */
class ClientSocketTest {
    private static final int PONG = 10;
    private static final int CONTINUATION = 0;
    private static final int FRAME = 4_000;

    private static Edge edge;

    @BeforeAll
    static void start() {
        edge = new Edge(Edge.settings(
                new GatewaySettings.Limits(2_000, FRAME, 20, Duration.ofSeconds(10), 1000, 2000, 128, 1 << 20),
                GatewaySettings.Timing.DEFAULT));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void aCloseIsAnsweredWithItsOwnCodeAndTheConnectionEnds() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            raw.frame(RawSocket.CLOSE, new byte[] {0x0f, (byte) 0xa0, 'b', 'y', 'e'});
            assertThat(raw.awaitCloseCode()).isEqualTo(4000);
            raw.awaitEnd();
        }
    }

    @Test
    void aCloseWithoutACodeIsAnsweredAsNormal() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            raw.frame(RawSocket.CLOSE, new byte[0]);
            assertThat(raw.awaitCloseCode()).isEqualTo(1000);
            raw.awaitEnd();
        }
    }

    @Test
    void whoDoesNotAnswerACloseIsCutOffAfterAWhile() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            raw.frame(2, new byte[] {1});
            assertThat(raw.awaitCloseCode()).isEqualTo(1003);
            long closed = System.nanoTime();
            raw.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - closed)).isGreaterThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void whoAnswersACloseIsCutOffAtOnce() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            raw.frame(2, new byte[] {1});
            assertThat(raw.awaitCloseCode()).isEqualTo(1003);
            long closed = System.nanoTime();
            raw.frame(RawSocket.CLOSE, new byte[] {0x03, (byte) 0xeb});
            raw.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - closed)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void ofManyPingsTheLastIsAnswered() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            for (byte i = 0; i < 20; i++) {
                raw.frame(RawSocket.PING, new byte[] {i});
            }
            byte[] pong = raw.awaitFrame(PONG);
            while (pong[0] != 19) {
                pong = raw.awaitFrame(PONG);
            }
            assertThat(pong).containsExactly(19);
        }
    }

    @Test
    void aPingIsAnsweredWithWhatIsInIt() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            raw.frame(RawSocket.PING, new byte[] {1, 2, 3});
            assertThat(raw.awaitFrame(PONG)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aMessageLongerThanAFrameLeavesInSeveral() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            raw.text(bindResource("b", "sim", "1")).text(resource("r", "sim", "1", "session.snapshot"));
            byte[] first = raw.awaitFrame(RawSocket.TEXT);
            while (first.length != FRAME) {
                first = raw.awaitFrame(RawSocket.TEXT);
            }
            assertThat(new String(first, UTF_8)).startsWith("{");
            assertThat(raw.awaitFrame(CONTINUATION)).hasSize(FRAME);
            assertThat(new String(raw.awaitFrame(CONTINUATION), UTF_8)).endsWith("}");
            // and whatever comes next is whole
            raw.text(core("p", "ping"));
            assertThat(new String(raw.awaitFrame(RawSocket.TEXT), UTF_8)).contains("\"p\"");
        }
    }
}
