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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One socket after the other that sends what it should not, until so many frames are sent. Counts how the service answers and
 * ends them. On the load's event loop.
 */
public final class Intruder {
    /** Not as fast as it goes: the senders have the nodes' processors, and would be measured instead of them. */
    private static final long GAP_MS = 20;

    private static final int FRAMES_OF_ONE_SOCKET = 60;
    private static final long LONGEST_WAIT_MS = 3_000;
    /** For what the service still has to say, before the harness ends a socket. */
    private static final long LAST_WORDS_MS = 1_000;

    private static final int NO_CODE = 1006;
    private static final int INTERNAL = 1011;

    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final NetClient raw;
    private final Random random;
    private final Map<String, Integer> endings = new TreeMap<>();
    private int sent;
    private int stuck;
    private int answers;
    private int malformed;
    private int internalErrors;

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

    /** Returns how many answers came. */
    public int answers() {
        return answers;
    }

    /** Returns how many of them said that a message was malformed. */
    public int malformed() {
        return malformed;
    }

    /** Returns how many of them said that the service has failed. */
    public int internalErrors() {
        return internalErrors;
    }

    /**
     * Returns how often sockets ended in which way: what was sent, and the close code; {@code too often} if the service had
     * called more messages malformed than it may bear.
     */
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
        return websocket(url, "malformed", (socket, said) -> {
            int[] left = {FRAMES_OF_ONE_SOCKET};
            vertx.setPeriodic(GAP_MS, id -> {
                if (socket.isClosed()) {
                    vertx.cancelTimer(id);
                } else if (left[0]-- == 0 || said.tooMany()) {
                    vertx.cancelTimer(id);
                    // It is the service's turn to end it after too many; right behind what it says to the last of them.
                    vertx.setTimer(LAST_WORDS_MS, over -> socket.close());
                } else {
                    sent++;
                    socket.writeTextMessage(Mutations.text(random));
                }
            });
        });
    }

    private Future<Void> binary(String url) {
        sent++;
        return websocket(
                url, "binary", (socket, said) -> socket.writeBinaryMessage(Buffer.buffer(new byte[] {1, 2, 3})));
    }

    private Future<Void> tooLong(String url) {
        sent++;
        return websocket(url, "too long", (socket, said) -> socket.writeTextMessage("x".repeat(70_000)));
    }

    private interface Use {
        void of(WebSocket socket, Complaints said);
    }

    private Future<Void> websocket(String url, String what, Use use) {
        return sockets.connect(new WebSocketConnectOptions().setAbsoluteURI(url).setTimeout(LONGEST_WAIT_MS))
                .compose(socket -> {
                    Promise<Void> over = Promise.promise();
                    Complaints said = new Complaints();
                    socket.exceptionHandler(failure -> {});
                    socket.textMessageHandler(text -> said.heard(text, Micros.now()));
                    socket.closeHandler(closed -> {
                        Short code = socket.closeStatusCode();
                        ended(what + (said.tooMany() ? " too often " : " ") + (code == null ? NO_CODE : code), said);
                        over.tryComplete();
                    });
                    use.of(socket, said);
                    guard(over, socket::close);
                    return over.future();
                });
    }

    private void ended(String how, Complaints said) {
        endings.merge(how, 1, Integer::sum);
        answers += said.answers();
        malformed += said.malformed();
        internalErrors += said.internalErrors();
    }

    private void guard(Promise<Void> over, Runnable close) {
        vertx.setTimer(LONGEST_WAIT_MS + LAST_WORDS_MS, timer -> {
            if (over.tryComplete()) {
                stuck++;
                close.run();
            }
        });
    }

    /**
     * Frames with flipped bits on a bare socket; the service may end it as it likes, unless it says that it has failed, or go
     * on, as long as it does not call too many malformed.
     */
    private Future<Void> flipped(String url) {
        URI uri = URI.create(url);
        return raw.connect(uri.getPort(), uri.getHost()).compose(socket -> {
            Promise<Void> over = Promise.promise();
            Complaints said = new Complaints();
            Consumer<String> end = how -> {
                if (over.tryComplete()) {
                    ended("bits flipped" + how, said);
                    socket.close();
                }
            };
            socket.exceptionHandler(failure -> {});
            socket.closeHandler(closed -> end.accept(", ended"));
            socket.handler(new ServerFrames(
                    () -> flip(socket, () -> said.tooMany() || over.future().isComplete()),
                    text -> said.heard(text, Micros.now()),
                    code -> end.accept(code == INTERNAL ? " " + INTERNAL : ", ended"))::add);
            socket.write("GET /ws HTTP/1.1\r\nHost: " + uri.getHost() + ':' + uri.getPort()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            // A frame whose length was flipped waits for the rest of it, and rightly so.
            vertx.setTimer(LONGEST_WAIT_MS, timer -> end.accept((said.tooMany() ? " too often" : "") + ", went on"));
            return over.future();
        });
    }

    private void flip(NetSocket socket, BooleanSupplier enough) {
        int[] left = {FRAMES_OF_ONE_SOCKET};
        vertx.setPeriodic(GAP_MS, id -> {
            if (left[0]-- == 0 || enough.getAsBoolean()) {
                vertx.cancelTimer(id);
            } else {
                sent++;
                socket.write(Buffer.buffer(Mutations.frame(random)));
            }
        });
    }
}
