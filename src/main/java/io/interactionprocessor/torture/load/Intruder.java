package io.interactionprocessor.torture.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One socket after the other that sends what it should not, until so many frames are sent. Counts how the service ends them.
 * On the load's event loop.
 */
public final class Intruder {
    /** Not as fast as it goes: the senders have the nodes' processors, and would be measured instead of them. */
    private static final long GAP_MS = 20;

    private static final int FRAMES_OF_ONE_SOCKET = 60;
    private static final long LONGEST_WAIT_MS = 3_000;
    private static final int NO_CODE = 1006;

    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final NetClient raw;
    private final Random random;
    private final Map<String, Integer> endings = new TreeMap<>();
    private int sent;
    private int stuck;

    Intruder(Vertx vertx, WebSocketClient sockets, NetClient raw, long seed) {
        this.vertx = vertx;
        this.sockets = sockets;
        this.raw = raw;
        this.random = new Random(seed);
    }

    /** Returns how many frames were sent. */
    public int sent() {
        return sent;
    }

    /** Returns how many sockets the service neither ended nor went on with. */
    public int stuck() {
        return stuck;
    }

    /** Returns how often sockets ended in which way: what was sent, and the close code. */
    public Map<String, Integer> endings() {
        return endings;
    }

    /** Sends so many frames. */
    public Future<Void> run(String url, int frames) {
        if (sent >= frames) {
            return Future.succeededFuture();
        }
        Future<Void> one = switch (random.nextInt(8)) {
            case 0 -> binary(url);
            case 1 -> tooLong(url);
            case 2, 3 -> flipped(url);
            default -> texts(url);
        };
        return one.recover(failure -> {
                    endings.merge("no connection", 1, Integer::sum);
                    return vertx.timer(100).mapEmpty();
                })
                .compose(done -> run(url, frames));
    }

    /** Wrong texts, until the service has had enough (1008) or the socket has had its share. */
    private Future<Void> texts(String url) {
        return websocket(url, "malformed", socket -> {
            int[] left = {FRAMES_OF_ONE_SOCKET};
            vertx.setPeriodic(GAP_MS, id -> {
                if (socket.isClosed() || left[0]-- == 0) {
                    vertx.cancelTimer(id);
                    socket.close();
                } else {
                    sent++;
                    socket.writeTextMessage(Mutations.text(random));
                }
            });
        });
    }

    private Future<Void> binary(String url) {
        sent++;
        return websocket(url, "binary", socket -> socket.writeBinaryMessage(Buffer.buffer(new byte[] {1, 2, 3})));
    }

    private Future<Void> tooLong(String url) {
        sent++;
        return websocket(url, "too long", socket -> socket.writeTextMessage("x".repeat(70_000)));
    }

    private interface Use {
        void of(WebSocket socket);
    }

    private Future<Void> websocket(String url, String what, Use use) {
        return sockets.connect(new WebSocketConnectOptions().setAbsoluteURI(url).setTimeout(LONGEST_WAIT_MS))
                .compose(socket -> {
                    Promise<Void> over = Promise.promise();
                    socket.exceptionHandler(failure -> {});
                    socket.closeHandler(closed -> {
                        Short code = socket.closeStatusCode();
                        endings.merge(what + ' ' + (code == null ? NO_CODE : code), 1, Integer::sum);
                        over.tryComplete();
                    });
                    use.of(socket);
                    guard(over, socket::close);
                    return over.future();
                });
    }

    private void guard(Promise<Void> over, Runnable close) {
        vertx.setTimer(LONGEST_WAIT_MS, timer -> {
            if (over.tryComplete()) {
                stuck++;
                close.run();
            }
        });
    }

    /** Frames with flipped bits on a bare socket; the service may end it as it likes, or go on. */
    private Future<Void> flipped(String url) {
        URI uri = URI.create(url);
        return raw.connect(uri.getPort(), uri.getHost()).compose(socket -> {
            Promise<Void> over = Promise.promise();
            socket.exceptionHandler(failure -> {});
            socket.closeHandler(closed -> {
                endings.merge("bits flipped, ended", 1, Integer::sum);
                over.tryComplete();
            });
            boolean[] upgraded = {false};
            socket.handler(data -> {
                if (!upgraded[0]) {
                    upgraded[0] = true;
                    flip(socket, FRAMES_OF_ONE_SOCKET);
                }
            });
            socket.write("GET /ws HTTP/1.1\r\nHost: " + uri.getHost() + ':' + uri.getPort()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            vertx.setTimer(LONGEST_WAIT_MS, timer -> {
                // A frame whose length was flipped waits for the rest of it, and rightly so.
                if (over.tryComplete()) {
                    endings.merge("bits flipped, went on", 1, Integer::sum);
                    socket.close();
                }
            });
            return over.future();
        });
    }

    private void flip(NetSocket socket, int frames) {
        long[] timer = {0};
        int[] left = {frames};
        boolean[] closed = {false};
        socket.endHandler(end -> closed[0] = true);
        timer[0] = vertx.setPeriodic(GAP_MS, id -> {
            if (closed[0] || left[0]-- == 0) {
                vertx.cancelTimer(id);
            } else {
                sent++;
                socket.write(Buffer.buffer(Mutations.frame(random)));
            }
        });
        vertx.setTimer(LONGEST_WAIT_MS, end -> vertx.cancelTimer(timer[0]));
    }
}
