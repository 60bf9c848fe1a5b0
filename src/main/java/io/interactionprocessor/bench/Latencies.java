package io.interactionprocessor.bench;

import java.util.List;

/** The lines about how long answers take. */
final class Latencies {
    private Latencies() {}

    /**
     * Adds median and 99th percentile.
     *
     * @param theirs the baseline, or null
     * @param median the goal in ms, or null
     * @param p99 likewise
     */
    static void add(
            Bench bench, String scenario, String when, Stretch ours, Stretch theirs, Double median, Double p99) {
        one(bench, scenario, "median latency " + when, 50, ours, theirs, median);
        one(bench, scenario, "99th percentile " + when, 99, ours, theirs, p99);
    }

    private static void one(
            Bench bench, String scenario, String name, double percentile, Stretch ours, Stretch theirs, Double goal) {
        bench.add(new Figure(
                scenario,
                name,
                "ms",
                List.of(ours.load().millis(percentile)),
                theirs == null ? List.of() : List.of(theirs.load().millis(percentile)),
                theirs == null ? "" : "echo",
                goal == null ? null : Figure.Goal.atMost(goal)));
    }
}
