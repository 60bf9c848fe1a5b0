package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** R3: one node is cut off from the others, for 12 s and 60 s, in both directions and in one. */
final class Cuts implements Scenario {
    private static final Duration LENGTH = Duration.ofMinutes(8);
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(3);
    private static final int SHORT_S = 12;
    private static final int LONG_S = 60;
    private static final int ROUNDS = 10;

    private final List<Duels> fought = new ArrayList<>();
    private final List<RefusedLogins> refused = new ArrayList<>();
    private final Heals heals = new Heals();
    private final Histogram moves = Latency.empty();
    private final List<Run.Mark> over = new ArrayList<>();

    private enum Way {
        BOTH("cut off"),
        DEAF("hears nobody:"),
        MUTE("is heard by nobody:");

        private final String words;

        Way(String words) {
            this.words = words;
        }
    }

    @Override
    public String id() {
        return "R3";
    }

    @Override
    public String title() {
        return "one node cut off from the others";
    }

    @Override
    public Need need() {
        return Need.CUTS;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        long end = Micros.now() + run.options().duration(LENGTH).toNanos() / 1000;
        int rounds = run.options().early() ? 1 : ROUNDS;
        for (int round = 0; round < rounds && (round == 0 || Micros.now() < end); round++) {
            Way way = round % 3 == 1 ? Way.DEAF : round % 5 == 3 ? Way.MUTE : Way.BOTH;
            cut(run, round % run.nodes().size(), way, Duration.ofSeconds(round % 4 == 2 ? LONG_S : SHORT_S));
            run.pause(run.options().early() ? SHORT_PAUSE : PAUSE);
        }
    }

    private void cut(Run run, int victim, Way way, Duration length) throws InterruptedException {
        Duels duels = new Duels(run, victim);
        duels.begin();
        // of a login whose answer alone is lost nobody knows whether it has happened
        RefusedLogins logins = way == Way.BOTH ? new RefusedLogins(run, victim) : null;
        if (logins != null) {
            logins.begin();
            refused.add(logins);
        }
        Run.Mark cut = run.begin(way.words, victim);
        for (int other = 0; other < run.nodes().size(); other++) {
            if (other != victim) {
                if (way != Way.MUTE) {
                    run.faults().cut(other, victim);
                }
                if (way != Way.DEAF) {
                    run.faults().cut(victim, other);
                }
            }
        }
        if (logins != null) {
            logins.attempt();
        }
        run.pause(Duration.ofSeconds(1));
        duels.challenge();
        run.pause(length.minusSeconds(1));
        Run.Mark healed = run.marked(cut);
        run.faults().heal();
        over.add(healed);
        run.isolated(Set.of(victim), healed.from(), healed.to());
        run.tell("  healed");
        heals.await(run, victim, healed);
        Moves.record(run, victim, healed, moves);
        duels.end();
        fought.add(duels);
        if (logins != null) {
            logins.end();
        }
    }

    @Override
    public List<Figure> figures(Run run) {
        List<Figure> figures = new ArrayList<>();
        Duels.figures(id(), fought, figures);
        figures.add(RefusedLogins.figure(id(), refused));
        figures.addAll(heals.figures(id()));
        figures.add(Figure.time(
                id(),
                "from the cut to the other side, p99",
                (double) moves.getValueAtPercentile(99),
                moves.getTotalCount(),
                0));
        Aftermath.figure(run, id(), over, figures);
        return figures;
    }
}
