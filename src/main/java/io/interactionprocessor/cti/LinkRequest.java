package io.interactionprocessor.cti;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import java.util.Objects;

/** What a node asks the holder of a link. */
public sealed interface LinkRequest {

    /**
     * A session wants its agent's view and, from then on, its agent's events.
     *
     * @param eventAddress the event-bus address of the node that owns the session
     */
    record Attach(String agent, Epoch epoch, String eventAddress) implements LinkRequest {
        public Attach {
            Objects.requireNonNull(agent, "agent");
            Objects.requireNonNull(epoch, "epoch");
            Objects.requireNonNull(eventAddress, "eventAddress");
        }
    }

    /** A session commands the switch. */
    record Execute(AgentCommand command) implements LinkRequest {
        public Execute {
            Objects.requireNonNull(command, "command");
        }
    }

    /** Somebody operates the switch's own side ({@link SwitchSide}). */
    record OperateSwitch(String json) implements LinkRequest {
        public OperateSwitch {
            Objects.requireNonNull(json, "json");
        }
    }
}
