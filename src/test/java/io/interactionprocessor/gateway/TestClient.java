package io.interactionprocessor.gateway;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A WebSocket client that keeps what it gets. */
final class TestClient {
    final WebSocket socket;
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();

    TestClient(Future<WebSocket> connecting) {
        socket = connecting
                .map(opened -> {
                    opened.textMessageHandler(text -> received.add(new JsonObject(text)));
                    return opened;
                })
                .await();
    }

    TestClient send(String text) {
        socket.writeTextMessage(text).onFailure(e -> {});
        return this;
    }

    /** One text message in several frames. */
    TestClient sendInFrames(byte[]... parts) {
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            WebSocketFrame frame = i == 0
                    ? WebSocketFrame.textFrame(new String(parts[i], java.nio.charset.StandardCharsets.UTF_8), last)
                    : WebSocketFrame.continuationFrame(Buffer.buffer(parts[i]), last);
            socket.writeFrame(frame).onFailure(e -> {});
            if (!last) {
                socket.writePing(Buffer.buffer("between")).onFailure(e -> {});
            }
        }
        return this;
    }

    List<JsonObject> received() {
        return received;
    }

    /** Waits for the answer to a request, and checks that it is the only one so far. */
    JsonObject answerTo(String requestId) {
        eventually(() ->
                assertThat(answersTo(requestId)).as("answers to %s", requestId).hasSize(1));
        return answersTo(requestId).get(0);
    }

    List<JsonObject> answersTo(String requestId) {
        return received.stream()
                .filter(each -> Objects.equals(each.getString("requestId"), requestId))
                .toList();
    }

    JsonObject ask(String requestId, String message) {
        return send(message).answerTo(requestId);
    }

    /** Waits until the connection is closed; returns the code. */
    int closeCode() {
        eventually(() -> assertThat(socket.isClosed()).as("closed").isTrue());
        return socket.closeStatusCode();
    }

    void close() {
        socket.close().await();
    }
}
