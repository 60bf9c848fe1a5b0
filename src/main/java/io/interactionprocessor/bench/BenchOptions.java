package io.interactionprocessor.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to measure, and on what.
 *
 * @param scenarios their ids, in this order
 * @param duration of each measured stretch
 * @param warmUp before the first stretch of each server
 * @param rounds how often a figure and its baseline are measured, by turns; the median counts. What is measured once has a
 *     star
 * @param urls of nodes that run already; none: start them
 * @param node the command that starts a node in a JVM, up to its main class
 * @param profile whether to record each stretch with the JVM's flight recorder, which costs a little itself
 * @param output where the table and the logs go
 */
public record BenchOptions(
        List<String> scenarios,
        Duration duration,
        Duration warmUp,
        int rounds,
        List<String> urls,
        List<String> node,
        boolean profile,
        Path output) {
    public BenchOptions {
        scenarios = List.copyOf(scenarios);
        urls = List.copyOf(urls);
        node = List.copyOf(node);
    }
}
