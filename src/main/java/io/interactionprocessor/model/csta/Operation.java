package io.interactionprocessor.model.csta;

/** What a switch may be able to do. A connector names the ones its switch can; the others are {@code notSupported}. */
public enum Operation {
    /** Log on with a station (CSTA Set Agent State: agent logged on). */
    LOG_ON,
    /** Log off. */
    LOG_OFF,
    /** Become ready or not ready (CSTA Set Agent State). */
    SET_STATE,
    /** Forget the state that was to follow the call. */
    CANCEL_PENDING,
    /** End after-call work. */
    COMPLETE,
    /** CSTA Make Call. */
    MAKE_CALL,
    /** CSTA Answer Call. */
    ANSWER,
    /** Decline an offered call; a queue's call goes back to its queue. */
    REJECT,
    /** CSTA Clear Connection, of the agent's own connection. */
    RELEASE,
    /** CSTA Hold Call. */
    HOLD,
    /** CSTA Retrieve Call. */
    RETRIEVE,
    /** The others no longer hear the agent. */
    MUTE,
    /** The others hear the agent again. */
    UNMUTE,
    /** CSTA Generate Digits. */
    SEND_DTMF,
    /** CSTA Single Step Transfer Call (blind). */
    SINGLE_STEP_TRANSFER,
    /** CSTA Single Step Conference Call. */
    SINGLE_STEP_CONFERENCE,
    /** CSTA Clear Connection, of another party. */
    DROP_MEMBER,
    /** CSTA Consultation Call. */
    CONSULT,
    /** CSTA Alternate Call. */
    ALTERNATE,
    /** CSTA Reconnect Call. */
    RECONNECT,
    /** CSTA Transfer Call, the consulted party having answered. */
    TRANSFER,
    /** CSTA Transfer Call while the consulted party still rings (semi-attended). */
    TRANSFER_ALERTING,
    /** CSTA Conference Call. */
    CONFERENCE,
    /** CSTA Associate Data. */
    SET_DATA
}
