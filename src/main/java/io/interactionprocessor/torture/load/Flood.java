package io.interactionprocessor.torture.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Many connections at once: some never speak, some ask once and go, some shake hands slowly, some only ping. */
public final class Flood {
    private static final String HALF_A_HANDSHAKE = "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: web";
    private static final int MOST_OPEN = 6_000;
    private static final long PING_MS = 2;

    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final NetClient raw;
    private final List<String> urls;
    private final List<NetSocket> silent = new ArrayList<>();
    private long connections = -1;
    private long pings = -1;
    private double due;
    private int opened;
    private int refused;
    private int asked;
    private WebSocket pinging;

    Flood(Vertx vertx, WebSocketClient sockets, NetClient raw, List<String> urls) {
        this.vertx = vertx;
        this.sockets = sockets;
        this.raw = raw;
        this.urls = urls;
    }

    /** Begins: so many connections a second, half of them silent, of which so many in a thousand shake hands slowly. */
    public Future<Void> begin(double perSecond, int slowPerMille) {
        connections = vertx.setPeriodic(10, id -> {
            due = Math.min(200, due + perSecond / 100);
            while (due >= 1) {
                due--;
                one(slowPerMille);
            }
        });
        return sockets.connect(new WebSocketConnectOptions().setAbsoluteURI(urls.get(0)))
                .map(socket -> {
                    pinging = socket;
                    socket.exceptionHandler(failure -> {});
                    pings = vertx.setPeriodic(PING_MS, id -> {
                        if (!socket.isClosed()) {
                            socket.writePing(Buffer.buffer("?"));
                        }
                    });
                    return null;
                });
    }

    private void one(int slowPerMille) {
        int number = opened++;
        String url = urls.get(number % urls.size());
        if (number % 2 == 0) {
            boolean slow = number / 2 % 1000 < slowPerMille;
            URI uri = URI.create(url);
            raw.connect(uri.getPort(), uri.getHost())
                    .onSuccess(socket -> {
                        socket.exceptionHandler(failure -> {});
                        if (slow) {
                            socket.write(HALF_A_HANDSHAKE);
                        }
                        silent.add(socket);
                        if (silent.size() > MOST_OPEN) {
                            silent.remove(0).close();
                        }
                    })
                    .onFailure(failure -> refused++);
        } else {
            sockets.connect(new WebSocketConnectOptions().setAbsoluteURI(url))
                    .onSuccess(this::askOnce)
                    .onFailure(failure -> refused++);
        }
    }

    private void askOnce(WebSocket socket) {
        socket.exceptionHandler(failure -> {});
        socket.textMessageHandler(answer -> {
            asked++;
            socket.close();
        });
        socket.writeTextMessage(new JsonObject()
                .put("messageType", "coreRequest")
                .put("requestId", "1")
                .put("command", "ping")
                .encode());
    }

    /** Ends it and closes what is still open. */
    public Future<Void> end() {
        vertx.cancelTimer(connections);
        vertx.cancelTimer(pings);
        silent.forEach(NetSocket::close);
        return pinging == null ? Future.succeededFuture() : pinging.close();
    }

    /** Returns how many connections were tried. */
    public int opened() {
        return opened;
    }

    /** Returns how many of them could not be made. */
    public int refused() {
        return refused;
    }

    /** Returns how many asked something and were answered. */
    public int asked() {
        return asked;
    }
}
