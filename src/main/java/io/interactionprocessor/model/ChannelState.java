package io.interactionprocessor.model;

/** State of a channel (protocol 7). */
public enum ChannelState {
    /** The agent's station takes no calls through this channel. */
    INACTIVE("INACTIVE"),
    /** The agent is logged on to the switch with this channel. */
    ACTIVE("ACTIVE");

    private final String wire;

    ChannelState(String wire) {
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
