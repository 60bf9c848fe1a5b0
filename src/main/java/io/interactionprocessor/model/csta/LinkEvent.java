package io.interactionprocessor.model.csta;

import io.interactionprocessor.model.Epoch;

/** What the switch side tells the sessions of a node, unasked. Sent to one node each, never published. */
public sealed interface LinkEvent {
    /** Returns the processor whose link it is. */
    String processor();

    /**
     * An agent of a session on that node has changed.
     *
     * @param epoch the epoch with which the session attached
     */
    record AgentChanged(String processor, AgentEvent event, Epoch epoch) implements LinkEvent {}

    /** The link is up, anew or on another node: events may have been missed, so sessions attach again and compare. */
    record LinkUp(String processor) implements LinkEvent {}

    /** The link is down: commands are refused until it is up; calls go on. */
    record LinkDown(String processor, String reason) implements LinkEvent {}
}
