package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Answering;
import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.history.Verdict;
import io.interactionprocessor.torture.history.Window;
import io.interactionprocessor.torture.load.Intruder;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** R9: 100,000 malformed frames on 20 sockets beside the load. */
final class MalformedFrames implements Scenario {
    private static final int FRAMES = 100_000;
    private static final int SOCKETS = 20;
    private static final int LONGEST_S = 600;
    private static final int LEAK = 8;
    private static final double WORSE_LIMIT = 10;
    /** Long enough for a 99th percentile of 3,000 commands. */
    private static final Duration BEFORE = Duration.ofSeconds(60);

    private static final Duration AFTER = Duration.ofSeconds(5);

    /**
     * How the service may end a socket, by what was sent on it; 1000: the harness has ended it. Too often, by what the service
     * itself has called malformed: before that it must not end it, and then it must.
     */
    private static final Set<String> RIGHT = Set.of(
            "malformed too often 1008",
            "malformed 1000",
            "binary 1003",
            "too long 1009",
            "bits flipped, ended",
            "bits flipped, went on");

    private final List<Intruder> intruders = new ArrayList<>();
    private Window quiet;
    private Window loud;
    private double leaked = Double.NaN;

    @Override
    public String id() {
        return "R9";
    }

    @Override
    public String title() {
        return "malformed frames beside the load";
    }

    @Override
    public Need need() {
        return Need.NOTHING;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        long start = Micros.now();
        run.pause(run.options().early() ? AFTER : BEFORE);
        quiet = new Window(start, Micros.now());
        List<Double> before = descriptors(run);
        int frames = run.options().scaled(FRAMES) / SOCKETS;
        Run.Mark mark = run.begin("malformed frames", -1);
        run.load().await(LONGEST_S, () -> {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                Intruder intruder = run.load().intruder(run.options().seed() * SOCKETS + i);
                intruders.add(intruder);
                all.add(intruder.run(run.nodes().url(i % run.nodes().size()), frames));
            }
            return Future.join(all);
        });
        loud = new Window(mark.from(), run.marked(mark).to());
        run.pause(AFTER);
        leaked = leaked(before, descriptors(run));
    }

    /** Returns how many descriptors nodes have more than a few more than before; NaN if that of one is not known. */
    static double leaked(List<Double> before, List<Double> after) {
        return before.isEmpty()
                ? Double.NaN
                : IntStream.range(0, before.size())
                        .mapToDouble(i -> Math.max(0, after.get(i) - before.get(i) - LEAK))
                        .sum();
    }

    private static List<Double> descriptors(Run run) {
        List<Double> counts = new ArrayList<>();
        for (int i = 0; run.faults() != null && i < run.nodes().size(); i++) {
            counts.add(run.faults().footprint(i).descriptors());
        }
        return counts;
    }

    @Override
    public List<Figure> figures(Run run) {
        int sent = sum(Intruder::sent);
        Map<String, Integer> endings = new TreeMap<>();
        intruders.forEach(
                intruder -> intruder.endings().forEach((how, count) -> endings.merge(how, count, Integer::sum)));
        int all = endings.values().stream().mapToInt(Integer::intValue).sum();
        Verdict internal = Answering.failures(run.load().histories(), run.window(), Set.of("internalError"));
        Histogram before = Latency.commands(run.load().histories(), quiet);
        Histogram meanwhile = Latency.commands(run.load().histories(), loud);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.fact(id(), "malformed frames", Integer.toString(sent)));
        int answers = sum(Intruder::answers);
        figures.add(Figure.fact(
                id(), "answers to them", answers + ", of which " + sum(Intruder::malformed) + " say malformed"));
        figures.add(Figure.none(
                id(),
                "internal errors",
                internal.count() + sum(Intruder::internalErrors),
                internal.of() + answers,
                "answers"));
        String leaks = "leaked sockets";
        figures.add(
                Double.isNaN(leaked)
                        ? Figure.uncounted(id(), leaks)
                        : Figure.none(id(), leaks, (long) leaked, all, "sockets"));
        figures.add(Figure.none(id(), "wrong close codes", wrong(endings), all, "sockets"));
        figures.add(Figure.fact(id(), "how sockets ended", endings.toString()));
        figures.add(Figure.none(id(), "sockets neither ended nor served", sum(Intruder::stuck), all, "sockets"));
        figures.add(Figure.below(
                id(),
                "others' p99 worse by",
                Latency.growth(before, meanwhile),
                " %",
                WORSE_LIMIT,
                Figure.shown((double) before.getValueAtPercentile(99)) + " -> "
                        + Figure.shown((double) meanwhile.getValueAtPercentile(99)),
                Figure.Kind.TIME));
        return figures;
    }

    static int wrong(Map<String, Integer> endings) {
        return endings.entrySet().stream()
                .filter(ending -> !RIGHT.contains(ending.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private int sum(ToIntFunction<Intruder> count) {
        return intruders.stream().mapToInt(count).sum();
    }
}
