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
    private long lastAnswer;
    private long pingSent = -1;
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
        if (pingSent >= 0) {
            return false;
        }
        pingSent = now;
        return true;
    }

    void pingAnswered(long now) {
        pingSent = -1;
        lastAnswer = now;
    }

    /** Returns whether the switch has left everything unanswered for too long; one slow command alone says nothing. */
    boolean silent(long now) {
        if (pingSent >= 0 && now - pingSent > silentAfter) {
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
        pingSent = -1;
    }
}
