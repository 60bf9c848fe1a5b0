package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;

/** The switch side's refusals as the protocol's failures (protocol 8). */
final class Refusals {
    private Refusals() {}

    /** Returns the failure that a refused reply means. */
    static Failure failure(Reply reply) {
        FailureCode code = switch (reply.refusal()) {
            case STALE_EPOCH -> FailureCode.STALE_EPOCH;
            case CTI_UNAVAILABLE -> FailureCode.CTI_UNAVAILABLE;
            case TIMEOUT -> FailureCode.TIMEOUT;
            case INVALID_DESTINATION -> FailureCode.INVALID_DESTINATION;
            case INVALID_STATE -> FailureCode.INVALID_STATE;
            case INTERACTION_IN_PROGRESS -> FailureCode.INTERACTION_IN_PROGRESS;
            case CHANNEL_INACTIVE -> FailureCode.CHANNEL_INACTIVE;
            case NOT_SUPPORTED -> FailureCode.NOT_SUPPORTED;
            case NO_QUORUM -> FailureCode.NO_QUORUM;
            case CTI_REJECTED -> FailureCode.CTI_REJECTED;
        };
        return Failure.of(code, reply.message());
    }
}
