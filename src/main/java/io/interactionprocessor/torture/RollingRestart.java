package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Answering;
import io.interactionprocessor.torture.history.Survival;
import io.interactionprocessor.torture.history.Verdict;
import io.interactionprocessor.torture.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** R7: every node in turn is asked to drain and end (SIGTERM), and started again; the next one once this says it is ready. */
class RollingRestart implements Scenario {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(2);
    private static final int MOST_RETURNS = 2;
    private static final double LONGEST_GAP = 3_000_000;

    private int dirty;
    private int unready;

    @Override
    public String id() {
        return "R7";
    }

    @Override
    public String title() {
        return "rolling restart of all nodes";
    }

    @Override
    public Need need() {
        return Need.PROCESSES;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        for (int node = 0; node < run.nodes().size(); node++) {
            Run.Mark stopped = run.begin("restart", node);
            int status = run.faults().stop(node);
            dirty += status == 0 ? 0 : 1;
            run.tell("  it ended with " + status);
            run.faults().start(node);
            run.faults().awaitReady(node);
            run.marked(stopped);
            unready += Readiness.await(run, node).isPresent() ? 0 : 1;
            run.tell("  it is back");
            run.pause(run.options().early() ? SHORT_PAUSE : PAUSE);
        }
    }

    @Override
    public List<Figure> figures(Run run) {
        Verdict failed = Answering.failures(run.load().histories(), run.window(), CommonFigures.FAULTS);
        var returns = Survival.returns(run.load().histories(), run.window());
        var outages = Survival.outages(run.load().histories(), run.window());
        int most = returns.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        double longest =
                outages.stream().mapToLong(Survival.Outage::length).max().orElse(0);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.none(id(), "failed commands", failed.count(), failed.of(), "answers"));
        figures.add(Figure.none(
                id(), "nodes that did not end in order", dirty, run.nodes().size(), "nodes"));
        figures.add(Figure.none(
                id(), "nodes that did not get ready", unready, run.nodes().size(), "nodes"));
        figures.add(Figure.atMost(
                id(),
                "reconnections of one client, own moves apart, most",
                most,
                MOST_RETURNS,
                returns.size(),
                "clients"));
        figures.add(Figure.time(id(), "longest gap", longest, outages.size(), LONGEST_GAP));
        return figures;
    }
}
