package io.interactionprocessor.torture;

import io.interactionprocessor.torture.load.Counters;
import io.interactionprocessor.torture.load.Micros;
import java.io.PrintWriter;
import java.util.Locale;

/** What the terminal shows while a run goes on. */
final class Progress {
    private static final long EVERY = 5_000_000;

    private final PrintWriter out;
    private final long start = Micros.now();
    private long next;
    private long lastAt;
    private long lastCommands;
    private long lastEvents;

    Progress(PrintWriter out) {
        this.out = out;
    }

    void tell(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (Micros.now() - start) / 1e6, what);
        out.flush();
    }

    void look(Run run) {
        long now = Micros.now();
        if (now < next) {
            return;
        }
        next = now + EVERY;
        Counters counters = run.load().counters();
        double passed = (now - lastAt) / 1e6;
        tell(String.format(
                Locale.ROOT,
                "  agents %d of %d connected, %.0f commands/s, %.0f events/s to clients, %d without answer",
                run.load().bound(),
                run.load().loggedIn(),
                (counters.commands() - lastCommands) / passed,
                (counters.events() - lastEvents) / passed,
                counters.commands() - counters.answers()));
        lastAt = now;
        lastCommands = counters.commands();
        lastEvents = counters.events();
    }
}
