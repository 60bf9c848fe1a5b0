package io.interactionprocessor.torture;

import io.interactionprocessor.torture.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** R13: one node has hardly more heap than it needs, another cannot write its log. */
final class Shortage implements Scenario {
    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final String SMALL_HEAP = "-Xmx48m";

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
        run.faults().release(0, poor);
        run.faults().fullLog(1);
        for (int node = 0; node < 2; node++) {
            run.faults().stop(node);
            run.faults().start(node);
            run.faults().awaitReady(node);
        }
        Run.Mark mark = run.begin("little heap, full log", -1);
        run.pause(run.options().duration(LENGTH));
        run.marked(mark);
    }

    @Override
    public List<Figure> figures(Run run) {
        return List.of(Figure.fact(
                id(), "shortage", "node 1 with " + SMALL_HEAP + ", node 2 writes its log to a full device"));
    }
}
