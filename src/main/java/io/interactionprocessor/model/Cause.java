package io.interactionprocessor.model;

/** Why something happened (protocol 7.2). */
public enum Cause {
    /** Somebody asked for it. */
    NORMAL("normal"),
    /** The called party is on another call. */
    BUSY("busy"),
    /** The called party did not answer in time. */
    NO_ANSWER("noAnswer"),
    /** The called party declined. */
    REJECTED("rejected"),
    /** The called party exists but has no station in service. */
    UNREACHABLE("unreachable"),
    /** No such number. */
    INVALID_DESTINATION("invalidDestination"),
    /** The caller hung up before an agent answered. */
    ABANDONED("abandoned"),
    /** The call went on to another party. */
    TRANSFERRED("transferred"),
    /** Two calls became one. */
    CONFERENCED("conferenced"),
    /** A timer ran out. */
    TIMEOUT("timeout"),
    /** Found by comparing with the CTI; what happened in between was not seen. */
    RESYNC("resync"),
    /** The CTI went away. */
    CTI_LOST("ctiLost");

    private final String wire;

    Cause(String wire) {
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
