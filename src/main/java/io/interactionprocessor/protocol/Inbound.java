package io.interactionprocessor.protocol;

/**
 * What a connection verticle tells the session verticle of an instance-domain on its own node, over the event bus. The
 * objects are handed over as they are: both ends are in one JVM and they are immutable.
 */
public sealed interface Inbound {
    /** Returns the event-bus address at which the connection verticle takes {@link Outbound}s. */
    String connection();

    /**
     * A client's request: a {@link Request.Service}, {@link Request.BindResource}, {@link Request.UnbindResource} or
     * {@link Request.Resource}. Exactly one {@link Outbound} answers it.
     *
     * @param remote the client's network address, for the limit on failed logins
     */
    record Call(String connection, String remote, Request request) implements Inbound {}

    /** The connection is gone: whatever it had bound is detached. */
    record Closed(String connection) implements Inbound {}
}
