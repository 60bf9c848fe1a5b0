package io.interactionprocessor.session.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Five hundred seeds of the simulation, on all processors. */
class SimulationIT {
    private static final long SEEDS = 500;
    /** So that a run tells whether one seed is wrong or all of them are, and still ends early. */
    private static final int ENOUGH = 3;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void theRulesHold() throws InterruptedException, ExecutionException {
        AtomicLong next = new AtomicLong(1);
        List<AssertionError> violations = new ArrayList<>();
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> runSeeds(next, violations)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(violations).isEmpty();
    }

    private static void runSeeds(AtomicLong next, List<AssertionError> violations) {
        for (long seed = next.getAndIncrement(); seed <= SEEDS; seed = next.getAndIncrement()) {
            try {
                Simulation.run(seed, Weakness.NONE);
            } catch (AssertionError violated) {
                synchronized (violations) {
                    violations.add(violated);
                    if (violations.size() >= ENOUGH) {
                        next.set(SEEDS + 1);
                    }
                }
            }
        }
    }
}
