package io.interactionprocessor.model.csta;

/** Why the switch side did not accept a command; each is the failure code of protocol section 8 of the same name. */
public enum Refusal {
    /** A newer owner of the agent's session has spoken already. */
    STALE_EPOCH,
    /** No working link to the switch; it did not get the command. */
    CTI_UNAVAILABLE,
    /** The switch did not answer in time: the outcome is unknown. */
    TIMEOUT,
    /** The number cannot be called. */
    INVALID_DESTINATION,
    /** The call or agent is in another state by now. */
    INVALID_STATE,
    /** An interaction is open. */
    INTERACTION_IN_PROGRESS,
    /** The agent is not logged on. */
    CHANNEL_INACTIVE,
    /** This switch cannot. */
    NOT_SUPPORTED,
    /** This node is cut off from the majority and may not command the switch. */
    NO_QUORUM,
    /** The switch said no in its own words. */
    CTI_REJECTED
}
