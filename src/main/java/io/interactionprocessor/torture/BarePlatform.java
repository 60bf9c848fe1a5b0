package io.interactionprocessor.torture;

import io.interactionprocessor.torture.ground.BareNodes;
import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * R0, the baseline: how soon nodes of the bare platform notice that one of them was killed, is frozen or cut off, and are one
 * cluster again after it. No service and no load: the service can be no faster than this.
 */
final class BarePlatform {
    static final String ID = "R0";

    private static final int ROUNDS = 3;
    private static final long LONGEST = 90_000_000;
    private static final Duration FAULT = Duration.ofSeconds(12);
    private static final Duration LONG_FAULT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final BareNodes nodes;
    private final int size;
    private final Progress progress;
    private final List<Figure> figures = new ArrayList<>();
    private final Histogram killed = Latency.empty();
    private final Histogram frozen = Latency.empty();
    private final Histogram thawed = Latency.empty();
    private final Histogram cut = Latency.empty();
    private final Histogram healed = Latency.empty();
    private int unnoticed;

    BarePlatform(BareNodes nodes, int size, Progress progress) {
        this.nodes = nodes;
        this.size = size;
        this.progress = progress;
    }

    /** Measures; blocks. */
    List<Figure> measure() throws InterruptedException {
        progress.tell(ID + ": the bare platform: killed, frozen, cut off");
        nodes.start(IntStream.range(0, size).toArray());
        nodes.awaitMembers(size, -1, LONGEST);
        for (int round = 0; round < ROUNDS; round++) {
            int victim = round % size;
            if (nodes.canCut()) {
                Duration length = round == 0 ? LONG_FAULT : FAULT;
                part(victim, () -> nodes.cut(victim), nodes::heal, length, cut, healed, "cut off");
            }
            part(victim, () -> nodes.freeze(victim), () -> nodes.thaw(victim), FAULT, frozen, thawed, "frozen");
            kill(victim);
        }
        add("a killed node is no longer a member after, longest", killed);
        add("a frozen node is no longer a member after, longest", frozen);
        add("one cluster again after the thaw, longest", thawed);
        add("a node that is cut off is no longer a member after, longest", cut);
        add("one cluster again after the heal, longest", healed);
        figures.add(Figure.fact(ID, "not noticed within " + LONGEST / 1_000_000 + " s", Integer.toString(unnoticed)));
        return figures;
    }

    private void part(
            int victim, Runnable begin, Runnable end, Duration length, Histogram lost, Histogram back, String what)
            throws InterruptedException {
        long from = Micros.now();
        begin.run();
        note(what, lost, from, nodes.awaitMembers(size - 1, victim, LONGEST));
        Thread.sleep(Math.max(0, length.toMillis() - (Micros.now() - from) / 1000));
        long over = Micros.now();
        end.run();
        note("no longer " + what, back, over, nodes.awaitMembers(size, -1, LONGEST));
        Thread.sleep(PAUSE.toMillis());
    }

    private void kill(int victim) throws InterruptedException {
        long from = Micros.now();
        nodes.kill(victim);
        note("killed", killed, from, nodes.awaitMembers(size - 1, victim, LONGEST));
        nodes.start(victim);
        nodes.awaitMembers(size, -1, LONGEST);
        Thread.sleep(PAUSE.toMillis());
    }

    private void note(String what, Histogram histogram, long from, long seen) {
        if (seen < 0) {
            unnoticed++;
            progress.tell("  " + what + ": not noticed");
        } else {
            // seen before it began: all saw already what they were to see
            long after = Math.max(0, seen - from);
            histogram.recordValue(after);
            progress.tell("  " + what + ": seen by all after " + Figure.shown((double) after));
        }
    }

    private void add(String name, Histogram histogram) {
        figures.add(Figure.time(ID, name, (double) histogram.getMaxValue(), histogram.getTotalCount(), 0));
    }
}
