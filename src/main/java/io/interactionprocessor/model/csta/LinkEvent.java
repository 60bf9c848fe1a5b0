package io.interactionprocessor.model.csta;

import io.interactionprocessor.model.Epoch;
import java.util.Objects;

/** What the holder of a link tells the nodes that own sessions; point to point, never published. */
public sealed interface LinkEvent {
    /** Returns the id of the processor whose link this is. */
    String processor();

    /**
     * Something about an agent has changed; goes to the node that attached last.
     *
     * @param epoch of the session that attached, so that the node can tell whether it is still meant
     */
    record AgentChanged(String processor, AgentEvent event, Epoch epoch) implements LinkEvent {
        public AgentChanged {
            Objects.requireNonNull(processor, "processor");
            Objects.requireNonNull(event, "event");
            Objects.requireNonNull(epoch, "epoch");
        }
    }

    /**
     * The link works (again, or on another node): every session must attach, since events may have been lost.
     *
     * @param lease of the holder that says so; what a holder with a lower one says is outdated
     */
    record LinkUp(String processor, Epoch lease) implements LinkEvent {
        public LinkUp {
            Objects.requireNonNull(processor, "processor");
            Objects.requireNonNull(lease, "lease");
        }
    }

    /**
     * The link does not work.
     *
     * @param lease as in {@link LinkUp}
     */
    record LinkDown(String processor, Epoch lease, String reason) implements LinkEvent {
        public LinkDown {
            Objects.requireNonNull(processor, "processor");
            Objects.requireNonNull(lease, "lease");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
