package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.ErrorContext;
import io.interactionprocessor.protocol.Outbound;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
final class ConnectionVerticle extends VerticleBase implements World.Client, ClientSocket.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionVerticle.class);
    private static final int CONTROL_FRAMES_PER_SECOND = 100;
    private static final int CONTROL_FRAMES_BURST = 200;
    private static final long CLOSING_MILLIS = 5000;

    private final String address;
    private final ClientSocket socket;
    private final Context home;
    private final AwakeClock clock;
    private final GatewaySettings.Timing timing;
    private final GatewayFigures figures;
    private final Dialogue dialogue;
    private final Consumer<ConnectionVerticle> asks;
    private final Consumer<ConnectionVerticle> whenGone;
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
     * @param remote the client's network address
     * @param asks is told when a request begins to wait for an answer
     * @param whenGone is told once, when the connection is no more
     */
    ConnectionVerticle(
            String address,
            String remote,
            ClientSocket socket,
            Context home,
            AwakeClock clock,
            World world,
            Consumer<ConnectionVerticle> asks,
            Consumer<ConnectionVerticle> whenGone) {
        this.asks = asks;
        this.whenGone = whenGone;
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
        this.dialogue = new Dialogue(address, remote, world, this, event -> home.runOnContext(v -> send(event)), now);
    }

    /** Listens to the socket, which stays paused until the verticle is deployed. */
    void attach() {
        socket.listener(this);
    }

    @Override
    public void gone() {
        gone = true;
        closing = true;
        dialogue.closed();
        whenGone.accept(this);
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
        long silence = timing.silenceTimeout().toMillis();
        if (closing) {
            return ignored ? cutAt() : closingAt + CLOSING_MILLIS;
        }
        return Math.min(
                pingedAt + timing.pingInterval().toMillis(), Math.min(heardAt + silence, queue.stalledAt(silence)));
    }

    /** Time has passed. */
    void tick(long now) {
        if (closing) {
            // A client that does not even take the close frame: stop listening to it, and cut it off when it takes
            // nothing.
            if (ignored && now >= cutAt()) {
                socket.cut();
            } else if (!ignored && now - closingAt >= CLOSING_MILLIS) {
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
                socket.ping();
            }
            guarded(() -> dialogue.tick(now));
        }
    }

    private long cutAt() {
        long heard = Math.max(heardAt, closingAt);
        return Math.max(heard, queue.progressAt())
                + timing.silenceTimeout().toMillis()
                + timing.pingInterval().toMillis();
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

    @Override
    public void closing() {
        heardAt = clock.millis();
        if (!closing) {
            closing = true;
            closingAt = heardAt;
        }
    }

    @Override
    public void control() {
        heardAt = clock.millis();
        if (!closing && !controlFrames.allows(heardAt)) {
            close(CloseCode.POLICY.code(), "too many pings");
        }
    }

    @Override
    public void data(FrameAssembly.Kind kind, boolean last, byte[] payload) {
        long now = clock.millis();
        heardAt = now;
        if (closing) {
            return;
        }
        boolean more = kind == FrameAssembly.Kind.CONTINUATION || !last;
        if (more && payload.length == 0 && !controlFrames.allows(now)) {
            close(CloseCode.POLICY.code(), "too many empty frames");
            return;
        }
        FrameAssembly.Step step = assembly.add(kind, last, payload);
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
        byte[] utf8 = frame.getBytes(StandardCharsets.UTF_8);
        if (queue.take(utf8.length, clock.millis())) {
            write(utf8);
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
                write(frame.getBytes(StandardCharsets.UTF_8));
            }
        } else {
            overloaded();
        }
    }

    private void write(byte[] utf8) {
        socket.text(utf8, () -> queue.written(utf8.length, clock.millis()));
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
        socket.close(code, reason);
    }

    /** Ends the connection without another word. */
    void cut() {
        socket.cut();
    }

    @Override
    public void broken(Throwable error) {
        if (error instanceof IOException || error instanceof HttpClosedException) {
            return;
        }
        // The socket is cut after this; the close frame leaves before.
        boolean tooBig = String.valueOf(error.getMessage()).startsWith("Max frame length");
        close((tooBig ? CloseCode.TOO_BIG : CloseCode.PROTOCOL_ERROR).code(), "the WebSocket protocol was violated");
    }

    /** An error in one connection must not reach another, nor leave this one half alive. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            figures.countInternalError();
            LOG.error("A connection is closed because of {}", ErrorContext.stackOf(e));
            close(CloseCode.INTERNAL.code(), "internal error");
        }
    }
}
