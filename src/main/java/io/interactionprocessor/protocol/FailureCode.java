package io.interactionprocessor.protocol;

/** Every failure and error code (protocol 2, 4.1 and 8). A code never changes its meaning. */
public enum FailureCode {
    /** The message is not one JSON object (section 2). */
    MALFORMED_MESSAGE("malformedMessage"),
    /** No such messageType (section 2). */
    UNKNOWN_MESSAGE_TYPE("unknownMessageType"),
    /** A field is missing or of the wrong kind; the error names it. */
    INVALID_REQUEST("invalidRequest"),
    /** No such service on this node. */
    UNKNOWN_SERVICE("unknownService"),
    /** No such session, or it has ended. */
    UNKNOWN_RESOURCE("unknownResource"),
    /** This client has not bound the service or resource it addresses. */
    NOT_BOUND("notBound"),
    /** No such command. */
    UNKNOWN_COMMAND("unknownCommand"),
    /** The target does not exist or is not of the command's kind. */
    INVALID_TARGET("invalidTarget"),
    /** This CTI cannot. */
    NOT_SUPPORTED("notSupported"),
    /** session.start must come first. */
    NOT_STARTED("notStarted"),
    /** session.start came already. */
    ALREADY_STARTED("alreadyStarted"),
    /** Another client has bound the session. */
    ALREADY_BOUND("alreadyBound"),
    /** Not in the state the object is in. */
    INVALID_STATE("invalidState"),
    /** Another operation on this interaction has not ended. */
    OPERATION_IN_PROGRESS("operationInProgress"),
    /** An interaction is open. */
    INTERACTION_IN_PROGRESS("interactionInProgress"),
    /** The not-ready reason is not configured. */
    UNKNOWN_REASON("unknownReason"),
    /** The number cannot be called. */
    INVALID_DESTINATION("invalidDestination"),
    /** The channel must be activated first. */
    CHANNEL_INACTIVE("channelInactive"),
    /** The channel must be not ready. */
    NOT_READY_REQUIRED("notReadyRequired"),
    /** The client sends faster than it may. */
    TOO_MANY_REQUESTS("tooManyRequests"),
    /** No answer in time: whether it was executed is unknown. */
    TIMEOUT("timeout"),
    /** Another node has taken the session over. */
    STALE_EPOCH("staleEpoch"),
    /** No node has a working link to the CTI. */
    CTI_UNAVAILABLE("ctiUnavailable"),
    /** The CTI said no, in its own words. */
    CTI_REJECTED("ctiRejected"),
    /** This node is cut off from the majority. */
    NO_QUORUM("noQuorum"),
    /** An error of ours; its id is in the context and in the log. */
    INTERNAL_ERROR("internalError"),
    /** Unknown agent or wrong password: never said which. */
    INVALID_CREDENTIALS("invalidCredentials"),
    /** Too many failed logins; the wait is in the message. */
    TOO_MANY_ATTEMPTS("tooManyAttempts"),
    /** No such call model. */
    UNKNOWN_MODEL("unknownModel"),
    /** This node is draining; use another. */
    NOT_ACCEPTING_SESSIONS("notAcceptingSessions");

    private final String wire;

    FailureCode(String wire) {
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
