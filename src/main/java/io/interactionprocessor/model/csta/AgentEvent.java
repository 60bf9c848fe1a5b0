package io.interactionprocessor.model.csta;

import io.interactionprocessor.model.Cause;
import java.util.Map;
import java.util.Objects;

/**
 * Something about an agent has changed on the switch.
 *
 * @param view the agent's whole state after the change
 * @param ended the legs that this change removed from the view, by id, each with the reason
 * @param commandId the {@link AgentCommand#id()} of the command of <em>this</em> agent that caused it, or null
 */
public record AgentEvent(AgentView view, Map<String, Cause> ended, String commandId) {
    public AgentEvent {
        Objects.requireNonNull(view, "view");
        ended = Map.copyOf(ended);
    }
}
