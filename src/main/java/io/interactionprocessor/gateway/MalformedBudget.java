package io.interactionprocessor.gateway;

/** How many malformed messages a client may send within a window that slides (protocol 2: 20 in 10 s). */
final class MalformedBudget {
    private final long[] times;
    private final long windowMillis;
    private int next;
    private int seen;

    MalformedBudget(int limit, long windowMillis) {
        this.times = new long[limit];
        this.windowMillis = windowMillis;
    }

    /** Counts one more; returns whether the client has now sent more than the limit within the window. */
    boolean exceededAt(long now) {
        boolean full = seen == times.length;
        boolean exceeded = full && now - times[next] < windowMillis;
        times[next] = now;
        next = (next + 1) % times.length;
        seen = full ? seen : seen + 1;
        return exceeded;
    }
}
