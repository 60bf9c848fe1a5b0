package io.interactionprocessor.model;

/** What a channel's agent can be given (protocol 7). */
public enum Availability {
    /** Logged on, takes nothing from queues. */
    NOT_READY("notReady"),
    /** Waits for an interaction. */
    READY("ready"),
    /** Offered an interaction, or on one. */
    BUSY("busy"),
    /** The call is over, its paperwork is not. */
    AFTER_CALL_WORK("afterCallWork");

    private final String wire;

    Availability(String wire) {
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
