package io.interactionprocessor.model;

/** What comes of an administrator's ending an agent's session. */
public enum SessionEnding {
    /** It ends: the client is told, and its connection closed with 4003. */
    BEGUN,
    /** The agent has no session. */
    NO_SESSION,
    /** An interaction is open: it goes on, and so does the session. */
    INTERACTION_OPEN
}
