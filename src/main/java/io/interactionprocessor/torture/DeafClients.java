package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.ClientHistory;
import io.interactionprocessor.torture.history.Happening.Bound;
import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.history.Window;
import io.interactionprocessor.torture.load.Desk;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** R6: 50 clients ask for much and stop reading. */
final class DeafClients implements Scenario {
    private static final int CLIENTS = 50;
    private static final Duration LENGTH = Duration.ofSeconds(60);
    /** Long enough for a 99th percentile of 3,000 commands. */
    private static final Duration BEFORE = Duration.ofSeconds(60);

    private static final Duration AFTER = Duration.ofSeconds(15);
    /** 200 questions a second of all of them, for two thirds of the minute. */
    private static final long ASK_MS = 250;
    /** 3 MB of answers for each client: more than the service keeps for it and the operating system on its way. */
    private static final int ROUNDS = 150;

    private static final int TEXT = 20_000;

    private static final double HEAP_LIMIT = 32;
    private static final double WORSE_LIMIT = 10;
    private static final int OVERLOADED = 1013;
    private static final int FIRST_SPARE = 700;

    private final Map<Integer, Integer> codes = new TreeMap<>();
    private double heapGrowth = Double.NaN;
    private Window quiet;
    private Window loud;
    private int resumed;

    @Override
    public String id() {
        return "R6";
    }

    @Override
    public String title() {
        return "50 clients stop reading";
    }

    @Override
    public Need need() {
        return Need.NOTHING;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        List<Desk> desks = run.load().await(60, () -> enter(run));
        long start = Micros.now();
        run.pause(BEFORE);
        quiet = new Window(start, Micros.now());
        List<Double> before = heaps(run);
        Run.Mark deaf = run.begin("50 clients stop reading", -1);
        desks.forEach(desk -> desk.reads(false));
        long[] timer = {-1};
        run.load().await(1, () -> {
            int[] rounds = {0};
            timer[0] = run.vertx().setPeriodic(ASK_MS, id -> {
                if (rounds[0]++ < ROUNDS) {
                    desks.forEach(desk -> desk.askInVain(TEXT));
                }
            });
            return Future.succeededFuture();
        });
        long half = Micros.now();
        run.pause(run.options().duration(LENGTH));
        loud = new Window(half, Micros.now());
        heapGrowth = growth(before, heaps(run));
        run.load().await(1, () -> {
            run.vertx().cancelTimer(timer[0]);
            return Future.succeededFuture();
        });
        run.marked(deaf);
        long again = Micros.now();
        desks.forEach(desk -> desk.reads(true));
        run.pause(AFTER);
        for (Desk desk : desks) {
            codes.merge(desk.awayCode(), 1, Integer::sum);
            boolean back = desk.awayCode() == 0
                    || desk.history().all(Bound.class).stream()
                            .anyMatch(bound -> bound.at() > again && bound.resumed());
            resumed += back ? 1 : 0;
        }
        run.load().await(60, () -> Future.join(desks.stream().map(Desk::leave).toList()));
    }

    private static Future<List<Desk>> enter(Run run) {
        List<Desk> desks = new ArrayList<>();
        Future<Void> last = Future.succeededFuture();
        for (int i = 0; i < CLIENTS; i++) {
            String url = run.nodes().url(i % run.nodes().size());
            Desk desk = run.load().slowDesk(run.load().spare(FIRST_SPARE + i));
            desks.add(desk);
            last = last.compose(done -> desk.connect(url))
                    .compose(connected -> desk.prepare(true))
                    .compose(granted -> desk.take())
                    .mapEmpty();
        }
        return last.map(desks);
    }

    /** Returns by how much the heap has grown that has grown most; NaN if one of them is not known, or none. */
    static double growth(List<Double> before, List<Double> after) {
        return IntStream.range(0, before.size())
                .mapToDouble(i -> after.get(i) - before.get(i))
                .max()
                .orElse(Double.NaN);
    }

    private static List<Double> heaps(Run run) {
        List<Double> heaps = new ArrayList<>();
        for (int i = 0; run.faults() != null && i < run.nodes().size(); i++) {
            heaps.add(run.faults().heapAfterCollection(i));
        }
        return heaps;
    }

    @Override
    public List<Figure> figures(Run run) {
        // The others: those that answer quickly. Requests of the deaf have no answer for as long as they do not read.
        List<ClientHistory> others = run.load().staffHistories();
        Histogram before = Latency.commands(others, quiet);
        Histogram meanwhile = Latency.commands(others, loud);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.below(
                id(),
                "heap growth of a node, most",
                heapGrowth,
                " MB",
                HEAP_LIMIT,
                CLIENTS + " clients",
                Figure.Kind.CORRECTNESS));
        figures.add(Figure.below(
                id(),
                "others' p99 worse by",
                Latency.growth(before, meanwhile),
                " %",
                WORSE_LIMIT,
                Figure.shown((double) before.getValueAtPercentile(99)) + " -> "
                        + Figure.shown((double) meanwhile.getValueAtPercentile(99)),
                Figure.Kind.TIME));
        int wrong = codes.entrySet().stream()
                .filter(code -> code.getKey() != OVERLOADED && code.getKey() != 0)
                .mapToInt(Map.Entry::getValue)
                .sum();
        figures.add(Figure.none(id(), "wrong close codes", wrong, CLIENTS, "clients"));
        figures.add(Figure.fact(id(), "close codes", codes.toString()));
        figures.add(Figure.none(id(), "clients that did not resume", CLIENTS - resumed, CLIENTS, "clients"));
        return figures;
    }
}
