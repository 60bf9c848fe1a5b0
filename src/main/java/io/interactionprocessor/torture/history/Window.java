package io.interactionprocessor.torture.history;

/** A stretch of a run. The ends belong to it. Microseconds since 1970-01-01 UTC. */
public record Window(long from, long to) {
    /** Returns whether a time lies in it. */
    public boolean has(long at) {
        return at >= from && at <= to;
    }

    /** Returns its length in seconds. */
    public double seconds() {
        return (to - from) / 1e6;
    }
}
