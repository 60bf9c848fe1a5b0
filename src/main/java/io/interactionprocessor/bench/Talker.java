package io.interactionprocessor.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;

/**
 * One connection of the lean client, which takes as little of the machine as it can: texts made by hand, answers looked at
 * and not parsed. All on the one event loop of the driver.
 */
abstract class Talker {
    /** Who is told what comes in. */
    interface Listener {
        /** The answer to an operation has been read. */
        void answered(Talker talker, boolean success);

        /** Everything that belongs to the operation has been read; the next one may follow. */
        void done(Talker talker);

        /** An event has been read. */
        void event();
    }

    private static final Listener NOBODY = new Listener() {
        @Override
        public void answered(Talker talker, boolean success) {}

        @Override
        public void done(Talker talker) {}

        @Override
        public void event() {}
    };

    private final WebSocket socket;
    private Listener listener = NOBODY;
    private long due;
    private boolean waiting;

    Talker(WebSocket socket) {
        this.socket = socket;
        socket.handler(this::received);
        socket.exceptionHandler(failure -> {}); // what follows is the close
    }

    /** Begins an operation. */
    abstract void send();

    /** Looks at a message that came in. */
    abstract void received(Buffer message);

    void listener(Listener heard) {
        listener = heard;
        waiting = false;
    }

    Listener listener() {
        return listener;
    }

    /** Sends; {@code when} is when it should have been sent, so that waiting for a free connection counts too. */
    void send(long when) {
        due = when;
        waiting = true;
        send();
    }

    /** Returns when the operation under way should have been sent. */
    long due() {
        return due;
    }

    /** Returns whether the operation under way has no answer yet. */
    boolean isWaiting() {
        return waiting;
    }

    /** The operation under way has its answer. */
    void heard() {
        waiting = false;
    }

    void write(String text) {
        // A write that fails is followed by the close of the connection.
        socket.writeTextMessage(text).onFailure(failure -> {});
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    void close() {
        socket.close().onFailure(failure -> {});
    }
}
