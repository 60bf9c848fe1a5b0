package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.load.Desk;
import io.interactionprocessor.torture.load.Flood;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** R10: 20,000 connections in 60 s, half of which never speak, slow handshakes and a flood of pings; meanwhile agents log in. */
final class ConnectionFlood implements Scenario {
    private static final int CONNECTIONS = 20_000;
    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final Duration AFTER = Duration.ofSeconds(30);
    private static final int SLOW_PER_MILLE = 200;
    private static final long LOGIN_EVERY_MS = 250;
    private static final double LOGIN_LIMIT = 1_000_000;
    private static final int FIRST_SPARE = 800;
    private static final int SPARES = 200;
    private static final int LEFT = 50;

    private final Histogram logins = Latency.empty();
    private Flood flood;
    private double peak;
    private double left = Double.NaN;
    private int next;

    @Override
    public String id() {
        return "R10";
    }

    @Override
    public String title() {
        return "a flood of connections that hardly speak";
    }

    @Override
    public Need need() {
        return Need.NOTHING;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        double before = descriptors(run);
        double seconds = run.options().duration(LENGTH).toSeconds();
        double rate = run.options().scaled(CONNECTIONS) / (double) LENGTH.toSeconds();
        Run.Mark mark = run.begin("connections", -1);
        long[] timer = {-1};
        run.load().await(10, () -> {
            flood = run.load().flood();
            timer[0] = run.vertx().setPeriodic(LOGIN_EVERY_MS, id -> logIn(run));
            return flood.begin(rate, SLOW_PER_MILLE);
        });
        long end = Micros.now() + (long) (seconds * 1e6);
        while (Micros.now() < end) {
            run.pause(Duration.ofSeconds(1));
            peak = Math.max(peak, descriptors(run));
        }
        run.load().await(30, () -> {
            run.vertx().cancelTimer(timer[0]);
            return flood.end();
        });
        run.marked(mark);
        run.pause(AFTER);
        left = descriptors(run) - before;
    }

    /** Returns how many all nodes have; NaN if that is not known of each. */
    private static double descriptors(Run run) {
        double all = run.faults() == null ? Double.NaN : 0;
        for (int i = 0; run.faults() != null && i < run.nodes().size(); i++) {
            all += run.faults().footprint(i).descriptors();
        }
        return all;
    }

    private void logIn(Run run) {
        int number = next++;
        Desk desk = run.load().desk(run.load().spare(FIRST_SPARE + number % SPARES));
        desk.expectEnd();
        long start = Micros.now();
        desk.connect(run.nodes().url(number % run.nodes().size()))
                .compose(connected -> desk.prepare(true))
                .compose(granted -> desk.take())
                .onSuccess(started -> {
                    logins.recordValue(Micros.now() - start);
                    desk.leave();
                })
                .onFailure(failure -> {
                    Future<Void> gone = desk.close();
                    gone.onFailure(already -> {});
                });
    }

    @Override
    public List<Figure> figures(Run run) {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.fact(
                id(),
                "connections",
                flood.opened() + " tried, " + flood.refused() + " refused, " + flood.asked() + " answered once; "
                        + Costs.shown(peak, " descriptors at most")));
        figures.add(Figure.time(
                id(),
                "login p99 meanwhile",
                (double) logins.getValueAtPercentile(99),
                logins.getTotalCount(),
                LOGIN_LIMIT));
        // of those begun: one that gets no answer at all has failed, too
        figures.add(Figure.none(id(), "logins that failed meanwhile", next - logins.getTotalCount(), next, "logins"));
        figures.add(Figure.below(
                id(),
                "descriptors more than before, after 30 s",
                left,
                "",
                LEFT,
                "of " + Costs.shown(peak, ""),
                Figure.Kind.CORRECTNESS));
        return figures;
    }
}
