package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.ObjectKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a node does not know of a session that it has taken over: a request that is sent again may have been done for the
 * node before, whose word of it was lost with it. Where it would now be refused, because it has been done, the switch is
 * asked by the command's id what it has replied to it.
 */
final class Inheritance {
    /** For so long after the first request to this node clients repeat what was not answered. */
    private static final long LASTS = 30_000;

    private static final Set<FailureCode> BY_STATE = EnumSet.of(
            FailureCode.INVALID_STATE,
            FailureCode.INVALID_TARGET,
            FailureCode.INTERACTION_IN_PROGRESS,
            FailureCode.CHANNEL_INACTIVE);

    /** Releases nothing: a switch that knows the command's id gives its first reply, and any other one refuses. */
    private static final Command NOTHING = new Command.Release("");

    private final boolean inherited;
    private long until;

    Inheritance(boolean inherited) {
        this.inherited = inherited;
    }

    /** Returns the decision on a request, or, if it is a refusal that may be wrong, the question to the switch. */
    Decision reconsider(Decision decision, Pending arrived, long now) {
        if (!inherited || !(decision instanceof Decision.Refuse refuse)) {
            return decision;
        }
        until = until == 0 ? now + LASTS : until;
        boolean ofTheSwitch = arrived.request.command() != null
                && arrived.request.command().verb().kind() != ObjectKind.SESSION;
        if (now > until || !ofTheSwitch || !BY_STATE.contains(refuse.failure().code())) {
            return decision;
        }
        arrived.otherwise = refuse.failure();
        return new Decision.Order(Operations.SERIAL, NOTHING);
    }
}
