package io.interactionprocessor.torture;

import io.interactionprocessor.torture.history.Answering;
import io.interactionprocessor.torture.history.CallFates;
import io.interactionprocessor.torture.history.ClientHistory;
import io.interactionprocessor.torture.history.EventOrder;
import io.interactionprocessor.torture.history.Execution;
import io.interactionprocessor.torture.history.Latency;
import io.interactionprocessor.torture.history.Logins;
import io.interactionprocessor.torture.history.SingleSession;
import io.interactionprocessor.torture.history.Survival;
import io.interactionprocessor.torture.history.SwitchEntry;
import io.interactionprocessor.torture.history.Verdict;
import io.interactionprocessor.torture.history.Violation;
import io.interactionprocessor.torture.history.Window;
import io.interactionprocessor.torture.report.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** What is measured in every scenario, from the histories of the clients and of the switch. */
final class CommonFigures {
    /** What the service, not the caller, is to blame for. */
    static final Set<String> FAULTS = Set.of(
            "timeout",
            "ctiUnavailable",
            "noQuorum",
            "staleEpoch",
            "internalError",
            "unknownResource",
            "unknownService",
            "notBound",
            "notStarted",
            "notAcceptingSessions");

    private static final int EXAMPLES = 3;
    private static final String MISSED = "live calls missed";
    private static final String GHOSTS = "ghost calls";

    private final String scenario;
    private final Run run;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    CommonFigures(String scenario, Run run) {
        this.scenario = scenario;
        this.run = run;
    }

    List<Figure> figures() {
        return figures;
    }

    List<String> notes() {
        return notes;
    }

    List<Violation> violations() {
        return violations;
    }

    /**
     * Runs all checks that look at histories alone.
     *
     * @param probe when every session was asked for its snapshot
     */
    void check(boolean settled, Window probe) {
        Window window = run.window();
        List<ClientHistory> clients = run.load().histories();
        List<SwitchEntry> entries = run.load().switchHistory().all();
        none("sessions lost", Survival.lost(clients, window, settled));
        none("sessions that do not answer", Survival.silent(clients, probe));
        none("two effective sessions of one agent", SingleSession.check(clients, window));
        none("commands unanswered", Answering.unanswered(clients, window));
        none("requests to service and core unanswered", Answering.ignored(clients, window));
        none("answers without a request", Answering.surplus(clients, window));
        none("event gaps, repeats, disorder", EventOrder.check(clients, window));
        none("answers after their events", Answering.late(clients, window, false));
        none("two different answers", Answering.contradictions(clients, window));
        ofSwitch("commands executed twice", () -> Execution.twice(entries, window));
        ofSwitch("successes without effect", () -> Execution.never(clients, entries, window));
        ofSwitch("stale epochs executed", () -> Execution.stale(entries, window));
        ofSwitch("overridden sessions executed", () -> Execution.overridden(clients, entries, window));
        if (!run.isolations().isEmpty()) {
            ofSwitch("executed after the lease", () -> Execution.afterLease(clients, entries, run.isolations()));
        }
        ofSwitch("calls dropped", () -> CallFates.dropped(entries, run.load().talkers(), window));
        ofSwitch(
                "breaks of the switch's history",
                () -> run.load().switchHistory().continuity(window));
    }

    /** Of a switch that nobody can ask nothing is said: by its empty history no success would have had an effect. */
    private void ofSwitch(String name, Supplier<Verdict> check) {
        if (run.load().knowsSwitch()) {
            none(name, check.get());
        } else {
            figures.add(Figure.uncounted(scenario, name));
        }
    }

    /** Compares the calls that the switch has with those that clients know. */
    void compareCalls(Map<String, Integer> atSwitch, Map<String, Integer> atClients, long at) {
        none(MISSED, CallFates.missed(atSwitch, atClients, at));
        none(GHOSTS, CallFates.ghosts(atSwitch, atClients, at));
    }

    /** Says that they could not be compared. */
    void callsNotCompared() {
        figures.add(Figure.uncounted(scenario, MISSED));
        figures.add(Figure.uncounted(scenario, GHOSTS));
    }

    /** Adds how long everything took. */
    void times(double commandLimit, double recoveryLimit) {
        Window window = run.window();
        List<ClientHistory> clients = run.load().histories();
        Verdict replayed = Answering.late(clients, window, true);
        figures.add(Figure.fact(
                scenario, "stored answers after replayed events", replayed.count() + " of " + replayed.of()));
        Verdict failed = Answering.failures(clients, window, FAULTS);
        figures.add(Figure.fact(scenario, "commands that the service failed", failed.count() + " of " + failed.of()));
        Verdict logins = Logins.failed(run.load().staffHistories(), window);
        String failedLogins = "logins under load that failed";
        figures.add(Figure.fact(scenario, failedLogins, logins.count() + " of " + logins.of()));
        examples(failedLogins, logins);
        Histogram commands = Latency.commands(clients, window);
        percentile("command p50", commands, 50, 0);
        percentile("command p99", commands, 99, commandLimit);
        percentile("command p99.9", commands, 99.9, 0);
        Histogram events = Latency.offers(clients, run.load().switchHistory().all(), window);
        percentile("switch event to client p50", events, 50, 0);
        percentile("switch event to client p99", events, 99, 0);
        percentile("login p99", Latency.requests(clients, window, "prepareSession"), 99, 0);
        Histogram recovery = Latency.empty();
        Histogram moves = Latency.empty();
        Survival.outages(clients, window)
                .forEach(outage -> (outage.wanted() ? moves : recovery).recordValue(outage.length()));
        percentile("recovery p50", recovery, 50, 0);
        percentile("recovery p99", recovery, 99, recoveryLimit);
        percentile("recovery, longest", recovery, 100, 0);
        percentile("move to a node with fewer clients p99", moves, 99, 0);
    }

    private void percentile(String name, Histogram histogram, double percentile, double limit) {
        if (histogram.getTotalCount() == 0) {
            return;
        }
        figures.add(Figure.time(
                scenario, name, (double) histogram.getValueAtPercentile(percentile), histogram.getTotalCount(), limit));
    }

    void none(String name, Verdict verdict) {
        figures.add(Figure.none(scenario, name, verdict.count(), verdict.of(), verdict.unit()));
        violations.addAll(verdict.violations());
        examples(name, verdict);
    }

    private void examples(String name, Verdict verdict) {
        verdict.violations().stream()
                .limit(EXAMPLES)
                .forEach(each -> notes.add(scenario + ", " + name + ": " + Instant.ofEpochMilli(each.at() / 1000) + " "
                        + each.who() + ": " + each.what()));
    }
}
