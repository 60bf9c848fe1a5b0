package io.interactionprocessor;

import io.interactionprocessor.demo.AsteriskTarget;
import io.interactionprocessor.demo.Demo;
import io.interactionprocessor.demo.DemoFailed;
import io.interactionprocessor.nodes.NodeFailed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: some nodes on this machine, and the main job shown on them. */
@Command(name = "demo", description = "Start some nodes on this machine and show the main job on them.")
final class DemoCommand implements Callable<Integer> {
    private static final int MOST_NODES = 9;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many, 1 to " + MOST_NODES + "; ${DEFAULT-VALUE} if not given.")
    private int nodes;

    @Option(names = "--once", description = "Exit after the walk-through, with status 1 if any step was wrong.")
    private boolean once;

    @Option(
            names = "--asterisk",
            paramLabel = "URL",
            description =
                    "Show it on a running Asterisk: ws://[USER[:PASSWORD]@]HOST:PORT of its ARI. The user is cti and"
                            + " the password in ASTERISK_PASSWORD if the URL has none.")
    private String asterisk;

    @Option(
            names = "--asterisk-queue",
            paramLabel = "NUMBER@CONTEXT",
            defaultValue = "8001@ip-inbound",
            description = "The number that customers call there; ${DEFAULT-VALUE} if not given.")
    private String asteriskQueue;

    @Option(
            names = "--asterisk-stations",
            paramLabel = "NUMBER",
            split = ",",
            defaultValue = "1001,1002",
            description = "The two agents' phones there; ${DEFAULT-VALUE} if not given.")
    private List<String> asteriskStations;

    @Override
    public Integer call() throws InterruptedException {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new Refusal(Main.USAGE, "demo: --nodes " + nodes + ": write 1 to " + MOST_NODES);
        }
        try {
            int wrong = new Demo(nodes, Main.class, target(), spec.commandLine().getOut()).run(once);
            return wrong == 0 ? Main.SUCCESS : Main.FAILURE;
        } catch (DemoFailed | NodeFailed e) {
            throw new Refusal(Main.FAILURE, "demo: " + e.getMessage());
        }
    }

    private Optional<AsteriskTarget> target() {
        if (asterisk == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    AsteriskTarget.of(asterisk, System.getenv("ASTERISK_PASSWORD"), asteriskQueue, asteriskStations));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Main.USAGE, "demo: --asterisk: " + e.getMessage());
        }
    }
}
