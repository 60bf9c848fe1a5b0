package io.interactionprocessor.gateway;

/** A token bucket: so many in a second, and a burst on top after a pause. */
final class RateLimit {
    private static final double MILLIS_PER_SECOND = 1000;

    private final double perMilli;
    private final double burst;
    private double tokens;
    private long filledAt;

    /**
     * A full bucket.
     *
     * @param perSecond how many in the long run
     * @param burst how many at once
     * @param now milliseconds, on any clock that does not go back
     */
    RateLimit(double perSecond, double burst, long now) {
        this.perMilli = perSecond / MILLIS_PER_SECOND;
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = now;
    }

    /** Returns whether one more is within the limit, and counts it if so. */
    boolean allows(long now) {
        tokens = Math.min(burst, tokens + (now - filledAt) * perMilli);
        filledAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
