package io.interactionprocessor.cti;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether the switch still answers: what was asked and not answered yet, and since when. Times in milliseconds on a clock
 * that never goes back.
 */
final class LinkPulse {
    private final long silentAfter;
    private final Map<Long, Long> commands = new LinkedHashMap<>();
    private long lastAnswer = Long.MIN_VALUE;
    /** Since when no ping has been answered that was sent; or -1. */
    private long pingedSince = -1;

    private boolean pinging;
    private long next;

    LinkPulse(long silentAfter) {
        this.silentAfter = silentAfter;
    }

    long commandSent(long now) {
        commands.put(next, now);
        return next++;
    }

    void commandAnswered(long command, long now) {
        commands.remove(command);
        lastAnswer = now;
    }

    int inFlight() {
        return commands.size();
    }

    /** Returns whether a ping should be sent: one at a time. */
    boolean pings(long now) {
        if (pinging) {
            return false;
        }
        pinging = true;
        if (pingedSince < 0) {
            pingedSince = now;
        }
        return true;
    }

    void pingAnswered(long now) {
        pinging = false;
        pingedSince = -1;
        lastAnswer = now;
    }

    /** It could not be sent, or will not be answered: the next may, but the silence goes on. */
    void pingFailed() {
        pinging = false;
    }

    /** Returns whether the switch has left everything unanswered for too long; one slow command alone says nothing. */
    boolean silent(long now) {
        if (pingedSince >= 0 && now - pingedSince > silentAfter) {
            return true;
        }
        if (commands.isEmpty()) {
            return false;
        }
        long oldest = commands.values().iterator().next();
        return lastAnswer < oldest && now - oldest > silentAfter;
    }

    /** What was asked before is not waited for any more. */
    void forget() {
        commands.clear();
        pinging = false;
        pingedSince = -1;
    }
}
