package io.interactionprocessor.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs scenarios, each on servers of its own, and makes the report. */
public final class Bench {
    private static final Map<String, Supplier<Scenario>> SCENARIOS = new LinkedHashMap<>();

    static {
        SCENARIOS.put("E1", CommandCost::new);
        SCENARIOS.put("E1c", ReplicatedCommandCost::new);
        SCENARIOS.put("E2", Logins::new);
        SCENARIOS.put("E3", IdleSessions::new);
        SCENARIOS.put("E4", EventDelivery::new);
        SCENARIOS.put("E5", Starts::new);
        SCENARIOS.put("E6", Growth::new);
        SCENARIOS.put("E8", QueuedCalls::new);
        SCENARIOS.put("hold", HoldLatency::new);
        SCENARIOS.put("replication", ReplicationCost::new);
    }

    private final BenchOptions options;
    private final Map<String, String> about;
    private final Progress progress;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Prepares a run.
     *
     * @param about what is known already: version, commit
     * @param out where to tell how it goes
     */
    public Bench(BenchOptions options, Map<String, String> about, PrintWriter out) {
        this.options = options;
        this.about = new LinkedHashMap<>(about);
        this.progress = new Progress(out);
    }

    /** Returns the ids of all scenarios. */
    public static List<String> ids() {
        return List.copyOf(SCENARIOS.keySet());
    }

    /**
     * Runs everything; blocks. What it has started ends with it.
     *
     * @throws BenchFailed if nothing could be measured
     */
    public Report run() throws InterruptedException {
        about.putAll(Machine.about());
        String before = Machine.load();
        for (String id : options.scenarios()) {
            progress.tell(id);
            try (Servers servers = new Servers(options);
                    Driver driver = new Driver()) {
                SCENARIOS.get(id).get().run(this, driver, servers);
            } catch (BenchFailed e) {
                progress.tell(id + " has failed: " + e.getMessage());
                note(id + " has failed: " + e.getMessage());
            }
        }
        if (figures.stream().anyMatch(Figure::isOfOneStretch)) {
            note("a star (*): of one stretch, not the median of rounds");
        }
        about.put("load average", before + " before, " + Machine.load() + " after");
        about.put(
                "nodes",
                String.join(" ", options.node().subList(1, options.node().indexOf("-cp"))));
        about.put(
                "stretches",
                options.duration().toMillis() / 1000.0 + " s, " + options.rounds() + " rounds, the median counts");
        return new Report(about, figures, notes);
    }

    BenchOptions options() {
        return options;
    }

    Progress progress() {
        return progress;
    }

    void add(Figure figure) {
        figures.add(figure);
        if (figure.goal() != null && figure.doubt() != null) {
            note(figure.scenario() + ", " + figure.name() + ": no verdict: " + figure.doubt());
        }
    }

    void note(String note) {
        notes.add(note);
    }
}
