package io.interactionprocessor.model.csta;

/**
 * The switch side's answer to a command: accepted, or refused and why.
 *
 * @param refusal null when the switch accepted
 * @param message for people, with what to do; empty when accepted
 * @param version the version of the agent's view that shows the command's immediate effect, so that the session can tell
 *     the answer and its events together; 0 if there is none, or the switch cannot tell
 */
public record Reply(Refusal refusal, String message, long version) {
    /** The switch has accepted the command; its effect follows as events. */
    public static final Reply ACCEPTED = accepted(0);

    /** The switch has accepted the command; the view of this version shows it. */
    public static Reply accepted(long version) {
        return new Reply(null, "", version);
    }

    /** Returns a refusal. */
    public static Reply refused(Refusal refusal, String message) {
        return new Reply(refusal, message, 0);
    }

    /** Returns whether the switch accepted. */
    public boolean accepted() {
        return refusal == null;
    }
}
