package io.interactionprocessor.protocol;

/** What came of reading a client's message. A message that cannot be understood is a value like any other. */
public sealed interface Read {
    /** The message is a request; whether it can be granted is for others to say. */
    record Understood(Request request) implements Read {}

    /**
     * The message is no request: {@code malformedMessage}, {@code unknownMessageType} or {@code invalidRequest} (protocol 2).
     *
     * @param error the answer; it holds nothing of the message but a valid {@code requestId}
     */
    record NotUnderstood(Response.CoreError error) implements Read {}
}
