package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Confirms;
import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.history.Verdict;
import io.interactionprocessor.torture.load.Desk;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * R12: 1,000 agents log in within 20 s; two desktops race for the session 5,000 times, in four lanes that keep the machine
 * busy. How long one take-over takes is measured before that, one after the other: else it would be how long it queues.
 */
final class LoginRaces implements Scenario {
    private static final int AGENTS = 1_000;
    private static final int LOGIN_SECONDS = 20;
    private static final int RACES = 5_000;
    private static final int LANES = 4;
    private static final int ALONE = 1_000;
    private static final int LONGEST_S = 900;
    private static final double LOGIN_LIMIT = 2_000_000;
    private static final double TAKE_OVER_P50 = 1_000;
    private static final double TAKE_OVER_P99 = 5_000;

    private final Histogram logins = Latency.empty();
    private final Histogram takeOvers = Latency.empty();
    private final Histogram inTheRaces = Latency.empty();
    private final List<Races> lanes = new ArrayList<>();
    private int failedLogins;
    private int races;

    @Override
    public String id() {
        return "R12";
    }

    @Override
    public String title() {
        return "many logins at once; two desktops race for one session";
    }

    @Override
    public Need need() {
        return Need.NOTHING;
    }

    @Override
    public boolean onLoopback() {
        return true;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        int agents = run.options().scaled(AGENTS);
        run.tell("  " + agents + " agents log in");
        List<Desk> desks = run.load().await(LOGIN_SECONDS + 60, () -> rush(run, agents));
        run.load().await(60, () -> Future.join(desks.stream().map(Desk::leave).toList()));
        int alone = run.options().scaled(ALONE);
        run.tell("  " + alone + " take-overs, one after the other");
        Races single = new Races(run, LANES, takeOvers);
        lanes.add(single);
        run.load().await(LONGEST_S, () -> single.takeOver(alone));
        races = run.options().scaled(RACES);
        run.tell("  " + races + " races");
        List<Races> racing = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            racing.add(new Races(run, i, inTheRaces));
        }
        lanes.addAll(racing);
        run.load()
                .await(
                        LONGEST_S,
                        () -> Future.join(racing.stream()
                                .map(lane -> lane.run(races / LANES))
                                .toList()));
    }

    private Future<List<Desk>> rush(Run run, int agents) {
        long gap = Math.max(1, LOGIN_SECONDS * 1_000L * agents / AGENTS / agents);
        List<Desk> desks = new ArrayList<>();
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            String url = run.nodes().url(i % run.nodes().size());
            Desk desk = run.load().desk(run.load().spare(i));
            desks.add(desk);
            all.add(run.vertx().timer(1 + i * gap).compose(now -> {
                long start = Micros.now();
                return desk.connect(url)
                        .compose(connected -> desk.prepare(true))
                        .compose(granted -> desk.take())
                        .<Void>transform(done -> {
                            failedLogins += done.failed() ? 1 : 0;
                            logins.recordValue(Micros.now() - start);
                            return Future.succeededFuture();
                        });
            }));
        }
        return Future.join(all).map(desks);
    }

    @Override
    public List<Figure> figures(Run run) {
        Verdict confirms = Confirms.check(run.load().histories(), run.window());
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.none(id(), "logins that failed", failedLogins, logins.getTotalCount(), "logins"));
        figures.add(Figure.time(
                id(),
                "login p99, from the connection on",
                (double) logins.getValueAtPercentile(99),
                logins.getTotalCount(),
                LOGIN_LIMIT));
        long of = takeOvers.getTotalCount();
        figures.add(Figure.time(id(), "take-over p50", (double) takeOvers.getValueAtPercentile(50), of, TAKE_OVER_P50));
        figures.add(Figure.time(id(), "take-over p99", (double) takeOvers.getValueAtPercentile(99), of, TAKE_OVER_P99));
        long more = inTheRaces.getTotalCount();
        figures.add(Figure.time(
                id(), "take-over p99 while four race", (double) inTheRaces.getValueAtPercentile(99), more, 0));
        figures.add(Figure.none(
                id(),
                "the older of two logins won",
                lanes.stream().mapToInt(Races::wrongWinners).sum(),
                of + more,
                "races"));
        figures.add(Figure.none(
                id(),
                "nobody won",
                lanes.stream().mapToInt(Races::withoutWinner).sum(),
                races / Races.KINDS * 2L,
                "races"));
        figures.add(Figure.none(
                id(),
                "races that broke off",
                lanes.stream().mapToInt(Races::unfinished).sum(),
                lanes.stream().mapToInt(Races::begun).sum(),
                "races"));
        figures.add(Figure.none(id(), "wrong confirm", confirms.count(), confirms.of(), confirms.unit()));
        return figures;
    }
}
