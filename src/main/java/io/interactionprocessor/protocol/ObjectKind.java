package io.interactionprocessor.protocol;

/** The kinds of object under a session (protocol 7); the word is the prefix of the commands and events about them. */
public enum ObjectKind {
    /** The session itself. */
    SESSION("session"),
    /** A group of channels. */
    CHANNEL_GROUP("channelgroup"),
    /** A channel. */
    CHANNEL("channel"),
    /** An interaction. */
    INTERACTION("interaction"),
    /** A conversation. */
    CONVERSATION("conversation");

    private final String wire;

    ObjectKind(String wire) {
        this.wire = wire;
    }

    /** Returns the word that stands for this on the wire. */
    public String wire() {
        return wire;
    }

    @Override
    public String toString() {
        return wire;
    }
}
