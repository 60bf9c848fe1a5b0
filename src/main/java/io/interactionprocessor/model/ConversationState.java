package io.interactionprocessor.model;

/** State of a conversation (protocol 7): CSTA's local connection state, seen by the agent. */
public enum ConversationState {
    /** The agent's station is off hook, the far end does not ring yet. */
    INITIATED("INITIATED"),
    /** The agent's own station rings, or, for a call the agent makes, the far end's. */
    ALERTING("ALERTING"),
    /** The agent talks. */
    CONNECTED("CONNECTED"),
    /** The agent has put it on hold. */
    HELD("HELD"),
    /** The far end was not reached; the cause says why. */
    FAILED("FAILED"),
    /** Gone. */
    DISCONNECTED("DISCONNECTED");

    private final String wire;

    ConversationState(String wire) {
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
