package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.ClientHistory;
import io.interactionprocessor.torture.history.Happening;
import io.interactionprocessor.torture.history.Survival;
import io.interactionprocessor.torture.history.Violation;
import io.interactionprocessor.torture.history.Window;
import io.interactionprocessor.torture.report.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the picture of one scenario from the histories. */
final class Picture {
    private static final double MICROS = 1e6;
    private static final int AWAY_PER_SECOND = 10;
    private static final int MOST_WRONG = 300;

    private Picture() {}

    static Timeline of(Scenario scenario, Run run, List<Violation> violations) {
        Window window = run.window();
        double[] commands = new double[(int) Math.ceil(window.seconds())];
        double[] events = new double[commands.length];
        for (ClientHistory client : run.load().histories()) {
            for (Happening happening : client.all()) {
                if (!window.has(happening.at())) {
                    continue;
                }
                int second = (int) ((happening.at() - window.from()) / MICROS);
                if (happening instanceof Happening.Answered) {
                    commands[Math.min(second, commands.length - 1)]++;
                } else if (happening instanceof Happening.Event) {
                    events[Math.min(second, events.length - 1)]++;
                }
            }
        }
        double[] away = new double[commands.length * AWAY_PER_SECOND];
        List<Timeline.Outage> outages = new ArrayList<>();
        for (Survival.Outage outage : Survival.outages(run.load().histories(), window)) {
            double from = (outage.from() - window.from()) / MICROS;
            double to = (outage.to() - window.from()) / MICROS;
            outages.add(new Timeline.Outage(to, to - from));
            for (int i = (int) (from * AWAY_PER_SECOND); i < Math.min(away.length, to * AWAY_PER_SECOND); i++) {
                away[i]++;
            }
        }
        List<Timeline.Fault> faults = run.marks().stream()
                .map(mark -> new Timeline.Fault(
                        mark.what(),
                        mark.node(),
                        (mark.from() - window.from()) / MICROS,
                        (mark.to() - window.from()) / MICROS))
                .toList();
        List<Timeline.Wrong> wrong = violations.stream()
                .limit(MOST_WRONG)
                .map(each -> new Timeline.Wrong((each.at() - window.from()) / MICROS, each.who() + ": " + each.what()))
                .toList();
        String title = scenario.id() + ": " + scenario.title() + " ("
                + run.load().plan().agents() + " agents, "
                + run.nodes().size() + " nodes on " + run.nodes().ground() + ", seed "
                + run.options().seed() + ")";
        return new Timeline(
                title,
                window.seconds(),
                list(commands),
                list(events),
                list(away),
                outages,
                run.nodes().size(),
                faults,
                wrong);
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
