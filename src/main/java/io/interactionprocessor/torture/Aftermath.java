package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.history.Window;
import io.interactionprocessor.torture.report.Figure;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What is left of a fault when it is over. */
final class Aftermath {
    private static final long AFTERWARDS_MICROS = 15_000_000;

    private Aftermath() {}

    /**
     * Adds the longest wait for an answer to what was asked in the 15 s after each of these faults: the cluster is whole
     * again, and nothing may still wait for what the fault has left behind.
     */
    static void figure(Run run, String id, List<Run.Mark> faults, List<Figure> figures) {
        Histogram waits = Latency.empty();
        faults.forEach(fault -> waits.add(
                Latency.commands(run.load().histories(), new Window(fault.to(), fault.to() + AFTERWARDS_MICROS))));
        figures.add(Figure.time(
                id, "asked after the heal, longest", (double) waits.getMaxValue(), waits.getTotalCount(), 0));
    }
}
