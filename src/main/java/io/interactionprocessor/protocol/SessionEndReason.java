package io.interactionprocessor.protocol;

/** Why a session ended: the {@code reason} of {@code session.ended} (protocol 7.2). */
public enum SessionEndReason {
    /** The agent logged out. */
    LOGOUT("logout"),
    /** The agent logged in elsewhere, with override. */
    OVERRIDDEN("overridden"),
    /** Nobody bound or resumed it in time. */
    EXPIRED("expired"),
    /** An administrator ended it. */
    ADMINISTRATOR("administrator");

    private final String wire;

    SessionEndReason(String wire) {
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
