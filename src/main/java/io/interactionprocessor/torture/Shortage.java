package io.interactionprocessor.torture;

import io.interactionprocessor.torture.load.Newcomer;
import io.interactionprocessor.torture.report.Figure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * R13: one node has hardly more heap than it needs, another cannot write its log. The first has to turn newcomers away, with
 * the code for it, as long as more than 70 % of its heap are in use; the second has no reason to.
 */
final class Shortage implements Scenario {
    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final String SMALL_HEAP = "-Xmx48m";
    private static final int POOR = 0;
    private static final int MUTE = 1;

    private Newcomer atThePoor;
    private Newcomer atTheMute;

    @Override
    public String id() {
        return "R13";
    }

    @Override
    public String title() {
        return "a node with little heap, a node whose log is full";
    }

    @Override
    public Need need() {
        return Need.PROCESSES;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        List<String> poor = new ArrayList<>(run.options().java());
        poor.removeIf(option -> option.startsWith("-Xmx"));
        poor.add(1, SMALL_HEAP);
        run.faults().release(POOR, poor);
        run.faults().fullLog(MUTE);
        for (int node : List.of(POOR, MUTE)) {
            run.faults().stop(node);
            run.faults().start(node);
            run.faults().awaitReady(node);
        }
        Run.Mark mark = run.begin("little heap, full log", -1);
        atThePoor = run.load().newcomer(run.nodes().url(POOR));
        atTheMute = run.load().newcomer(run.nodes().url(MUTE));
        run.load().await(10, () -> Future.all(atThePoor.begin(), atTheMute.begin()));
        run.pause(run.options().duration(LENGTH));
        run.load().await(10, () -> Future.all(atThePoor.end(), atTheMute.end()));
        run.marked(mark);
    }

    @Override
    public List<Figure> figures(Run run) {
        String others = "newcomers at the node with little heap who had neither a connection nor 503";
        return List.of(
                Figure.fact(
                        id(),
                        "shortage",
                        "node 1 with " + SMALL_HEAP + ", node 2 writes its log to a full device; node 1 turned away "
                                + atThePoor.turnedAway() + " of " + atThePoor.asked() + " newcomers"),
                // a node that was never full has not been seen to shed anything
                atThePoor.turnedAway() == 0
                        ? Figure.uncounted(id(), others)
                        : Figure.none(id(), others, atThePoor.otherwise(), atThePoor.asked(), "newcomers"),
                Figure.none(
                        id(),
                        "newcomers at the node with the full log who had no connection",
                        atTheMute.turnedAway() + atTheMute.otherwise(),
                        atTheMute.asked(),
                        "newcomers"));
    }
}
