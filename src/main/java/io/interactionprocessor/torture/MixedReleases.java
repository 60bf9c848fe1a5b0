package io.interactionprocessor.torture;

import io.interactionprocessor.torture.report.Figure;
import java.util.ArrayList;
import java.util.List;

/** R8: the cluster runs the previous release, and node by node becomes this one. */
final class MixedReleases extends RollingRestart {
    private boolean same;

    @Override
    public String id() {
        return "R8";
    }

    @Override
    public String title() {
        return "rolling restart from the previous release to this one";
    }

    @Override
    public boolean onPreviousRelease() {
        return true;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        same = run.options().previous().isEmpty();
        for (int node = 0; node < run.nodes().size(); node++) {
            run.faults().release(node, run.options().java());
        }
        super.run(run);
    }

    @Override
    public List<Figure> figures(Run run) {
        List<Figure> figures = new ArrayList<>(super.figures(run));
        figures.add(Figure.fact(
                id(), "releases", same ? "no previous one was given: this one" : "the previous one and this one"));
        return figures;
    }
}
