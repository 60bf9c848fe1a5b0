package io.interactionprocessor.model.csta;

import io.interactionprocessor.model.Epoch;
import java.util.Objects;

/**
 * A command on its way to the switch.
 *
 * @param agent whose
 * @param epoch the session's epoch; the switch side refuses one that is older than the newest it has seen of this agent
 * @param id names the command for ever: the same id again (a client that repeats a request after a node's death) gets the
 *     first reply and is not executed twice; also the {@link AgentEvent#commandId()} of what it causes
 * @param command what to do
 */
public record AgentCommand(String agent, Epoch epoch, String id, Command command) {
    public AgentCommand {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(command, "command");
    }
}
