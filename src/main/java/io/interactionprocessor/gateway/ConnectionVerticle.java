package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.Outbound;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection (design 1). Carries frames between the socket, the {@link Dialogue} and the event bus.
 *
 * <p>Vert.x deploys a verticle on any event loop, more often than not on another than its socket's. So everything here,
 * the event-bus consumer too, runs on the socket's context, and no message changes threads within the gateway; the
 * verticle's own context is used for nothing but its start and stop.
 */
final class ConnectionVerticle extends VerticleBase implements World.Client {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionVerticle.class);
    private static final Buffer NO_PAYLOAD = Buffer.buffer();
    private static final int CONTROL_FRAMES_PER_SECOND = 100;
    private static final int CONTROL_FRAMES_BURST = 200;
    private static final long CLOSING_MILLIS = 5000;
    private static final int FRAMES_IN_A_FLUSH = 64;

    private final String address;
    private final ServerWebSocket socket;
    private final Context home;
    private final AwakeClock clock;
    private final GatewaySettings.Timing timing;
    private final GatewayFigures figures;
    private final Dialogue dialogue;
    private final Consumer<ConnectionVerticle> asks;
    private final FrameAssembly assembly;
    private final OutboundQueue queue;
    private final RateLimit controlFrames;
    private MessageConsumer<Outbound> consumer;
    private long heardAt;
    private long pingedAt;
    private long closingAt;
    private boolean closing;
    private boolean ignored;
    private boolean gone;

    /**
     * For a socket that has just been upgraded. Call on the socket's context, {@code home}.
     *
     * @param asks is told when a request begins to wait for an answer
     */
    ConnectionVerticle(
            String address,
            ServerWebSocket socket,
            Context home,
            AwakeClock clock,
            World world,
            Consumer<ConnectionVerticle> asks) {
        this.asks = asks;
        GatewaySettings settings = world.settings();
        long now = clock.millis();
        this.address = address;
        this.socket = socket;
        this.home = home;
        this.clock = clock;
        this.timing = settings.timing();
        this.figures = world.figures();
        this.assembly = new FrameAssembly(settings.limits().maxMessageBytes());
        this.queue = new OutboundQueue(settings.limits().outboundBytes(), now);
        this.controlFrames = new RateLimit(CONTROL_FRAMES_PER_SECOND, CONTROL_FRAMES_BURST, now);
        this.heardAt = now;
        this.pingedAt = now;
        this.dialogue = new Dialogue(
                address,
                socket.remoteAddress().hostAddress(),
                world,
                this,
                event -> home.runOnContext(v -> send(event)),
                now);
    }

    /** Listens to the socket, which stays paused until the verticle is deployed. {@code whenGone} is called once. */
    void attach(Runnable whenGone) {
        socket.pause();
        consolidateFlushes();
        socket.frameHandler(this::frame);
        socket.exceptionHandler(this::broken);
        socket.shutdownHandler(v -> close(CloseCode.DRAINING.code(), "this node is stopping"));
        socket.closeHandler(v -> {
            gone = true;
            closing = true;
            dialogue.closed();
            whenGone.run();
        });
    }

    /** What is sent within one turn of the event loop leaves in one system call. */
    private void consolidateFlushes() {
        ((WebSocketInternal) socket)
                .channelHandlerContext()
                .pipeline()
                .addFirst(new FlushConsolidationHandler(FRAMES_IN_A_FLUSH, true));
    }

    @Override
    public Future<?> start() {
        Promise<Void> registered = Promise.promise();
        home.runOnContext(v -> {
            consumer = vertx.eventBus().localConsumer(address, message -> outbound(message.body()));
            consumer.completion().onComplete(registered);
        });
        return registered.future();
    }

    @Override
    public Future<?> stop() {
        Promise<Void> stopped = Promise.promise();
        home.runOnContext(v -> {
            close(CloseCode.DRAINING.code(), "this node is stopping");
            consumer.unregister().onComplete(stopped);
        });
        return stopped.future();
    }

    /** The verticle is deployed: lets the client speak. */
    void begin() {
        if (!gone) {
            socket.resume();
        }
    }

    boolean isGone() {
        return gone;
    }

    boolean isClosing() {
        return closing;
    }

    /** Returns when {@link #tick} has something to do, at the earliest. */
    long dueAt() {
        if (closing) {
            return ignored ? Agenda.NEVER : closingAt + CLOSING_MILLIS;
        }
        long silence = timing.silenceTimeout().toMillis();
        return Math.min(
                pingedAt + timing.pingInterval().toMillis(), Math.min(heardAt + silence, queue.stalledAt(silence)));
    }

    /** Time has passed. */
    void tick(long now) {
        if (closing) {
            // A client that does not even take the close frame: stop listening to it, and the idle timeout cuts it off.
            if (!gone && now - closingAt >= CLOSING_MILLIS) {
                ignored = true;
                socket.pause();
            }
            return;
        }
        long silence = timing.silenceTimeout().toMillis();
        if (now - heardAt >= silence) {
            close(CloseCode.SILENT.code(), "silent too long");
        } else if (queue.stalledMillis(now) >= silence) {
            overloaded();
        } else {
            if (now - pingedAt >= timing.pingInterval().toMillis()) {
                pingedAt = now;
                socket.writePing(NO_PAYLOAD);
            }
            guarded(() -> dialogue.tick(now));
        }
    }

    /** Time has passed, for requests that wait for an answer. */
    void tickAnswers(long now) {
        if (!closing) {
            guarded(() -> dialogue.tick(now));
        }
    }

    /** Returns whether a request waits for an answer. */
    boolean waits() {
        return !closing && dialogue.waits();
    }

    private void frame(WebSocketFrame frame) {
        long now = clock.millis();
        heardAt = now;
        if (closing) {
            return;
        }
        if (frame.isClose()) {
            // Vert.x answers the close frame by itself; nothing may follow it.
            closing = true;
            closingAt = now;
        } else if (frame.isPing() || isPong(frame)) {
            if (!controlFrames.allows(now)) {
                close(CloseCode.POLICY.code(), "too many pings");
            }
        } else {
            data(frame, now);
        }
    }

    private void data(WebSocketFrame frame, long now) {
        boolean more = frame.isContinuation() || !frame.isFinal();
        if (more && frame.binaryData().length() == 0 && !controlFrames.allows(now)) {
            close(CloseCode.POLICY.code(), "too many empty frames");
            return;
        }
        FrameAssembly.Step step =
                assembly.add(kindOf(frame), frame.isFinal(), frame.binaryData().getBytes());
        if (step instanceof FrameAssembly.Step.Message message) {
            boolean waited = dialogue.waits();
            guarded(() -> dialogue.message(message.text(), now));
            if (!waited && dialogue.waits()) {
                asks.accept(this);
            }
        } else if (step instanceof FrameAssembly.Step.Refused refused) {
            close(refused.code().code(), refused.reason());
        }
    }

    private void outbound(Outbound message) {
        guarded(() -> dialogue.outbound(message, clock.millis()));
    }

    @Override
    public void send(String frame) {
        if (closing) {
            return;
        }
        int bytes = Utf8.length(frame);
        if (queue.take(bytes, clock.millis())) {
            write(frame, bytes);
        } else {
            overloaded();
        }
    }

    @Override
    public void replay(Iterable<String> frames) {
        long bytes = 0;
        for (String frame : frames) {
            bytes += Utf8.length(frame);
        }
        if (closing) {
            return;
        }
        if (queue.takeReplay(bytes, clock.millis())) {
            for (String frame : frames) {
                write(frame, Utf8.length(frame));
            }
        } else {
            overloaded();
        }
    }

    private void write(String frame, int bytes) {
        socket.writeTextMessage(frame).onComplete(written -> queue.written(bytes, clock.millis()));
    }

    private void overloaded() {
        figures.countOverloaded();
        close(CloseCode.OVERLOADED.code(), "too much is waiting to be read");
    }

    @Override
    public void close(int code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        closingAt = clock.millis();
        socket.close((short) code, reason);
    }

    private void broken(Throwable error) {
        if (error instanceof IOException || error instanceof HttpClosedException) {
            return;
        }
        // Vert.x cuts the connection after this; the close frame leaves before.
        boolean tooBig = String.valueOf(error.getMessage()).startsWith("Max frame length");
        close((tooBig ? CloseCode.TOO_BIG : CloseCode.PROTOCOL_ERROR).code(), "the WebSocket protocol was violated");
    }

    /** An error in one connection must not reach another, nor leave this one half alive. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            figures.countInternalError();
            LOG.error("A connection is closed because of {}", Answers.stackOf(e));
            close(CloseCode.INTERNAL.code(), "internal error");
        }
    }

    private static boolean isPong(WebSocketFrame frame) {
        return !frame.isText() && !frame.isBinary() && !frame.isContinuation();
    }

    private static FrameAssembly.Kind kindOf(WebSocketFrame frame) {
        if (frame.isContinuation()) {
            return FrameAssembly.Kind.CONTINUATION;
        }
        return frame.isText() ? FrameAssembly.Kind.TEXT : FrameAssembly.Kind.BINARY;
    }
}
