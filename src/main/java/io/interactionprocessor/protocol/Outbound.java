package io.interactionprocessor.protocol;

import java.util.List;

/**
 * What the session verticle tells a connection verticle, over the event bus. All for one connection go to one address, so
 * that they arrive, and are written to the socket, in the order in which they were sent.
 */
public sealed interface Outbound {
    /** The answer to a request that concerns no bound session; the connection renders it. */
    record Answer(Response response) implements Outbound {}

    /**
     * The session is bound to this connection now. The answer, then the missed events, then later frames.
     *
     * @param resourceId the session
     * @param answer the success of {@code bindResource}
     * @param events missed events, rendered, in order
     */
    record Bound(String resourceId, Response.CoreSuccess answer, List<String> events) implements Outbound {
        public Bound {
            events = List.copyOf(events);
        }
    }

    /**
     * Frames of a bound session, rendered, in order: responses and events.
     *
     * @param resourceId the session
     * @param answered the {@code requestId} of each request that one of the frames answers
     */
    record Frames(String resourceId, List<String> frames, List<String> answered) implements Outbound {
        public Frames {
            frames = List.copyOf(frames);
            answered = List.copyOf(answered);
        }
    }

    /**
     * The session is no longer bound to this connection: it ended, or another connection took it. Later requests to it are
     * answered {@code unknownResource} if it ended, else {@code notBound}.
     *
     * @param closeCode close the connection with it (protocol 1), or 0 to leave it open
     */
    record Unbound(String resourceId, boolean ended, int closeCode, String closeReason) implements Outbound {}
}
