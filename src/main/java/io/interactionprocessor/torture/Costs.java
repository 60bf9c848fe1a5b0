package io.interactionprocessor.torture;

import io.interactionprocessor.torture.ground.Footprint;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the nodes take, as the operating system and the JVM count it. Only of nodes that were there all the time. */
final class Costs {
    private final List<Footprint> before = new ArrayList<>();
    private final long since = Micros.now();

    private Costs() {}

    static Costs begin(Run run) {
        Costs costs = new Costs();
        if (run.faults() != null) {
            for (int i = 0; i < run.nodes().size(); i++) {
                costs.before.add(run.faults().footprint(i));
            }
        }
        return costs;
    }

    List<Figure> end(String scenario, Run run) {
        List<Figure> figures = new ArrayList<>();
        List<String> cpu = new ArrayList<>();
        List<String> heap = new ArrayList<>();
        List<String> descriptors = new ArrayList<>();
        double seconds = (Micros.now() - since) / 1e6;
        for (int i = 0; i < before.size(); i++) {
            Footprint now = run.faults().footprint(i);
            double used = now.cpuSeconds() - before.get(i).cpuSeconds();
            cpu.add(used < 0 ? "restarted" : shown(100 * used / seconds, " %"));
            descriptors.add(shown(before.get(i).descriptors(), "") + " -> " + shown(now.descriptors(), ""));
            heap.add(shown(run.faults().heapAfterCollection(i), " MB"));
        }
        if (!before.isEmpty()) {
            figures.add(Figure.fact(scenario, "CPU of each node, of one processor", String.join(", ", cpu)));
            figures.add(Figure.fact(scenario, "heap after a collection", String.join(", ", heap)));
            figures.add(Figure.fact(scenario, "descriptors, before -> after", String.join(", ", descriptors)));
        }
        return figures;
    }

    /** Returns a whole number with its unit, or a question mark for one that is not known. */
    static String shown(double value, String unit) {
        return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, "%.0f%s", value, unit);
    }
}
