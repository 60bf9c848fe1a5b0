package io.interactionprocessor.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;

/** Sends what an agent would send to a server that sends it back. */
final class EchoTalker extends Talker {
    private static final String REST =
            "\",\"serviceId\":\"sim\",\"resourceId\":\"0123456789abcdef0123456789abcdef\",\"request\":{\"command\":\"channel.ready\","
                    + "\"target\":\"0123456789abcdef0123456789abcdef.g1.c1\",\"data\":{}}}";

    private long sent;

    EchoTalker(WebSocket socket) {
        super(socket);
    }

    /** From now on the server pings this connection, as the service does by itself. */
    void wantPings(long everyMillis) {
        write("{\"ping\":" + everyMillis + '}');
    }

    @Override
    void send() {
        write("{\"messageType\":\"resourceRequest\",\"requestId\":\"" + ++sent + REST);
    }

    @Override
    void received(Buffer message) {
        listener().answered(this, true);
        listener().done(this);
    }
}
