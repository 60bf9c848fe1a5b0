package io.interactionprocessor.model.csta;

/**
 * The answer to attaching a session to its agent: the agent's present view, or why not.
 *
 * @param view null when refused
 * @param refusal null when attached
 * @param message for people; empty when attached
 */
public record Attachment(AgentView view, Refusal refusal, String message) {
    /** Attached; this is the truth now, and every later change comes as an {@link AgentEvent}. */
    public static Attachment of(AgentView view) {
        return new Attachment(view, null, "");
    }

    /** Not attached. */
    public static Attachment refused(Refusal refusal, String message) {
        return new Attachment(null, refusal, message);
    }

    /** Returns whether the session is attached. */
    public boolean accepted() {
        return refusal == null;
    }
}
