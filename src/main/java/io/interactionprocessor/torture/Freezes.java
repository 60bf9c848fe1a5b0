package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** R4: one node's process stands still for 4, 8 and 30 s, and for 1.7 s, which nobody notices, and goes on. */
final class Freezes implements Scenario {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(5);
    private static final double[] SECONDS = {1.7, 1.7, 1.7, 8, 4, 30};
    private static final Duration CHALLENGE = Duration.ofMillis(200);

    private final List<Duels> fought = new ArrayList<>();
    private final Heals heals = new Heals();
    private final Histogram moves = Latency.empty();
    private final List<Run.Mark> over = new ArrayList<>();
    private ImpatientClients impatient;

    @Override
    public String id() {
        return "R4";
    }

    @Override
    public String title() {
        return "one node frozen (SIGSTOP), then thawed";
    }

    @Override
    public Need need() {
        return Need.PROCESSES;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        long end = Micros.now() + run.options().duration(LENGTH).toNanos() / 1000;
        impatient = new ImpatientClients(run);
        impatient.begin();
        for (int round = 0; round < SECONDS.length && (round == 0 || Micros.now() < end); round++) {
            freeze(run, round % run.nodes().size(), Duration.ofMillis((long) (1_000 * SECONDS[round])));
            run.pause(run.options().early() ? SHORT_PAUSE : PAUSE);
        }
        impatient.end();
    }

    private void freeze(Run run, int victim, Duration length) throws InterruptedException {
        Duels duels = new Duels(run, victim);
        duels.begin();
        Run.Mark frozen = run.begin("frozen for " + length.toMillis() / 1000.0 + " s:", victim);
        run.faults().freeze(victim);
        run.pause(CHALLENGE);
        duels.challenge();
        run.pause(length.minus(CHALLENGE));
        Run.Mark thawed = run.marked(frozen);
        run.faults().thaw(victim);
        over.add(thawed);
        run.isolated(Set.of(victim), thawed.from(), thawed.to());
        run.tell("  thawed");
        heals.await(run, victim, thawed);
        Moves.record(run, victim, thawed, moves);
        duels.end();
        fought.add(duels);
    }

    @Override
    public List<Figure> figures(Run run) {
        List<Figure> figures = new ArrayList<>();
        Duels.figures(id(), fought, figures);
        figures.add(impatient.figure(id()));
        figures.addAll(heals.figures(id()));
        figures.add(Figure.time(
                id(),
                "from the freeze to another node, p99",
                (double) moves.getValueAtPercentile(99),
                moves.getTotalCount(),
                0));
        Aftermath.figure(run, id(), over, figures);
        return figures;
    }
}
