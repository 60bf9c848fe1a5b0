package io.interactionprocessor.model;

/** What a conversation is to its interaction: CSTA's primary and consultation call. */
public enum Role {
    /** The call the interaction began with, or what became of it. */
    PRIMARY("primary"),
    /** The second call, made while the first is held. */
    CONSULT("consult");

    private final String wire;

    Role(String wire) {
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
