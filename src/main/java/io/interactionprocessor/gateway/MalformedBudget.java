package io.interactionprocessor.gateway;

/** How many malformed messages a client may send within a window that slides (protocol 2: 20 in 10 s). */
final class MalformedBudget {
    private final int limit;
    private final long windowMillis;
    /** Of the first {@code seen}; none before one has come, since most clients never send one. */
    private long[] times;

    private int next;
    private int seen;

    MalformedBudget(int limit, long windowMillis) {
        this.limit = limit;
        this.windowMillis = windowMillis;
    }

    /** Counts one more; returns whether the client has now sent more than the limit within the window. */
    boolean exceededAt(long now) {
        if (seen == 0) {
            times = new long[limit];
        }
        boolean full = seen == limit;
        boolean exceeded = full && now - times[next] < windowMillis;
        times[next] = now;
        next = (next + 1) % limit;
        seen = full ? seen : seen + 1;
        return exceeded;
    }
}
