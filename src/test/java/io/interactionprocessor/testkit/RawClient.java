package io.interactionprocessor.testkit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A WebSocket client that knows nothing of the protocol: it sends any text, and keeps every message and the close code. */
public final class RawClient implements AutoCloseable {

    /** How long any single thing may take that has no time of its own in the contract. */
    public static final Duration SOON = Duration.ofSeconds(12);

    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    private final WebSocketClient client;
    private final List<JsonObject> received = new ArrayList<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private WebSocket socket;
    private Integer closeCode;
    private long closedAt;

    private RawClient(String localAddress) {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setMaxFrameSize(1 << 20)
                .setMaxMessageSize(1 << 22)
                .setConnectTimeout(5_000);
        if (localAddress != null) {
            options.setLocalAddress(localAddress);
        }
        client = VERTX.createWebSocketClient(options);
    }

    /** Connects to a node's WebSocket. */
    public static RawClient connect(String url) {
        return connect(url, null, null);
    }

    /** Connects from an address of the caller's choice (127.0.0.x) and with an Origin header; null: neither. */
    public static RawClient connect(String url, String localAddress, String origin) {
        RawClient raw = new RawClient(localAddress);
        URI uri = URI.create(url);
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(uri.getHost())
                .setPort(uri.getPort())
                .setURI(uri.getPath());
        if (origin != null) {
            options.addHeader("Origin", origin);
        } else {
            options.setAllowOriginHeader(false);
        }
        try {
            raw.client
                    .connect(options)
                    .map(raw::opened)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (Exception refused) {
            raw.client.close();
            throw new IllegalStateException("cannot connect to " + url + ": " + refused.getMessage(), refused);
        }
        return raw;
    }

    private RawClient opened(WebSocket opened) {
        socket = opened;
        socket.textMessageHandler(this::received);
        socket.closeHandler(gone -> {
            synchronized (received) {
                Short code = socket.closeStatusCode();
                closeCode = code == null ? 1006 : code.intValue();
                closedAt = System.nanoTime();
                received.notifyAll();
            }
        });
        return this;
    }

    private void received(String text) {
        JsonObject message = new JsonObject(text);
        synchronized (received) {
            received.add(message);
            received.notifyAll();
            listeners.forEach(Runnable::run);
        }
    }

    /** Sends one text message, as it is. */
    public void send(String text) {
        var unused = socket.writeTextMessage(text);
    }

    /** Sends one text message. */
    public void send(JsonObject message) {
        send(message.encode());
    }

    /** Sends one text message in several frames. */
    public void sendInPieces(String... pieces) {
        for (int at = 0; at < pieces.length; at++) {
            boolean last = at == pieces.length - 1;
            var unused = socket.writeFrame(
                    at == 0
                            ? WebSocketFrame.textFrame(pieces[at], last)
                            : WebSocketFrame.continuationFrame(Buffer.buffer(pieces[at]), last));
        }
    }

    /** Sends one binary message. */
    public void sendBinary(byte[] bytes) {
        var unused = socket.writeBinaryMessage(Buffer.buffer(bytes));
    }

    /** Stops reading from the connection, so that what the server sends piles up. */
    public void stopReading() {
        socket.pause();
    }

    /** Reads again. */
    public void readAgain() {
        socket.resume();
    }

    /** All messages so far, oldest first. */
    public List<JsonObject> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** How many messages there are so far; the place from which a later search begins. */
    public int mark() {
        synchronized (received) {
            return received.size();
        }
    }

    /** The first message at or after the mark that fits; waits for it. */
    public JsonObject await(String what, int mark, Duration within, Predicate<JsonObject> fits) {
        return Await.on(
                received,
                within,
                () -> {
                    JsonObject found = received.stream()
                            .skip(mark)
                            .filter(fits)
                            .findFirst()
                            .orElse(null);
                    if (found == null && closeCode != null) {
                        throw new AssertionError(
                                "closed with " + closeCode + " while waiting for " + what + "; got " + tail(mark));
                    }
                    return found;
                },
                () -> "no " + what + " within " + within + "; got " + tail(mark));
    }

    /** The first message that fits, whenever it came. */
    public JsonObject await(String what, Predicate<JsonObject> fits) {
        return await(what, 0, SOON, fits);
    }

    /** The answer to a request. */
    public JsonObject answer(String requestId) {
        return await("answer to " + requestId, m -> requestId.equals(m.getValue("requestId")) && !isEvent(m));
    }

    /** Sends a request and waits for its answer. */
    public JsonObject ask(JsonObject request) {
        return ask(request, SOON);
    }

    /** Sends a request and waits for its answer, for as long as given. */
    public JsonObject ask(JsonObject request, Duration within) {
        int mark = mark();
        send(request);
        String id = request.getString("requestId");
        return await("answer to " + request, mark, within, m -> id.equals(m.getValue("requestId")) && !isEvent(m));
    }

    /** Sends any text and waits for the next message that is no event. */
    public JsonObject askRaw(String text) {
        int mark = mark();
        send(text);
        return await("answer to " + abbreviated(text), mark, SOON, m -> !isEvent(m));
    }

    /** Waits for the close, and gives its code; 1006 when there was no close frame. */
    public int awaitClose(Duration within) {
        return Await.on(received, within, () -> closeCode, () -> "not closed within " + within + "; got " + tail(0));
    }

    /** Whether the connection is closed. */
    public boolean closed() {
        synchronized (received) {
            return closeCode != null;
        }
    }

    /** When the connection was closed ({@link System#nanoTime()}). */
    public long closedAt() {
        synchronized (received) {
            return closedAt;
        }
    }

    /** Waits until a condition on what this client knows holds; it is looked at after each message. */
    public <T> T awaitThat(String what, Duration within, java.util.function.Supplier<T> found) {
        return Await.on(received, within, found, () -> "not " + what + " within " + within + "; got " + tail(0));
    }

    /** Called after each message, in the client's own thread. */
    void onMessage(Runnable listener) {
        synchronized (received) {
            listeners.add(listener);
        }
    }

    /** Whether a message is an event. */
    public static boolean isEvent(JsonObject message) {
        return String.valueOf(message.getValue("messageType")).endsWith("Event");
    }

    /** Breaks the connection without a close frame, as a failing network does. */
    public void cut() {
        Channel channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = channel.close();
    }

    @Override
    public void close() {
        if (socket != null && !closed()) {
            try {
                socket.close().toCompletionStage().toCompletableFuture().get(3, TimeUnit.SECONDS);
            } catch (Exception alreadyGone) {
                // That is what was wanted.
            }
        }
        client.close();
    }

    private String tail(int mark) {
        synchronized (received) {
            int from = Math.max(mark, received.size() - 40);
            StringBuilder text = new StringBuilder();
            received.stream().skip(from).forEach(message -> text.append("\n  ").append(brief(message)));
            return text.isEmpty() ? "nothing" : text.toString();
        }
    }

    /** An event of a session in a few words, anything else with its beginning. */
    private static String brief(JsonObject message) {
        JsonObject event = message.getJsonObject("event");
        if (event == null || !event.containsKey("sequence")) {
            return abbreviated(message.encode());
        }
        JsonObject data = event.getJsonObject("data", new JsonObject()).copy();
        data.remove("actions");
        data.remove("blocked");
        return event.getLong("sequence") + " " + event.getString("name") + " " + abbreviated(data.encode());
    }

    private static String abbreviated(String text) {
        return text.length() > 240 ? text.substring(0, 240) + "..." : text;
    }
}
