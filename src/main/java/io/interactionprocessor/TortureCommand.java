package io.interactionprocessor;

import io.interactionprocessor.nodes.JavaCommand;
import io.interactionprocessor.nodes.NodeFailed;
import io.interactionprocessor.torture.Scenarios;
import io.interactionprocessor.torture.Torture;
import io.interactionprocessor.torture.TortureOptions;
import io.interactionprocessor.torture.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code torture}: hurts a cluster under load and checks what clients and the switch have seen. */
@Command(
        name = "torture",
        description = "Start a cluster, load it, kill, freeze and cut its nodes, and check that nothing was lost.")
final class TortureCommand implements Callable<Integer> {
    private static final List<String> SMOKE = List.of("R1", "R2", "R3", "R7", "R9", "R12");

    /** The compilers of nodes that have just been started must not take the processors from everybody else. */
    private static final String NODE_JVM = "-Xmx512m -XX:+UseSerialGC -Xshare:auto -XX:-UsePerfData"
            + " -XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=10"
            + " -Djava.util.concurrent.ForkJoinPool.common.parallelism=2";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "ID",
            split = ",",
            defaultValue = "smoke",
            description = "R0 to R14, several with commas; all; smoke: a few, short. ${DEFAULT-VALUE} if not given.")
    private List<String> scenarios;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "${DEFAULT-VALUE} if not given.")
    private int nodes;

    @Option(names = "--agents", paramLabel = "N", description = "1000 if not given, for smoke 120.")
    private Integer agents;

    @Option(names = "--commands", paramLabel = "N", defaultValue = "50", description = "Commands a second.")
    private double commands;

    @Option(names = "--switch-events", paramLabel = "N", description = "A second; 200 if not given, for smoke 100.")
    private Double switchEvents;

    @Option(
            names = "--jitter",
            paramLabel = "TIME",
            defaultValue = "2s",
            description =
                    "How long at most, by chance, a client waits before it comes back; ${DEFAULT-VALUE} if not given.")
    private String jitter;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long the stretch with faults is (30s, 5m); as docs/reliability.md says if not given.")
    private String duration;

    @Option(names = "--warm-up", paramLabel = "TIME", description = "30s if not given, for smoke 5s.")
    private String warmUp;

    @Option(names = "--settle", paramLabel = "TIME", description = "60s if not given; smoke goes on earlier.")
    private String settle;

    @Option(
            names = "--scale",
            paramLabel = "X",
            description = "Part of the frames, connections and races of the specification; 1 is all of them.")
    private Double scale;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything that is chosen by chance.")
    private Long seed;

    @Option(
            names = "--url",
            paramLabel = "WS-URL",
            description =
                    "A node of a cluster that runs already; as often as needed. What cannot be done to it is left out.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--management-url",
            paramLabel = "HTTP-URL",
            description = "The management port of such a node, for its switch's history.")
    private List<String> managements = new ArrayList<>();

    @Option(names = "--loopback", description = "Do not try network namespaces.")
    private boolean loopback;

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            defaultValue = NODE_JVM,
            description = "For the nodes' JVMs; ${DEFAULT-VALUE} if not given.")
    private String javaOptions;

    @Option(
            names = "--previous-jar",
            paramLabel = "JAR",
            description = "The previous release, with which R8 starts; this one if not given.")
    private Path previous;

    @Option(names = "--node-command", hidden = true, description = "Starts a node, up to its main class.")
    private String nodeCommand;

    @Option(
            names = "--output",
            paramLabel = "DIRECTORY",
            defaultValue = "target",
            description = "Where table and picture go; ${DEFAULT-VALUE} if not given.")
    private Path output;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Map<String, String> about = new LinkedHashMap<>();
            about.put("version", String.join(" ", new Version().getVersion()));
            Table table = new Torture(options(), about, out).run();
            String text = table.markdown();
            out.println();
            out.println(text);
            Files.createDirectories(output);
            Files.writeString(output.resolve("reliability.md"), "# Reliability, as measured\n\n" + text);
            Files.writeString(output.resolve("reliability.json"), table.json().encodePrettily() + "\n");
            out.println(table.verdict());
            out.flush();
            return table.isRight() && table.hasRun() ? Main.SUCCESS : Main.FAILURE;
        } catch (NodeFailed | IOException e) {
            throw new Refusal(Main.FAILURE, "torture: " + e.getMessage());
        }
    }

    private TortureOptions options() {
        boolean smoke = scenarios.contains("smoke");
        List<String> ids = smoke
                ? SMOKE
                : scenarios.contains("all")
                        ? Scenarios.ids()
                        : scenarios.stream()
                                .map(id -> id.toUpperCase(Locale.ROOT))
                                .toList();
        for (String id : ids) {
            if (!Scenarios.ids().contains(id)) {
                throw new Refusal(
                        Main.USAGE,
                        "torture: --scenario " + id + ": write one of " + String.join(", ", Scenarios.ids())
                                + ", all or smoke");
            }
        }
        return new TortureOptions(
                ids,
                urls.isEmpty() ? nodes : urls.size(),
                agents != null ? agents : smoke ? 120 : 1000,
                commands,
                switchEvents != null ? switchEvents : smoke ? 100 : 200,
                atLeastOneMilli(time("--jitter", jitter)),
                duration == null ? smoke ? Duration.ofSeconds(30) : null : time("--duration", duration),
                warmUp == null ? Duration.ofSeconds(smoke ? 5 : 30) : time("--warm-up", warmUp),
                settle == null ? Duration.ofSeconds(smoke ? 30 : 60) : time("--settle", settle),
                smoke,
                smoke,
                scale != null ? scale : smoke ? 0.1 : 1,
                seed != null ? seed : System.nanoTime() & 0xffff,
                urls,
                managements,
                !loopback,
                nodeCommand == null ? JavaCommand.of(Main.class, words(javaOptions)) : words(nodeCommand),
                previous == null ? List.of() : ofJar(previous),
                output);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }

    private List<String> ofJar(Path jar) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words(javaOptions));
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** Each wait is twice the one before, which nothing would never grow. */
    private static Duration atLeastOneMilli(Duration wait) {
        return wait.toMillis() < 1 ? Duration.ofMillis(1) : wait;
    }

    private static Duration time(String option, String text) {
        try {
            return Duration.parse("PT" + text.strip().toUpperCase(Locale.ROOT));
        } catch (java.time.format.DateTimeParseException e) {
            throw new Refusal(Main.USAGE, "torture: " + option + ' ' + text + ": write for example 30s, 5m or 1h");
        }
    }
}
