package io.interactionprocessor.blackbox;

import java.util.concurrent.atomic.AtomicInteger;

/** Agents of the node that {@code special.yaml} configures. */
final class Special {

    private static final AtomicInteger QUEUELESS = new AtomicInteger(1000);
    private static final AtomicInteger QUEUEING = new AtomicInteger(1500);

    private Special() {}

    /** An agent in a queue that nobody calls: may be ready without being offered another test's call. */
    static String queueless() {
        return String.valueOf(QUEUELESS.incrementAndGet());
    }

    /** An agent in the queues whose calls leave work behind. */
    static String queueing() {
        return String.valueOf(QUEUEING.incrementAndGet());
    }
}
