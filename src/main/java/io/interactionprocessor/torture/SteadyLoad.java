package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Answering;
import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.history.Logins;
import io.interactionprocessor.torture.history.Verdict;
import io.interactionprocessor.torture.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** R1: no fault. */
final class SteadyLoad implements Scenario {
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final double LIMIT = 50_000;

    @Override
    public String id() {
        return "R1";
    }

    @Override
    public String title() {
        return "no fault";
    }

    @Override
    public Need need() {
        return Need.NOTHING;
    }

    @Override
    public void run(Run run) throws InterruptedException {
        run.pause(run.options().duration(LENGTH));
    }

    @Override
    public List<Figure> figures(Run run) {
        Verdict failed = Answering.failures(run.load().histories(), run.window(), CommonFigures.FAULTS);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.none(id(), "errors", failed.count(), failed.of(), "answers"));
        Verdict logins = Logins.failed(run.load().staffHistories(), run.window());
        figures.add(Figure.none(id(), "logins that failed", logins.count(), logins.of(), logins.unit()));
        var commands = Latency.commands(run.load().histories(), run.window());
        figures.add(Figure.time(
                id(),
                "command p99 without fault",
                (double) commands.getValueAtPercentile(99),
                commands.getTotalCount(),
                LIMIT));
        return figures;
    }
}
