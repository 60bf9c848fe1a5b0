package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.cti.simulated.SimulatedSettings.QueueLine;
import java.util.List;

/** Customers calling in by themselves; its timer is the next one's arrival. Its random numbers are part of the state. */
final class Traffic extends Timed {
    int callsPerMinute;
    long talk;
    long random;

    Traffic(long seed) {
        random = seed;
    }

    @Override
    String key() {
        return "traffic";
    }

    /** Returns the time until the next customer: the mean, give or take a half. */
    long gap() {
        long mean = 60_000L / callsPerMinute;
        return mean / 2 + below(mean + 1);
    }

    String from() {
        return "55501" + below(10) + below(10);
    }

    String to(List<QueueLine> queues) {
        return queues.get((int) below(queues.size())).number();
    }

    /** SplitMix64: one word of state, so that it is stored with the rest. */
    private long below(long bound) {
        random += 0x9E3779B97F4A7C15L;
        long z = random;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return Long.remainderUnsigned(z ^ (z >>> 31), bound);
    }
}
