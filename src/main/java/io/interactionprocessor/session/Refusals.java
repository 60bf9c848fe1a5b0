package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.ObjectKind;
import io.interactionprocessor.protocol.SessionCommand;

/** The switch side's refusals as the protocol's failures (protocol 8). */
final class Refusals {
    private Refusals() {}

    /** Returns the failure that a refused reply means for a client's command. */
    static Failure failure(Reply reply, SessionCommand command) {
        FailureCode code = switch (reply.refusal()) {
            case STALE_EPOCH -> FailureCode.STALE_EPOCH;
            case CTI_UNAVAILABLE -> FailureCode.CTI_UNAVAILABLE;
            case TIMEOUT -> FailureCode.TIMEOUT;
            case INVALID_DESTINATION -> FailureCode.INVALID_DESTINATION;
            case INVALID_STATE -> logsOff(command) ? FailureCode.INTERACTION_IN_PROGRESS : FailureCode.INVALID_STATE;
            case INTERACTION_IN_PROGRESS -> FailureCode.INTERACTION_IN_PROGRESS;
            case CHANNEL_INACTIVE -> FailureCode.CHANNEL_INACTIVE;
            case NOT_SUPPORTED -> FailureCode.NOT_SUPPORTED;
            case NO_QUORUM -> FailureCode.NO_QUORUM;
            case CTI_REJECTED -> FailureCode.CTI_REJECTED;
        };
        String of = command.verb().kind() == ObjectKind.CHANNEL_GROUP ? "channel " + ObjectTree.CHANNEL + ": " : "";
        return Failure.of(code, of + reply.message());
    }

    /** A switch logs nobody off who has a call: one has come in while the request was on its way. */
    private static boolean logsOff(SessionCommand command) {
        return command instanceof SessionCommand.Logout
                || command instanceof SessionCommand.Deactivate
                || command instanceof SessionCommand.DeactivateAll;
    }
}
