package io.interactionprocessor.client;

import io.vertx.core.json.JsonObject;

/** What a client is told. Called on the client's own context; must not block. */
public interface ClientListener {
    /** Everything that goes out, repetitions included, for whoever keeps a history. Holds the password at a login. */
    default void sending(String url, JsonObject message) {}

    /** Everything that comes in, repetitions included, before anything is made of it. */
    default void received(String url, JsonObject message) {}

    /** An event of the session: the {@code event} of a {@code resourceEvent}, in order, each once. */
    default void event(JsonObject event) {}

    /** An event of a service: the whole {@code serviceEvent}. */
    default void serviceEvent(JsonObject message) {}

    /** The order of events is broken: a gap or a repeat. The service must never let this happen. */
    default void disorder(String what) {}

    /** An error that answers no request, a message that is no JSON object, an answer that nobody waits for. */
    default void strange(String what) {}

    /**
     * The connection is gone; the client comes back by itself.
     *
     * @param code of the close frame; 1006 if there was none, {@link DesktopClient#MOVED} if the client has left it itself
     */
    default void disconnected(String url, int code, String reason) {}

    /**
     * The session is bound again.
     *
     * @param resumed whether the missed events follow; else a snapshot does
     */
    default void resumed(String url, boolean resumed) {}

    /** The session is over and the client will not come back: why, for people. */
    default void ended(String why) {}
}
