package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.CallFates;
import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.history.LinkDown;
import io.interactionprocessor.torture.history.Window;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.load.StatusWatch;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** R5: the link to the switch is cut for 1, 10 and 60 s, and half open. */
final class LinkLoss implements Scenario {
    private static final Duration LENGTH = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final long LONGEST_RESYNC = 30_000_000;
    private static final long LONGEST_BACK = 10_000_000;
    private static final double NOTICE_LIMIT = 6_000_000;
    private static final double RESYNC_LIMIT = 5_000_000;
    private static final double AT_ONCE = 500_000;
    private static final int EXAMPLES = 3;

    private final Histogram noticed = Latency.empty();
    private final Histogram returned = Latency.empty();
    private final Histogram resync = Latency.empty();
    private final List<Window> down = new ArrayList<>();
    private int unnoticed;
    private int notBack;

    private record Loss(String state, int seconds, boolean mustShow) {}

    private static final List<Loss> LOSSES = List.of(
            new Loss("down", 10, true),
            new Loss("silent", 15, true),
            new Loss("down", 1, false),
            new Loss("down", 60, true));

    @Override
    public String id() {
        return "R5";
    }

    @Override
    public String title() {
        return "the link to the switch lost, and half open";
    }

    @Override
    public Need need() {
        return Need.SWITCH;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        List<StatusWatch> watches = new ArrayList<>();
        for (String url : run.nodes().urls()) {
            watches.add(run.load().watch(url));
        }
        long end = Micros.now() + run.options().duration(LENGTH).toNanos() / 1000;
        for (int i = 0; i < LOSSES.size() && (i == 0 || Micros.now() < end); i++) {
            lose(run, LOSSES.get(i), watches);
            run.pause(PAUSE);
        }
        run.load()
                .await(
                        10,
                        () -> Future.join(
                                watches.stream().map(StatusWatch::close).toList()));
    }

    private void lose(Run run, Loss loss, List<StatusWatch> watches) throws InterruptedException {
        Run.Mark lost = run.begin("link " + loss.state() + " for " + loss.seconds() + " s", -1);
        run.load().link(loss.state());
        run.pause(Duration.ofSeconds(loss.seconds()));
        // nobody can be told that it is back before this; before the next line is done somebody may
        long back = Micros.now();
        run.load().link("up");
        Run.Mark up = run.marked(lost);
        boolean allTold = true;
        long toldAt = lost.from();
        for (StatusWatch watch : watches) {
            long at = watch.firstAfter(lost.from(), "OutOfService");
            if (at >= 0) {
                noticed.recordValue(at - lost.from());
                toldAt = Math.max(toldAt, at);
            } else {
                allTold = false;
                unnoticed += loss.mustShow() ? 1 : 0;
            }
        }
        awaitResync(run, up.to());
        for (StatusWatch watch : watches) {
            long out = watch.firstAfter(lost.from(), "OutOfService");
            if (out >= 0) {
                long at = awaitBack(run, watch, out);
                if (at >= 0) {
                    // a client may hear of it before this process knows that it has put the link up
                    returned.recordValue(Math.max(0, at - up.to()));
                    back = Math.min(back, at);
                } else {
                    notBack++;
                }
            }
        }
        if (allTold) {
            LinkDown.stretch(toldAt, back).ifPresent(down::add);
        }
    }

    /** Switch and clients may say the same before a client has been told that the link is back. */
    private static long awaitBack(Run run, StatusWatch watch, long out) throws InterruptedException {
        long end = Micros.now() + LONGEST_BACK;
        long at = watch.firstAfter(out, "InService");
        while (at < 0 && Micros.now() < end) {
            run.pause(Duration.ofMillis(50));
            at = watch.firstAfter(out, "InService");
        }
        return at;
    }

    /** Under load calls come and go all the time: in sync is the first moment at which both sides say the same. */
    private void awaitResync(Run run, long since) throws InterruptedException {
        while (Micros.now() < since + LONGEST_RESYNC) {
            Optional<Map<String, Integer>> atSwitch = run.load().callsAtSwitch();
            Map<String, Integer> atClients = run.load().callsAtClients();
            long now = Micros.now();
            if (atSwitch.isEmpty()) {
                run.tell("  the switch's side does not answer");
            } else if (CallFates.missed(atSwitch.get(), atClients, now).count() == 0
                    && CallFates.ghosts(atSwitch.get(), atClients, now).count() == 0) {
                resync.recordValue(now - since);
                return;
            }
            run.pause(Duration.ofMillis(50));
        }
        run.tell("  no resync within " + LONGEST_RESYNC / 1_000_000 + " s");
        resync.recordValue(LONGEST_RESYNC);
    }

    @Override
    public List<Figure> figures(Run run) {
        LinkDown commands = LinkDown.check(run.load().histories(), down);
        commands.otherwise().violations().stream()
                .limit(EXAMPLES)
                .forEach(each -> run.tell("  " + each.who() + ": " + each.what()));
        List<Figure> figures = new ArrayList<>();
        figures.add(time("noticed (OutOfService) after, longest", noticed, 100, NOTICE_LIMIT));
        figures.add(none("nodes that did not notice", unnoticed, noticed.getTotalCount() + unnoticed, "times"));
        figures.add(time("commands fail meanwhile, p99", commands.times(), 99, AT_ONCE));
        figures.add(none(
                "answered otherwise while down",
                commands.otherwise().count(),
                commands.otherwise().of(),
                commands.otherwise().unit()));
        figures.add(Figure.fact(id(), "refused meanwhile by their object's state", Long.toString(commands.refused())));
        figures.add(time("in service again after, longest", returned, 100, 0));
        figures.add(none("nodes that did not come back", notBack, returned.getTotalCount() + notBack, "times"));
        figures.add(time("resync, longest", resync, 100, RESYNC_LIMIT));
        return figures;
    }

    private Figure none(String name, long wrong, long of, String unit) {
        return Figure.none(id(), name, wrong, of, unit);
    }

    private Figure time(String name, Histogram histogram, double percentile, double limit) {
        return Figure.time(
                id(), name, (double) histogram.getValueAtPercentile(percentile), histogram.getTotalCount(), limit);
    }
}
