package io.interactionprocessor.cluster;

import static io.interactionprocessor.testkit.Eventually.eventuallyGet;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A client that sends anything and keeps every word it is told, the reason of the close too. */
final class Ear {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final WebSocket socket;
    private int requests;

    Ear(Vertx vertx, String url) throws Exception {
        WebSocketClientOptions large =
                new WebSocketClientOptions().setMaxFrameSize(1 << 20).setMaxMessageSize(4 << 20);
        socket = vertx.createWebSocketClient(large)
                .connect(new WebSocketConnectOptions().setAbsoluteURI(url))
                .map(opened -> {
                    opened.textMessageHandler(heard::add);
                    opened.binaryMessageHandler(bytes -> heard.add(bytes.toString()));
                    opened.closeHandler(closed -> heard.add("close: " + opened.closeReason()));
                    return opened;
                })
                .await(10, TimeUnit.SECONDS);
    }

    /** Returns every text message so far, and how the connection was closed. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** Sends any text. */
    void send(String text) {
        socket.writeTextMessage(text).onFailure(gone -> {});
    }

    void sendBinary(String text) {
        socket.writeBinaryMessage(Buffer.buffer(text)).onFailure(gone -> {});
    }

    /** Sends any text and waits until one message more has come, of whatever kind. */
    void provoke(String text) {
        int before = heard.size();
        send(text);
        eventuallyGet(() -> assertThat(heard).as("messages after %s", text).hasSizeGreaterThan(before));
    }

    /** Sends a request, to which an id is added, and returns its answer. */
    JsonObject ask(JsonObject request) {
        String id = "r" + ++requests;
        return answer(request.copy().put("requestId", id).encode(), id);
    }

    /** Sends a request's text and returns its answer. */
    JsonObject answer(String text, String id) {
        send(text);
        return eventuallyGet(() -> heard.stream()
                .filter(each -> each.startsWith("{"))
                .map(JsonObject::new)
                .filter(each -> Objects.equals(each.getString("requestId"), id))
                .filter(each -> !each.getString("messageType").endsWith("Event"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no answer to " + id)));
    }

    /** Waits for a message with all of these texts in it. */
    String await(String... texts) {
        return eventuallyGet(() -> heard.stream()
                .filter(each -> List.of(texts).stream().allMatch(each::contains))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing with " + List.of(texts))));
    }

    int awaitClose() {
        eventuallyGet(() -> assertThat(socket.isClosed()).isTrue());
        await("close: ");
        return socket.closeStatusCode();
    }

    /** Drops the connection. */
    void close() throws Exception {
        socket.close().await(5, TimeUnit.SECONDS);
    }
}
