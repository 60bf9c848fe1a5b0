package io.interactionprocessor.session.simulation;

/** What may be wrong with the world around the sessions. */
public enum Weakness {
    /** Nothing is. */
    NONE,
    /** Nodes never hear each other: a hardship that the sessions have to bear, since the store fences. */
    PEERS_SAY_NOTHING,

    // each of these has to be noticed, or the checks check nothing

    /** The store takes appends of an owner that has been fenced off, and nobody else tells that one either. */
    STORE_IGNORES_EPOCHS,
    /** The store says that it has what it has not got yet; a node's death loses it. */
    STORE_ANSWERS_TOO_SOON,
    /** Claiming reads the directory, and writes a little later. */
    CLAIM_NOT_ATOMIC,
    /** The directory itself makes a claim once more whose answer was lost, and says nothing of it. */
    CLAIM_MADE_AGAIN,
    /** The switch executes a repeated command again. */
    SWITCH_FORGETS_COMMANDS,
    /** The switch obeys whoever speaks. */
    SWITCH_IGNORES_EPOCHS,
    /** A node loses a message to a client now and then, and leaves the connection open. */
    FRAMES_GET_LOST,
    /** The directory releases whatever session is there. */
    RELEASE_WHOEVER_OWNS,
    /** The sessions of a node that has gone are nobody's until their clients come back. */
    NOBODY_ADOPTS
}
