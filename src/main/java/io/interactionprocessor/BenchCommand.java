package io.interactionprocessor;

import io.interactionprocessor.bench.Bench;
import io.interactionprocessor.bench.BenchFailed;
import io.interactionprocessor.bench.BenchOptions;
import io.interactionprocessor.bench.Report;
import io.interactionprocessor.nodes.JavaCommand;
import io.interactionprocessor.nodes.NodeFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}: measures what the service costs over the bare platform. */
@Command(name = "bench", description = "Measure what a command, an event, a session costs, beside the bare platform.")
final class BenchCommand implements Callable<Integer> {
    private static final String JVM = "-Xms512m -Xmx512m -Djava.util.concurrent.ForkJoinPool.common.parallelism=2";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "ID",
            split = ",",
            defaultValue = "all",
            description =
                    "E1 to E8, hold, replication; several with commas; E1 has E7 with it; ${DEFAULT-VALUE} if not given.")
    private List<String> scenarios;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "20s",
            description = "Of each measured stretch (5s, 1m); ${DEFAULT-VALUE} if not given.")
    private String duration;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "Before the first stretch of each server; ${DEFAULT-VALUE} if not given.")
    private String warmUp;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often figure and baseline are measured, by turns, but for those that get a star; "
                    + "${DEFAULT-VALUE} if not given.")
    private int rounds;

    @Option(
            names = "--url",
            paramLabel = "WS-URL",
            description =
                    "A node that runs already, as often as needed; what it takes cannot be told then. Its service sim"
                            + " must know agents from 100001 on with the password demo, 200 of them for most scenarios, and have high"
                            + " limits for requests; take one scenario each time.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            defaultValue = JVM,
            description = "For nodes and baselines alike; ${DEFAULT-VALUE} if not given.")
    private String javaOptions;

    @Option(
            names = "--profile",
            description = "Record each stretch with the nodes' flight recorders; the files lie with the logs.")
    private boolean profile;

    @Option(
            names = "--output",
            paramLabel = "DIRECTORY",
            defaultValue = "target",
            description = "Where bench.json and the logs go; ${DEFAULT-VALUE} if not given.")
    private Path output;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> about = new LinkedHashMap<>();
        about.put("version", String.join(" ", new Version().getVersion()));
        about.put("commit", Version.commit());
        try {
            Report report = new Bench(options(), about, out).run();
            Files.createDirectories(output);
            Files.writeString(output.resolve("bench.json"), report.json().encodePrettily() + "\n");
            out.println();
            out.println(report.markdown());
            out.flush();
            return Main.SUCCESS;
        } catch (BenchFailed | NodeFailed | IOException e) {
            throw new Refusal(Main.FAILURE, "bench: " + e.getMessage());
        }
    }

    private BenchOptions options() {
        List<String> ids = scenarios.contains("all")
                ? Bench.ids()
                : scenarios.stream()
                        .map(id -> id.equalsIgnoreCase("E7") ? "E1" : id)
                        .map(id -> Bench.ids().stream()
                                .filter(id::equalsIgnoreCase)
                                .findFirst()
                                .orElse(id))
                        .distinct()
                        .toList();
        for (String id : ids) {
            if (!Bench.ids().contains(id)) {
                throw new Refusal(
                        Main.USAGE,
                        "bench: --scenario " + id + ": write one of " + String.join(", ", Bench.ids()) + ", or all");
            }
        }
        if (rounds < 1) {
            throw new Refusal(Main.USAGE, "bench: --rounds " + rounds + ": write 1 or more");
        }
        List<String> jvm = List.of(javaOptions.strip().split("\\s+", -1));
        return new BenchOptions(
                ids,
                time("--duration", duration),
                time("--warm-up", warmUp),
                rounds,
                urls,
                JavaCommand.of(Main.class, jvm),
                profile,
                output);
    }

    private static Duration time(String option, String text) {
        try {
            return Duration.parse("PT" + text.strip().toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw new Refusal(Main.USAGE, "bench: " + option + ' ' + text + ": write for example 5s, 20s or 1m");
        }
    }
}
