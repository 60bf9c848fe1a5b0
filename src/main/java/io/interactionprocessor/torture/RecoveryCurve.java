package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.history.Survival;
import io.interactionprocessor.torture.history.Window;
import io.interactionprocessor.torture.load.Desk;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * R14: how long recovery takes after one kill, with 100, 1,000, 5,000 and 20,000 sessions, whose clients come back after 0 to
 * 2 s.
 */
final class RecoveryCurve implements Scenario {
    private static final List<Integer> SIZES = List.of(100, 1_000, 5_000, 20_000);
    private static final int LANES = 24;
    private static final int LONGEST_S = 900;
    private static final double FLAT = 2;
    private static final Duration BACK = Duration.ofSeconds(20);
    /** So often that again until all are back: many clients on few processors take their time, which is not a loss. */
    private static final int LONGEST_BACK = 5;

    private static final int FIRST_SPARE = 1_200;

    private final Map<Integer, Histogram> curve = new TreeMap<>();
    private int lost;
    private int all;

    @Override
    public String id() {
        return "R14";
    }

    @Override
    public String title() {
        return "recovery after one kill, with more and more sessions";
    }

    @Override
    public Need need() {
        return Need.PROCESSES;
    }

    @Override
    public boolean onLoopback() {
        return true;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        List<Desk> desks = new ArrayList<>();
        int most = Machine.descriptors() * 3 / 4;
        for (int i = 0; i < SIZES.size(); i++) {
            int size = Math.min(run.options().scaled(SIZES.get(i)), most)
                    - (int) run.load().loggedIn();
            if (size > desks.size()) {
                run.tell("  " + size + " sessions more than those under load");
                run.load().await(LONGEST_S, () -> fill(run, desks, size));
            }
            kill(run, i % run.nodes().size());
        }
        run.load()
                .await(
                        LONGEST_S,
                        () -> Future.join(desks.stream().map(Desk::close).toList()));
    }

    private static Future<Void> fill(Run run, List<Desk> desks, int size) {
        List<Future<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(next(run, desks, size));
        }
        return Future.join(lanes).mapEmpty();
    }

    private static Future<Void> next(Run run, List<Desk> desks, int size) {
        if (desks.size() >= size) {
            return Future.succeededFuture();
        }
        int number = desks.size();
        Desk desk = run.load().usualDesk(run.load().spare(FIRST_SPARE + number));
        desks.add(desk);
        return desk.connect(run.nodes().url(number % run.nodes().size()))
                .compose(connected -> desk.prepare(true))
                .compose(granted -> desk.take())
                .transform(done -> next(run, desks, size));
    }

    private void kill(Run run, int victim) throws InterruptedException {
        int sessions = (int) Survival.alive(run.load().histories());
        Run.Mark killed = run.begin(sessions + " sessions, kill -9", victim);
        run.faults().kill(victim);
        run.pause(BACK);
        for (int i = 0; i < LONGEST_BACK && lost(run, killed) > 0; i++) {
            run.pause(BACK);
        }
        Window window = new Window(killed.from() - 100_000, Micros.now());
        Histogram recovery = Latency.empty();
        Survival.outages(run.load().histories(), window).forEach(outage -> recovery.recordValue(outage.length()));
        curve.put(sessions, recovery);
        all += (int) recovery.getTotalCount();
        lost += lost(run, killed);
        run.faults().start(victim);
        run.faults().awaitReady(victim);
        run.marked(killed);
    }

    private static int lost(Run run, Run.Mark killed) {
        Window window = new Window(killed.from() - 100_000, Micros.now());
        return Survival.lost(run.load().histories(), window, true).count();
    }

    @Override
    public List<Figure> figures(Run run) {
        List<Figure> figures = new ArrayList<>();
        curve.forEach((sessions, recovery) -> {
            String of = "recovery with " + sessions + " sessions, ";
            figures.add(Figure.time(
                    id(), of + "p50", (double) recovery.getValueAtPercentile(50), recovery.getTotalCount(), 0));
            figures.add(Figure.time(
                    id(), of + "p99", (double) recovery.getValueAtPercentile(99), recovery.getTotalCount(), 0));
        });
        double[] p99 = curve.values().stream()
                .filter(each -> each.getTotalCount() > 0)
                .mapToDouble(each -> (double) each.getValueAtPercentile(99))
                .toArray();
        figures.add(Figure.below(
                id(), "longest p99 by shortest", spread(p99), "", FLAT, p99.length + " sizes", Figure.Kind.TIME));
        figures.add(Figure.none(id(), "sessions lost in these kills", lost, all, "sessions"));
        return figures;
    }

    /** Returns how many times the shortest the longest is; NaN if there are not two to compare. */
    static double spread(double... times) {
        double longest = Arrays.stream(times).max().orElse(Double.NaN);
        double shortest = Arrays.stream(times).min().orElse(Double.NaN);
        return times.length < 2 ? Double.NaN : Math.rint(100 * longest / shortest) / 100;
    }
}
