package io.interactionprocessor.model.csta;

/**
 * The switch side's answer to a command: accepted, or refused and why.
 *
 * @param refusal null when the switch accepted
 * @param message for people, with what to do; empty when accepted
 */
public record Reply(Refusal refusal, String message) {
    /** The switch has accepted the command; its effect follows as events. */
    public static final Reply ACCEPTED = new Reply(null, "");

    /** Returns a refusal. */
    public static Reply refused(Refusal refusal, String message) {
        return new Reply(refusal, message);
    }

    /** Returns whether the switch accepted. */
    public boolean accepted() {
        return refusal == null;
    }
}
