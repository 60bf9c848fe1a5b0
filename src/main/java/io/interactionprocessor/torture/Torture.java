package io.interactionprocessor.torture;

import io.interactionprocessor.torture.ground.BareNodes;
import io.interactionprocessor.torture.ground.ForeignNodes;
import io.interactionprocessor.torture.ground.Ground;
import io.interactionprocessor.torture.ground.LocalNodes;
import io.interactionprocessor.torture.ground.LoopbackGround;
import io.interactionprocessor.torture.ground.NamespaceGround;
import io.interactionprocessor.torture.ground.Nodes;
import io.interactionprocessor.torture.history.CallFates;
import io.interactionprocessor.torture.load.Load;
import io.interactionprocessor.torture.load.LoadPlan;
import io.interactionprocessor.torture.load.Micros;
import io.interactionprocessor.torture.report.Figure;
import io.interactionprocessor.torture.report.Table;
import io.interactionprocessor.torture.report.Timeline;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** Runs scenarios and makes the table. */
public final class Torture {
    /** Within which 99 % of the clients are to be back, besides what they wait by themselves. */
    private static final double RECOVERY_MICROS = 1_000_000;

    private static final int COMPARISONS = 3;
    private static final Logger VERTX_LOG = Logger.getLogger("io.vertx");
    private static final int MOST_SESSIONS = 20_000;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);
    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration QUIET = Duration.ofSeconds(4);
    private static final Duration SHORT_QUIET = Duration.ofSeconds(2);

    private final TortureOptions options;
    private final Progress progress;
    private final Map<String, String> about;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> grounds = new TreeSet<>();

    /**
     * Prepares a run.
     *
     * @param about what is known already: version, commit
     * @param out where to tell how it goes
     */
    public Torture(TortureOptions options, Map<String, String> about, PrintWriter out) {
        this.options = options;
        this.about = new LinkedHashMap<>(about);
        this.progress = new Progress(out);
    }

    /** Runs everything; blocks. What it has started ends with it. */
    public Table run() throws InterruptedException {
        // Connections break here all the time, and the histories say so; the terminal is for what they mean.
        VERTX_LOG.setLevel(Level.OFF);
        long start = Micros.now();
        List<Scenario> scenarios = options.scenarios().stream()
                .filter(id -> !id.equals(BarePlatform.ID))
                .map(Scenarios::of)
                .toList();
        if (options.scenarios().contains(BarePlatform.ID)) {
            barePlatform();
        }
        if (options.shared() && !scenarios.isEmpty()) {
            onOneCluster(scenarios);
        } else {
            for (Scenario scenario : scenarios) {
                onOneCluster(List.of(scenario));
            }
        }
        about.putAll(Machine.about());
        about.put("nodes", options.nodes() + " on " + String.join(" and ", grounds));
        about.put(
                "load",
                options.agents() + " agents, " + options.commands() + " commands/s, " + options.switchEvents()
                        + " switch events/s, 1 login and logout/s");
        about.put("seed", Long.toString(options.seed()));
        about.put("took", (Micros.now() - start) / 1_000_000 + " s");
        return new Table(about, figures, notes);
    }

    private void barePlatform() throws InterruptedException {
        if (!options.urls().isEmpty()) {
            figures.add(Figure.leftOut(BarePlatform.ID, "the bare platform", "it needs nodes of its own"));
            return;
        }
        Vertx vertx = Vertx.vertx();
        Ground network = network(false);
        BareNodes nodes =
                new BareNodes(network, options.java(), options.output().resolve("torture"), vertx);
        Thread cleanUp = new Thread(nodes::close, "torture-clean-up");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        try {
            grounds.add(network.name());
            figures.addAll(new BarePlatform(nodes, options.nodes(), progress).measure());
        } finally {
            nodes.close();
            Runtime.getRuntime().removeShutdownHook(cleanUp);
            vertx.close().await();
        }
    }

    private void onOneCluster(List<Scenario> scenarios) throws InterruptedException {
        List<Scenario> possible = new ArrayList<>(scenarios);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        Nodes nodes = nodes(scenarios.stream().allMatch(Scenario::onLoopback));
        // When this process is told to end, what it has made goes with it.
        Thread cleanUp = new Thread(nodes::close, "torture-clean-up");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        try {
            grounds.add(nodes.ground());
            possible.removeIf(scenario -> isImpossible(scenario, nodes));
            if (!possible.isEmpty()) {
                loaded(possible, vertx, nodes);
            }
        } finally {
            nodes.close();
            Runtime.getRuntime().removeShutdownHook(cleanUp);
            vertx.close().await();
        }
    }

    private void loaded(List<Scenario> scenarios, Vertx vertx, Nodes nodes) throws InterruptedException {
        if (nodes instanceof LocalNodes local) {
            progress.tell("starting " + nodes.size() + " nodes on " + nodes.ground());
            if (scenarios.stream().allMatch(Scenario::onPreviousRelease)) {
                startWith(options.previous(), local);
            }
            local.startAll();
        }
        LoadPlan plan = new LoadPlan(options.agents(), options.commands(), options.switchEvents(), 1, options.jitter());
        try (Load load = new Load(vertx, plan, nodes.urls(), managements(nodes), nodes.firstAgent(), options.seed())) {
            progress.tell("logging in " + options.agents() + " agents");
            load.start();
            progress.tell(load.loggedIn() + " are in; warming up for "
                    + options.warmUp().toSeconds() + " s");
            new Run(vertx, nodes, load, options, progress).pause(options.warmUp());
            for (Scenario scenario : scenarios) {
                one(scenario, new Run(vertx, nodes, load, options, progress));
            }
            if (nodes.faults() == null) {
                load.leave();
            }
        }
    }

    private static void startWith(List<String> release, LocalNodes nodes) {
        for (int node = 0; node < nodes.size() && !release.isEmpty(); node++) {
            nodes.release(node, release);
        }
    }

    private void one(Scenario scenario, Run run) throws InterruptedException {
        progress.tell(scenario.id() + ": " + scenario.title());
        Costs costs = Costs.begin(run);
        run.pause(BEFORE);
        scenario.run(run);
        settle(run);
        Load load = run.load();
        load.rest();
        for (int i = 0; i < 10 * LONGEST_ANSWER.toSeconds(); i++) {
            if (!load.waits()) {
                break;
            }
            run.pause(Duration.ofMillis(100));
        }
        run.pause(options.early() ? SHORT_QUIET : QUIET);
        CommonFigures common = new CommonFigures(scenario.id(), run);
        boolean read = load.readSwitch();
        if (load.knowsSwitch()) {
            figures.add(Figure.none(scenario.id(), "switch histories that cannot be read", read ? 0 : 1, 1, "history"));
        }
        run.over();
        // Outside the scenario's window: so many snapshots at once are no measure of how long commands take.
        common.check(true, load.probe());
        if (read) {
            compareCalls(common, run);
        } else {
            common.callsNotCompared();
        }
        common.times(0, RECOVERY_MICROS + options.jitter().toNanos() / 1e3);
        figures.addAll(common.figures());
        figures.add(ended(scenario, run));
        figures.addAll(scenario.figures(run));
        figures.addAll(costs.end(scenario.id(), run));
        notes.addAll(common.notes());
        draw(scenario, Picture.of(scenario, run, common.violations()));
        if (!load.counters().refusals().isEmpty()) {
            notes.add(scenario.id() + ", refused by the state of the call or the fault: "
                    + load.counters().refusals());
        }
        load.work();
    }

    /** The clients of a node that dies by itself resume elsewhere: no history calls that wrong. */
    private static Figure ended(Scenario scenario, Run run) {
        String name = "nodes that ended by themselves";
        return run.faults() == null
                ? Figure.uncounted(scenario.id(), name)
                : Figure.none(
                        scenario.id(),
                        name,
                        run.faults().newlyEnded(),
                        run.nodes().size(),
                        "nodes");
    }

    /**
     * Switch and clients are not asked at the same moment. What differs only because something has happened in between does
     * so no more a second later; what is wrong stays so for longer: the service itself compares every ten.
     */
    private static void compareCalls(CommonFigures common, Run run) throws InterruptedException {
        Load load = run.load();
        for (int left = COMPARISONS - 1; ; left--) {
            Optional<Map<String, Integer>> told = load.callsAtSwitch();
            Map<String, Integer> atSwitch = told.orElse(Map.of());
            Map<String, Integer> atClients = load.callsAtClients();
            long now = Micros.now();
            boolean same = CallFates.missed(atSwitch, atClients, now).count() == 0
                    && CallFates.ghosts(atSwitch, atClients, now).count() == 0;
            if (told.isPresent() && (same || left == 0)) {
                common.compareCalls(atSwitch, atClients, now);
                return;
            }
            if (left == 0) {
                common.callsNotCompared();
                return;
            }
            run.pause(Duration.ofSeconds(1));
        }
    }

    private void draw(Scenario scenario, Timeline picture) {
        Path file = options.output().resolve("reliability-" + scenario.id() + ".svg");
        try {
            Files.createDirectories(options.output());
            Files.writeString(file, picture.svg());
            progress.tell("  picture in " + file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void settle(Run run) throws InterruptedException {
        progress.tell("  settling");
        if (options.early()) {
            run.awaitEverybody(options.settle());
        } else {
            run.pause(options.settle());
        }
    }

    private boolean isImpossible(Scenario scenario, Nodes nodes) {
        String why = null;
        if (scenario.need() == Scenario.Need.SWITCH) {
            why = managements(nodes).isEmpty() ? "needs the management port of a node" : null;
        } else if (scenario.need() != Scenario.Need.NOTHING && nodes.faults() == null) {
            why = "cannot be done to a cluster that the harness has not started";
        } else if (scenario.need() == Scenario.Need.CUTS && !nodes.faults().canCut()) {
            why = "needs network namespaces, and here only loopback is possible";
        }
        if (why != null) {
            progress.tell(scenario.id() + " is left out: " + scenario.title() + " " + why);
            figures.add(Figure.leftOut(scenario.id(), scenario.title(), why));
        }
        return why != null;
    }

    private static List<String> managements(Nodes nodes) {
        return IntStream.range(0, nodes.size())
                .mapToObj(nodes::management)
                .filter(Objects::nonNull)
                .toList();
    }

    private int spares() {
        boolean many = options.scenarios().contains("R14");
        return Load.SPARE_AGENTS + (many ? options.scaled(MOST_SESSIONS) : 0);
    }

    private Nodes nodes(boolean loopback) {
        if (!options.urls().isEmpty()) {
            return new ForeignNodes(options.urls(), options.managements());
        }
        return new LocalNodes(
                network(loopback),
                options.agents() + spares(),
                options.java(),
                options.output().resolve("torture"));
    }

    private Ground network(boolean loopback) {
        return !loopback && options.namespaces() && NamespaceGround.isPossible()
                ? new NamespaceGround(options.nodes())
                : new LoopbackGround(options.nodes());
    }
}
