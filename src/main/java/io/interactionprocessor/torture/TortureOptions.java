package io.interactionprocessor.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to run.
 *
 * @param scenarios their ids in the order in which to run them
 * @param nodes how many to start
 * @param agents how many work
 * @param commands a second
 * @param switchEvents a second
 * @param jitter how long at most, by chance, a client waits before it comes back; 1 ms at least
 * @param duration of the stretch with faults; null: as the specification has it
 * @param warmUp before the first fault
 * @param settle at most, after the last fault
 * @param early whether to go on as soon as everybody is back, instead of waiting for all of {@code settle}
 * @param shared whether all scenarios run one after the other on one cluster
 * @param scale how much of the specification's numbers of frames, connections and races: 1 is all of it
 * @param seed of everything that is chosen by chance
 * @param urls of a foreign cluster; none: start nodes
 * @param managements its management ports
 * @param namespaces whether to try network namespaces
 * @param java the command that starts a node, up to its main class
 * @param previous the command that starts a node of the previous release, or nothing
 * @param output where the table and the picture go
 */
public record TortureOptions(
        List<String> scenarios,
        int nodes,
        int agents,
        double commands,
        double switchEvents,
        Duration jitter,
        Duration duration,
        Duration warmUp,
        Duration settle,
        boolean early,
        boolean shared,
        double scale,
        long seed,
        List<String> urls,
        List<String> managements,
        boolean namespaces,
        List<String> java,
        List<String> previous,
        Path output) {
    public TortureOptions {
        scenarios = List.copyOf(scenarios);
        urls = List.copyOf(urls);
        managements = List.copyOf(managements);
        java = List.copyOf(java);
        previous = List.copyOf(previous);
    }

    /** Returns how long the stretch with faults is. */
    Duration duration(Duration specified) {
        return duration == null ? specified : duration;
    }

    /** Returns how many of what the specification wants so many of; at least one. */
    int scaled(int specified) {
        return Math.max(1, (int) Math.round(specified * scale));
    }
}
