package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.MessageReader;
import io.interactionprocessor.protocol.MessageWriter;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all client connections of a node share. Everything in it is thread-safe.
 *
 * @param sessionAddress from a service to the event-bus address of its sessions; null for a service that has none
 * @param open the event-bus addresses of the connections there are
 * @param full whether new connections are refused for want of room
 * @param ids 128 random bits as text
 * @param wallClock milliseconds since 1970-01-01 UTC
 */
record World(
        GatewaySettings settings,
        ServiceCatalog services,
        MessageReader reader,
        MessageWriter writer,
        Sessions sessions,
        Function<String, String> sessionAddress,
        GatewayFigures figures,
        Set<String> open,
        AtomicBoolean full,
        Supplier<String> ids,
        LongSupplier wallClock) {

    /** The way to the sessions' side. */
    interface Sessions {
        /** Hands a message over, after all earlier ones; {@code nobodyThere} is called if nobody takes it. */
        void hand(String address, Inbound message, Runnable nobodyThere);
    }

    /** The way to one client. */
    interface Client {
        /** Sends a frame after all earlier ones; nothing any more once {@link #close} was called. */
        void send(String frame);

        /** Sends the missed events of a resumed session; together they may be more than a client may have waiting. */
        void replay(Iterable<String> frames);

        /** Closes the socket after all earlier frames. */
        void close(int code, String reason);
    }
}
