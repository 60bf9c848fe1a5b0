package io.interactionprocessor.model;

/** Who a member of a conversation is. */
public enum MemberRole {
    /** An agent of this switch. */
    AGENT("agent"),
    /** Somebody outside. */
    CUSTOMER("customer"),
    /** A queue, an announcement, or not known. */
    OTHER("other");

    private final String wire;

    MemberRole(String wire) {
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
