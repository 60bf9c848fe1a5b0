package io.interactionprocessor.model;

/** What a channel carries (protocol 7). */
public enum ChannelType {
    /** Telephone calls. */
    TELEPHONY("Telephony"),
    /** Text conversations; no switch of ours has them yet. */
    CHAT("Chat");

    private final String wire;

    ChannelType(String wire) {
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
