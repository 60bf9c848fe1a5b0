package io.interactionprocessor.bench;

import java.util.List;

/** The lines about how long answers take. */
final class Latencies {
    private Latencies() {}

    /**
     * Adds median and 99th percentile.
     *
     * @param ours a stretch of each round
     * @param theirs the baseline's, or none
     * @param median the goal in ms, or null
     * @param p99 likewise
     */
    static void add(
            Bench bench,
            String scenario,
            String when,
            List<Stretch> ours,
            List<Stretch> theirs,
            Double median,
            Double p99) {
        one(bench, scenario, "median latency " + when, 50, ours, theirs, median);
        one(bench, scenario, "99th percentile " + when, 99, ours, theirs, p99);
    }

    private static void one(
            Bench bench,
            String scenario,
            String name,
            double percentile,
            List<Stretch> ours,
            List<Stretch> theirs,
            Double goal) {
        bench.add(Figure.of(
                scenario,
                name,
                "ms",
                ours,
                theirs,
                each -> each.millis(percentile),
                theirs.isEmpty() ? "" : "echo",
                goal == null ? null : Figure.Goal.atMost(goal)));
    }
}
