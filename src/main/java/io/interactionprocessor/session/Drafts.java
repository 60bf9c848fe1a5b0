package io.interactionprocessor.session;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.protocol.Actions;
import io.interactionprocessor.protocol.Event;
import java.util.function.Function;

/**
 * Drafts the events of one change.
 *
 * @param step takes them
 * @param requestId the request that caused the change, or null
 * @param resync whether the change was found by comparing, so that what happened is not known
 */
record Drafts(Step step, String requestId, boolean resync) {

    void draft(String path, Function<Actions, Event.Body> body) {
        step.tell(new Step.Draft(path, requestId, body));
    }

    void stateUpdated(String path, String state, String previous, Cause cause) {
        draft(path, actions -> new Event.StateUpdated(state, previous, seen(cause), actions));
    }

    /** The cause as it is to be told. */
    Cause seen(Cause cause) {
        return resync ? Cause.RESYNC : cause;
    }
}
