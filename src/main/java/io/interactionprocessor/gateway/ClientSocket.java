package io.interactionprocessor.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A client's WebSocket after its upgrade, on the channel itself: frames in and out, and the closing handshake (RFC 6455).
 * It takes the place of the server's own, which keeps the whole upgrade and two queues with room for 1,024 messages each as
 * long as the connection lasts: 11 kB of each, and there are tens of thousands. Lives on the channel's event loop; what it
 * tells it tells on the connection's context.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails here fails because the connection is no more, which is told
final class ClientSocket extends ChannelInboundHandlerAdapter {
    private static final int NO_STATUS = -1;
    private static final int NORMAL = 1000;

    /** Who is told what comes. */
    interface Listener {
        /** A frame of a message. */
        void data(FrameAssembly.Kind kind, boolean last, byte[] payload);

        /** A ping, which has been answered, or a pong. */
        void control();

        /** The client's close frame, which is answered; nothing may be sent any more. */
        void closing();

        /** The connection, or what came over it, is broken; it is cut after this. */
        void broken(Throwable error);

        /** The connection is no more; told once, at last. */
        void gone();
    }

    private final ContextInternal context;
    private final int maxFrameBytes;
    private final long closingMillis;
    private ChannelHandlerContext channel;
    private Listener listener;
    /** What had come already when reading was paused; null while it is not. */
    private Deque<Object> paused = new ArrayDeque<>(1);

    private boolean reading;
    private boolean unflushed;
    /** A pong is on its way to the network. */
    private boolean ponging;
    /** What the newest ping said that came meanwhile, or null. */
    private byte[] pingToAnswer;

    private boolean closeSent;
    private boolean gone;

    private ClientSocket(Context context, int maxFrameBytes, long closingMillis) {
        this.context = (ContextInternal) context;
        this.maxFrameBytes = maxFrameBytes;
        this.closingMillis = closingMillis;
    }

    /**
     * Takes over from the server's own WebSocket, which must not be used any more. Reading is paused. Call on the event loop,
     * in the turn in which the socket was upgraded.
     *
     * @param context where the listener is told
     * @param maxFrameBytes longer messages are sent in several frames
     * @param closingMillis how long the client has to answer a close frame
     */
    static ClientSocket takeOver(ServerWebSocket socket, Context context, int maxFrameBytes, long closingMillis) {
        ClientSocket own = new ClientSocket(context, maxFrameBytes, closingMillis);
        ChannelHandlerContext served = ((WebSocketInternal) socket).channelHandlerContext();
        ChannelPipeline pipeline = served.pipeline();
        pipeline.replace(served.handler(), "client", own);
        // Who is silent or does not read is the sweep's matter from now on.
        if (pipeline.get(IdleStateHandler.class) != null) {
            pipeline.remove(IdleStateHandler.class);
        }
        return own;
    }

    /** Says who is told; nothing is until {@link #resume}, but that the connection is gone or broken. */
    void listener(Listener told) {
        listener = told;
        if (!channel.channel().isActive()) {
            // It may have been told to the one before.
            channel.executor().execute(this::end);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = added;
        added.channel().config().setAutoRead(false);
    }

    void pause() {
        if (paused == null) {
            paused = new ArrayDeque<>(1);
            channel.channel().config().setAutoRead(false);
        }
    }

    void resume() {
        Deque<Object> waiting = paused;
        paused = null;
        for (Object frame = waiting.poll(); frame != null; frame = waiting.poll()) {
            read(frame);
        }
        channel.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        reading = true;
        if (paused == null) {
            read(message);
        } else {
            paused.add(message);
        }
    }

    private void read(Object message) {
        if (message instanceof WebSocketFrame frame) {
            context.emit(frame, this::frame);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void frame(WebSocketFrame frame) {
        try {
            if (frame instanceof CloseWebSocketFrame close) {
                answer(close);
            } else if (frame instanceof PingWebSocketFrame) {
                pong(ByteBufUtil.getBytes(frame.content()));
                listener.control();
            } else if (frame instanceof PongWebSocketFrame) {
                listener.control();
            } else {
                listener.data(kindOf(frame), frame.isFinalFragment(), ByteBufUtil.getBytes(frame.content()));
            }
        } finally {
            frame.release();
        }
    }

    /**
     * One at a time, and of the pings that come meanwhile the last one only (RFC 6455, 5.5.3): otherwise who pings and does
     * not read would be kept an answer for each.
     */
    private void pong(byte[] payload) {
        if (closeSent) {
            return;
        }
        if (ponging) {
            pingToAnswer = payload;
            return;
        }
        ponging = true;
        channel.write(new PongWebSocketFrame(Unpooled.wrappedBuffer(payload))).addListener(written -> {
            ponging = false;
            byte[] newer = pingToAnswer;
            pingToAnswer = null;
            if (newer != null && written.isSuccess()) {
                pong(newer);
            }
        });
        flushSoon();
    }

    private static FrameAssembly.Kind kindOf(WebSocketFrame frame) {
        if (frame instanceof ContinuationWebSocketFrame) {
            return FrameAssembly.Kind.CONTINUATION;
        }
        return frame instanceof BinaryWebSocketFrame ? FrameAssembly.Kind.BINARY : FrameAssembly.Kind.TEXT;
    }

    private void answer(CloseWebSocketFrame close) {
        if (closeSent) {
            channel.close();
            return;
        }
        closeSent = true;
        boolean empty = close.statusCode() == NO_STATUS;
        channel.writeAndFlush(
                        empty
                                ? new CloseWebSocketFrame(NORMAL, "")
                                : new CloseWebSocketFrame(
                                        true, 0, close.content().retain()))
                .addListener(ChannelFutureListener.CLOSE);
        listener.closing();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        reading = false;
        flush();
    }

    /** Sends a message; {@code written} runs when the network has taken it, or never will. */
    void text(byte[] utf8, Runnable written) {
        int at = 0;
        while (utf8.length - at > maxFrameBytes) {
            send(part(utf8, at, maxFrameBytes, false));
            at += maxFrameBytes;
        }
        channel.write(part(utf8, at, utf8.length - at, true)).addListener(done -> written.run());
        flushSoon();
    }

    private static WebSocketFrame part(byte[] utf8, int at, int length, boolean last) {
        ByteBuf payload = Unpooled.wrappedBuffer(utf8, at, length);
        return at == 0 ? new TextWebSocketFrame(last, 0, payload) : new ContinuationWebSocketFrame(last, 0, payload);
    }

    void ping() {
        channel.writeAndFlush(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
    }

    private void send(WebSocketFrame frame) {
        channel.write(frame);
        flushSoon();
    }

    /** What is sent within one turn of the event loop leaves in one system call. */
    private void flushSoon() {
        if (!unflushed) {
            unflushed = true;
            if (!reading) {
                channel.executor().execute(this::flush);
            }
        }
    }

    private void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    /** Begins the closing handshake, after all that was sent. Who does not answer is cut off a little later. */
    void close(int code, String reason) {
        if (closeSent) {
            return;
        }
        closeSent = true;
        channel.writeAndFlush(new CloseWebSocketFrame(code, reason))
                .addListener(sent -> channel.executor().schedule(this::cut, closingMillis, TimeUnit.MILLISECONDS));
    }

    /** Ends the connection without another word. */
    void cut() {
        channel.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable error) {
        context.emit(error, listener::broken);
        from.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        end();
    }

    private void end() {
        if (gone) {
            return;
        }
        gone = true;
        if (paused != null) {
            paused.forEach(ReferenceCountUtil::release);
            paused.clear();
        }
        context.emit(v -> listener.gone());
    }
}
