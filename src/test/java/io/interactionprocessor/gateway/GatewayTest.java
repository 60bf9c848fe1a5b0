package io.interactionprocessor.gateway;

import static io.interactionprocessor.gateway.DialogueStage.code;
import static io.interactionprocessor.gateway.Messages.bindResource;
import static io.interactionprocessor.gateway.Messages.bindService;
import static io.interactionprocessor.gateway.Messages.core;
import static io.interactionprocessor.gateway.Messages.prepareSession;
import static io.interactionprocessor.gateway.Messages.resource;
import static io.interactionprocessor.gateway.Messages.service;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The edge from outside, over real sockets. */
class GatewayTest {
    private static final int LIMIT = 64 * 1024;

    private static Edge edge;

    @BeforeAll
    static void start() {
        edge = new Edge(Edge.settings());
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void onlyUpgradesAtThePathAreServed() throws IOException {
        assertThat(status("GET / HTTP/1.1")).contains("404");
        assertThat(status("GET /ws/ HTTP/1.1")).contains("404");
        assertThat(status("GET /ws HTTP/1.1")).contains("426");
        assertThat(status("GET /ws HTTP/1.1\r\nUpgrade: h2c\r\nConnection: Upgrade"))
                .contains("426");
        assertThat(status("POST /ws HTTP/1.1")).contains("405");
        assertThat(status("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 5"))
                .contains("400");
        assertThat(status("GET /ws HTTP/1.1\r\nUpgrade: websocket")).contains("400");
        assertThat(status("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99"))
                .contains("426");
    }

    @Test
    void aPageFromElsewhereMayNotConnect() {
        WebSocketConnectOptions foreign = new WebSocketConnectOptions().addHeader("Origin", "http://evil.example");
        assertThatThrownBy(() -> edge.connect(foreign))
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        e -> assertThat(e.getStatus()).isEqualTo(403));

        TestClient own =
                edge.connect(new WebSocketConnectOptions().addHeader("Origin", "http://127.0.0.1:" + edge.port));
        assertThat(own.ask("r1", core("r1", "ping")).getString("result")).isEqualTo("success");
        own.close();
    }

    @Test
    void nothingIsEverCompressed() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port)) {
            raw.upgrade().text(core("r1", "ping"));
            assertThat(raw.head()).doesNotContainIgnoringCase("extensions");
            assertThat(new String(raw.awaitFrame(RawSocket.TEXT), UTF_8)).startsWith("{");
        }
    }

    @Test
    void aBinaryMessageCloses() {
        TestClient client = edge.connect();
        client.socket.writeBinaryMessage(Buffer.buffer("{}"));
        assertThat(client.closeCode()).isEqualTo(1003);
    }

    @Test
    void aMessageOfTheLimitIsReadAndOneByteMoreCloses() {
        TestClient client = edge.connect();
        assertThat(client.ask("r1", padded("r1", LIMIT)).getString("result")).isEqualTo("success");
        client.send(padded("r2", LIMIT + 1));
        assertThat(client.closeCode()).isEqualTo(1009);
    }

    @Test
    void fragmentsDoNotGetAroundTheLimit() {
        TestClient client = edge.connect();
        byte[] half = padded("r1", LIMIT + 2).getBytes(UTF_8);
        client.sendInFrames(Arrays.copyOf(half, LIMIT / 2), Arrays.copyOfRange(half, LIMIT / 2, half.length));
        assertThat(client.closeCode()).isEqualTo(1009);
    }

    @Test
    void aMuchTooLargeFrameIsNotReadEither() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            raw.frame(RawSocket.TEXT, new byte[200 * 1024]);
            assertThat(raw.awaitCloseCode()).isEqualTo(1009);
        }
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            // the head of a frame of 2 GB
            raw.write("\u0081\u00ff\0\0\0\0\u007f\u00ff\u00ff\u00ff\0\0\0\0");
            assertThat(raw.awaitCloseCode()).isEqualTo(1009);
        }
    }

    @Test
    void whatIsNotUtf8Closes() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            raw.frame(RawSocket.TEXT, new byte[] {'{', (byte) 0xff, '}'});
            assertThat(raw.awaitCloseCode()).isEqualTo(1007);
        }
    }

    @Test
    void anUnmaskedFrameCloses() throws IOException {
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            raw.write("\u0081\u0002{}");
            assertThat(raw.awaitCloseCode()).isEqualTo(1002);
        }
    }

    @Test
    void aMessageMayComeInFragmentsWithPingsBetweenThem() {
        TestClient client = edge.connect();
        byte[] ping = core("r-\u20ac", "ping").getBytes(UTF_8);
        client.sendInFrames(new byte[0], Arrays.copyOf(ping, 5), Arrays.copyOfRange(ping, 5, ping.length));
        client.answerTo("r-\u20ac");
        client.close();
    }

    @Test
    void twentyOneMalformedMessagesAreAnsweredThenTheConnectionIsClosed() {
        TestClient client = edge.connect();
        for (int i = 0; i < 25; i++) {
            client.send("nonsense");
        }
        assertThat(client.closeCode()).isEqualTo(1008);
        assertThat(client.received())
                .hasSize(21)
                .allSatisfy(each -> assertThat(code(each)).isEqualTo("malformedMessage"));
    }

    @Test
    void whatIsSentAheadIsAnsweredOnceEach() {
        TestClient client = edge.connect();
        client.ask("b", bindService("b", "sim"));
        client.ask("c", bindResource("c", "sim", "R"));
        int rounds = 40;
        for (int i = 0; i < rounds; i++) {
            client.send(core("p" + i, "ping"))
                    .send(service("s" + i, "sim", "getCapabilities", new JsonObject()))
                    .send(resource("r" + i, "sim", "R", "session.snapshot"))
                    .send("nonsense".substring(i % 2 == 0 ? 0 : 8) + core("m" + i, i % 2 == 0 ? "x" : "unheardOf"));
        }
        eventually(() -> assertThat(client.received()).hasSizeGreaterThanOrEqualTo(2 + 4 * rounds));
        client.ask("last", core("last", "ping"));
        assertThat(client.received()).hasSize(3 + 4 * rounds);
        for (int i = 0; i < rounds; i++) {
            assertThat(client.answersTo("p" + i)).hasSize(1);
            assertThat(client.answersTo("s" + i)).hasSize(1);
            assertThat(client.answersTo("r" + i)).hasSize(1);
        }
        client.close();
    }

    @Test
    void whoseBindingIsTakenIsClosedAfterTheLastAnswer() {
        TestClient client = edge.connect();
        client.ask("b", bindResource("b", "sim", "taken"));
        client.send(resource("r", "sim", "taken", "session.start"));
        assertThat(client.closeCode()).isEqualTo(4001);
        assertThat(client.socket.closeReason()).isEqualTo("taken over");
        assertThat(client.answersTo("r")).hasSize(1);
    }

    @Test
    void theStandInOfAConfirmIsGoodOnItsConnectionOnly() {
        TestClient client = edge.connect();
        TestClient other = edge.connect();
        client.ask("b", bindService("b", "sim"));
        other.ask("b", bindService("b", "sim"));
        JsonObject original = client.ask("p", prepareSession("p", "sim", "1001", "first password"))
                .getJsonObject("response")
                .getJsonObject("original");
        String again = original.put("requestId", "p2").encode();

        other.ask("p2", again);
        assertThat(edge.passwords).anyMatch(each -> each.startsWith("standin:"));
        edge.passwords.clear();
        client.ask("p2", again);
        assertThat(edge.passwords).containsExactly("first password");
        client.close();
        other.close();
    }

    @Test
    void theSessionsHearOfEveryConnectionThatGoes() {
        // an edge of its own: the others' connections may still be on their way out
        Edge own = new Edge(Edge.settings());
        TestClient client = own.connect();
        client.ask("c", bindResource("c", "sim", "R"));
        assertThat(own.detached).isEmpty();
        client.close();
        eventually(() -> assertThat(own.detached).hasSize(1));
        own.close();
    }

    @Test
    void javasOwnClientIsServed() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + edge.port + "/ws?any=query"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return null;
                    }
                })
                .get(5, TimeUnit.SECONDS);
        socket.sendText(core("j1", "ping").substring(0, 10), false)
                .thenCompose(sent -> sent.sendText(core("j1", "ping").substring(10), true))
                .get(5, TimeUnit.SECONDS);
        assertThat(answer.get(5, TimeUnit.SECONDS)).contains("\"requestId\":\"j1\"");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(5, TimeUnit.SECONDS);
    }

    private static String status(String head) throws IOException {
        try (RawSocket raw = new RawSocket(edge.port)) {
            String status = raw.request(head);
            raw.awaitEnd();
            return status;
        }
    }

    private static String padded(String requestId, int bytes) {
        String ping = core(requestId, "ping", new JsonObject().put("padding", ""));
        return core(requestId, "ping", new JsonObject().put("padding", "x".repeat(bytes - ping.length())));
    }
}
