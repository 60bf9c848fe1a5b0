package io.interactionprocessor.torture;

import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** R11: the load for an hour. What grows, leaks. */
final class Soak implements Scenario {
    private static final Duration LENGTH = Duration.ofHours(1);
    private static final int SAMPLES = 30;
    private static final int SETTLING = 5;
    private static final double SLOPE_LIMIT = 1;
    private static final double MICROS_PER_HOUR = 3.6e9;
    private static final int LEFT = 30;

    private final List<double[]> heaps = new ArrayList<>();
    private double descriptorsBefore = Double.NaN;
    private double descriptorsAfter = Double.NaN;
    private double threadsBefore = Double.NaN;
    private double threadsAfter = Double.NaN;

    @Override
    public String id() {
        return "R11";
    }

    @Override
    public String title() {
        return "a long run with agents who come and go";
    }

    @Override
    public Need need() {
        return Need.PROCESSES;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        Duration step = run.options().duration(LENGTH).dividedBy(SAMPLES);
        for (int i = 0; i <= SAMPLES; i++) {
            double heap = 0;
            double descriptors = 0;
            double threads = 0;
            for (int node = 0; node < run.nodes().size(); node++) {
                heap += run.faults().heapAfterCollection(node) / run.nodes().size();
                descriptors += run.faults().footprint(node).descriptors();
                threads += run.faults().footprint(node).threads();
            }
            heaps.add(new double[] {Micros.now() / MICROS_PER_HOUR, heap});
            descriptorsBefore = i == SETTLING ? descriptors : descriptorsBefore;
            threadsBefore = i == SETTLING ? threads : threadsBefore;
            descriptorsAfter = descriptors;
            threadsAfter = threads;
            if (i < SAMPLES) {
                run.pause(step);
            }
        }
    }

    /** The slope of the line with the least squares, in MB an hour; NaN if a sample is, or there are not two. */
    static double slope(List<double[]> samples) {
        double x = samples.stream().mapToDouble(each -> each[0]).average().orElse(0);
        double y = samples.stream().mapToDouble(each -> each[1]).average().orElse(0);
        double above = samples.stream()
                .mapToDouble(each -> (each[0] - x) * (each[1] - y))
                .sum();
        double below = samples.stream()
                .mapToDouble(each -> (each[0] - x) * (each[0] - x))
                .sum();
        return below == 0 ? Double.NaN : above / below;
    }

    private static String shown(double slope) {
        return Double.isNaN(slope) ? "?" : String.format(Locale.ROOT, "%.1f MB/h", slope);
    }

    @Override
    public List<Figure> figures(Run run) {
        List<double[]> settled = heaps.subList(Math.min(SETTLING, heaps.size()), heaps.size());
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.below(
                id(),
                "slope of the heap after collections, of a node",
                slope(settled),
                " MB/h",
                SLOPE_LIMIT,
                settled.size() + " samples in " + run.options().duration(LENGTH).toMinutes() + " min",
                Figure.Kind.TIME));
        // What only fills fills ever more slowly; what leaks does not.
        figures.add(Figure.fact(
                id(),
                "the same, first half, second half",
                shown(slope(settled.subList(0, settled.size() / 2))) + ", "
                        + shown(slope(settled.subList(settled.size() / 2, settled.size())))));
        figures.add(Figure.fact(
                id(),
                "heap after collections, of a node",
                settled.stream().map(each -> Costs.shown(each[1], "")).collect(Collectors.joining(" ")) + " MB"));
        figures.add(Figure.below(
                id(),
                "descriptors more than after the beginning",
                descriptorsAfter - descriptorsBefore,
                "",
                LEFT,
                "of " + Costs.shown(descriptorsAfter, ""),
                Figure.Kind.CORRECTNESS));
        figures.add(Figure.below(
                id(),
                "threads more than after the beginning",
                threadsAfter - threadsBefore,
                "",
                LEFT,
                "of " + Costs.shown(threadsAfter, ""),
                Figure.Kind.CORRECTNESS));
        return figures;
    }
}
