package io.interactionprocessor.model;

/** Where an interaction came from. */
public enum Direction {
    /** A customer called. */
    INBOUND("inbound"),
    /** The agent called a customer. */
    OUTBOUND("outbound"),
    /** Between agents. */
    INTERNAL("internal");

    private final String wire;

    Direction(String wire) {
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
