package io.interactionprocessor.bench;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What becomes of the customers' calls of E8. Changed on the driver's event loop alone. */
final class CallTally {
    private final Map<String, Long> waiting = new HashMap<>();
    private final Histogram offers = new Histogram(3);
    private long made;
    private long failed;
    private long offered;
    private long unanswered;
    private long ended;

    /** A customer calls. */
    void called(String customer, long now) {
        made++;
        waiting.put(customer, now);
    }

    /** The customer was told that there is no call, or nothing at all. */
    void failed(String customer) {
        failed++;
        waiting.remove(customer);
    }

    /** An agent has read the offer of a call. */
    void offered(String customer, long now) {
        Long since = waiting.remove(customer);
        if (since != null) {
            offered++;
            offers.recordValue(now - since);
        }
    }

    /** An agent could not answer what was offered. */
    void unanswered() {
        unanswered++;
    }

    void ended() {
        ended++;
    }

    /** Forgets how long offers have taken; returns how many calls have ended until now. */
    long restart() {
        offers.reset();
        return ended;
    }

    long countMade() {
        return made;
    }

    long countFailed() {
        return failed;
    }

    /** Returns how many customers wait for an offer. */
    long countWaiting() {
        return waiting.size();
    }

    long countUnanswered() {
        return unanswered;
    }

    long countEnded() {
        return ended;
    }

    double millis(double percentile) {
        return offers.getTotalCount() == 0 ? Double.NaN : offers.getValueAtPercentile(percentile) / 1e6;
    }

    /** Returns why nothing can be concluded from the calls; null if something can. */
    String doubt() {
        long lost = failed + unanswered;
        return Figure.tooManyRefused(lost, made - lost);
    }

    @Override
    public String toString() {
        return made + " calls, " + failed + " failed, " + waiting.size() + " waiting, " + (offered - ended)
                + " being talked, " + unanswered + " answers refused";
    }
}
