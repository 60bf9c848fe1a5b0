package io.interactionprocessor.model;

/** State of an interaction (protocol 7). */
public enum InteractionState {
    /** Offered to the agent. */
    ALERTING("ALERTING"),
    /** The agent's own call, not answered yet. */
    DIALING("DIALING"),
    /** The parties talk, or talked and are on hold. */
    STARTED("STARTED"),
    /** Its last conversation is gone; after-call work may follow. */
    ENDED("ENDED"),
    /** Nothing more is to do. */
    COMPLETED("COMPLETED");

    private final String wire;

    InteractionState(String wire) {
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
