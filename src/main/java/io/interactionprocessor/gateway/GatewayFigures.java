package io.interactionprocessor.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the edge counts; read by the management port. Thread-safe. All but {@link #connections()} only grow. */
public final class GatewayFigures {
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder notUnderstood = new LongAdder();
    private final LongAdder rateLimited = new LongAdder();
    private final LongAdder overloaded = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder lateAnswers = new LongAdder();
    private final LongAdder internalErrors = new LongAdder();

    /** Client connections that are open now. */
    public int connections() {
        return connections.get();
    }

    /** Upgrades granted. */
    public long accepted() {
        return accepted.sum();
    }

    /** Upgrades refused: wrong path, origin, too many connections, draining. */
    public long refused() {
        return refused.sum();
    }

    /** Requests understood. */
    public long requests() {
        return requests.sum();
    }

    /** Messages answered with a {@code coreError}. */
    public long notUnderstood() {
        return notUnderstood.sum();
    }

    /** Requests answered with {@code tooManyRequests}. */
    public long rateLimited() {
        return rateLimited.sum();
    }

    /** Connections closed with 1013 because their client did not read. */
    public long overloaded() {
        return overloaded.sum();
    }

    /** Requests that the sessions' side did not answer in time. */
    public long timeouts() {
        return timeouts.sum();
    }

    /** Answers that came after the edge had given up; they are dropped. */
    public long lateAnswers() {
        return lateAnswers.sum();
    }

    /** Errors of ours, each in the log with its id. */
    public long internalErrors() {
        return internalErrors.sum();
    }

    void opened() {
        connections.incrementAndGet();
        accepted.increment();
    }

    void closed() {
        connections.decrementAndGet();
    }

    void countRefused() {
        refused.increment();
    }

    void countRequest() {
        requests.increment();
    }

    void countNotUnderstood() {
        notUnderstood.increment();
    }

    void countRateLimited() {
        rateLimited.increment();
    }

    void countOverloaded() {
        overloaded.increment();
    }

    void countTimeout() {
        timeouts.increment();
    }

    void countLateAnswer() {
        lateAnswers.increment();
    }

    void countInternalError() {
        internalErrors.increment();
    }
}
