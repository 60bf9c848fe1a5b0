package io.interactionprocessor.gateway;

/** Why the edge itself closes a connection (protocol 1; RFC 6455 section 7.4.1). Sessions have codes of their own. */
enum CloseCode {
    /** The client has been silent too long. Not 1000: a client must not take it for a farewell. */
    SILENT(1001),
    /** The client broke the WebSocket protocol. */
    PROTOCOL_ERROR(1002),
    /** A binary message. */
    NOT_TEXT(1003),
    /** A text message that is not UTF-8. */
    NOT_UTF8(1007),
    /** Too many malformed messages, or far too many messages. */
    POLICY(1008),
    /** A message above the limit. */
    TOO_BIG(1009),
    /** An error of ours. */
    INTERNAL(1011),
    /** This node is draining; reconnect to another. */
    DRAINING(1012),
    /** The client does not read what it is sent; try later. */
    OVERLOADED(1013);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    /** Returns the number on the wire. */
    int code() {
        return code;
    }
}
