package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.RawClient;
import io.interactionprocessor.testkit.RawSocket;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 1: the transport. */
@BlackBox
class TransportIT {

    private static final int LIMIT = 64 * 1024;

    private final Cluster cluster;

    TransportIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private RawClient connect() {
        return RawClient.connect(cluster.node(1).url());
    }

    private static JsonObject ping(String id) {
        return new JsonObject()
                .put("messageType", "coreRequest")
                .put("requestId", id)
                .put("command", "ping")
                .put("data", new JsonObject());
    }

    /** A ping of exactly that many bytes. */
    private static String pingOf(int bytes) {
        JsonObject request = ping("big").put("filler", "");
        return request.put("filler", "x".repeat(bytes - request.encode().length()))
                .encode();
    }

    @Test
    void theWebSocketIsAtWsOfAnyNode() {
        for (Cluster.Node node : cluster.nodes()) {
            assertThat(node.url()).startsWith("ws://").endsWith("/ws");
            try (RawClient client = RawClient.connect(node.url())) {
                assertThat(client.ask(ping("p")).getString("result")).isEqualTo("success");
            }
        }
    }

    @Test
    void anotherPathIsNoWebSocket() {
        String elsewhere = cluster.node(0).url().replace("/ws", "/other");
        assertThatThrownBy(() -> RawClient.connect(elsewhere)).hasMessageContaining("cannot connect");
    }

    @Test
    void aMessageMayComeInSeveralFrames() {
        try (RawClient client = connect()) {
            String text = ping("pieces").encode();
            client.sendInPieces(text.substring(0, 5), text.substring(5, 20), text.substring(20));
            assertThat(client.answer("pieces").getString("result")).isEqualTo("success");
        }
    }

    @Test
    void textIsUtf8InBothDirections() {
        try (RawClient client = connect()) {
            String id = "Grüße-日本-\uD83D\uDE00";
            assertThat(client.ask(ping(id)).getString("requestId")).isEqualTo(id);
        }
    }

    @Test
    void aBinaryMessageCloses1003() {
        try (RawClient client = connect()) {
            client.sendBinary(ping("b").encode().getBytes(StandardCharsets.UTF_8));
            assertThat(client.awaitClose(RawClient.SOON)).isEqualTo(1003);
        }
    }

    @Test
    void aMessageOfExactlyTheLimitIsAnswered() {
        try (RawClient client = connect()) {
            client.send(pingOf(LIMIT));
            assertThat(client.answer("big").getString("result")).isEqualTo("success");
        }
    }

    @Test
    void aMessageAboveTheLimitCloses1009() {
        try (RawClient client = connect()) {
            client.send(pingOf(LIMIT + 1));
            assertThat(client.awaitClose(RawClient.SOON)).isEqualTo(1009);
        }
    }

    @Test
    void aMessageFarAboveTheLimitCloses1009() {
        try (RawClient client = connect()) {
            client.send(pingOf(500_000));
            assertThat(client.awaitClose(RawClient.SOON)).isEqualTo(1009);
        }
    }

    @Test
    void piecesThatTogetherAreAboveTheLimitClose1009() {
        try (RawClient client = connect()) {
            String text = pingOf(LIMIT + 10);
            client.sendInPieces(text.substring(0, 30_000), text.substring(30_000, 60_000), text.substring(60_000));
            assertThat(client.awaitClose(RawClient.SOON)).isEqualTo(1009);
        }
    }

    @Test
    void twentyMalformedMessagesDoNotClose() {
        try (RawClient client = connect()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.askRaw("{nonsense").getString("messageType")).isEqualTo("coreError");
            }
            assertThat(client.ask(ping("after")).getString("result")).isEqualTo("success");
        }
    }

    @Test
    void moreThanTwentyMalformedMessagesInTenSecondsClose1008() {
        try (RawClient client = connect()) {
            for (int i = 0; i < 21; i++) {
                client.send("{nonsense");
            }
            assertThat(client.awaitClose(RawClient.SOON)).isEqualTo(1008);
        }
    }

    @Test
    void aTextThatIsNotUtf8EndsTheConnectionOrIsMalformed() {
        try (RawSocket socket = RawSocket.open(cluster.node(0).url())) {
            socket.sendText(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'});
            RawSocket.Frame frame = socket.next(RawClient.SOON);
            if (frame.opcode() == RawSocket.CLOSE) {
                assertThat(frame.closeCode()).isEqualTo(1007);
            } else {
                assertThat(frame.text()).contains("malformedMessage");
            }
        }
    }

    @Test
    void theServerPingsEvery15SecondsAndKeepsAClientThatAnswers() {
        try (RawSocket socket = RawSocket.open(cluster.node(2).url())) {
            List<Long> pings = new ArrayList<>();
            long start = System.nanoTime();
            while (pings.size() < 4) {
                RawSocket.Frame frame = socket.next(Duration.ofSeconds(18));
                assertThat(frame.opcode()).as("frame %s", frame).isEqualTo(RawSocket.PING);
                pings.add((System.nanoTime() - start) / 1_000_000_000);
                socket.pong(frame.payload());
            }
            // Past the 45 s of silence: a pong is no silence.
            assertThat(pings.get(3)).isBetween(44L, 66L);
            for (int i = 1; i < 4; i++) {
                assertThat(pings.get(i) - pings.get(i - 1)).isBetween(13L, 17L);
            }
        }
    }

    @Test
    void aConnectionSilentFor45SecondsIsDropped() {
        try (RawSocket socket = RawSocket.open(cluster.node(2).url())) {
            long start = System.nanoTime();
            socket.untilEnd(Duration.ofSeconds(65));
            assertThat((System.nanoTime() - start) / 1_000_000_000).isBetween(44L, 62L);
        }
    }

    @Test
    void aClientThatDoesNotReadIsClosed1013AndOthersDoNotNotice(
            @Own(value = "odd", config = "src/test/resources/blackbox/odd.yaml") Cluster own) {
        try (RawSocket slow = RawSocket.open(own.node(0).url());
                RawClient other = RawClient.connect(own.node(0).url())) {
            byte[] request = new JsonObject()
                    .put("messageType", "coreRequest")
                    .put("requestId", "g".repeat(128))
                    .put("command", "nothing".repeat(5_000))
                    .put("data", new JsonObject())
                    .encode()
                    .getBytes(StandardCharsets.UTF_8);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            int sent = 0;
            while (sent < 2_000 && System.nanoTime() < deadline && slow.trySendText(request)) {
                sent++;
            }
            assertThat(other.ask(ping("alive")).getString("result")).isEqualTo("success");
            RawSocket.Frame last = slow.lastFrame(Duration.ofSeconds(20));
            // Where the close frame could not be written any more, the connection just ends.
            if (last.opcode() == RawSocket.CLOSE) {
                assertThat(last.closeCode()).isIn(1013, 1008);
            }
        }
    }
}
