package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.report.Figure;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** How long it takes after a fault until its node serves again, and how often it does not. */
final class Heals {
    private static final double LIMIT = 8_000_000;

    private final Histogram times = Latency.empty();
    private int never;

    /** Waits until the node serves, which its readiness check says, or has not for too long. */
    void await(Run run, int node, Run.Mark fault) throws InterruptedException {
        Optional<Long> ready = Readiness.await(run, node);
        if (ready.isEmpty()) {
            run.tell("  node " + (node + 1) + " has not healed");
        }
        note(ready, fault.to());
    }

    /** Notes when a node served again after a fault that was over then; nothing if it never did. */
    void note(Optional<Long> ready, long over) {
        if (ready.isPresent()) {
            times.recordValue(ready.get() - over);
        } else {
            never++;
        }
    }

    List<Figure> figures(String scenario) {
        long of = times.getTotalCount();
        return List.of(
                Figure.none(scenario, "nodes that did not heal", never, of + never, "faults"),
                Figure.time(scenario, "healed, p99", (double) times.getValueAtPercentile(99), of, LIMIT));
    }
}
