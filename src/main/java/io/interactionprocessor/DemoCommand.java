package io.interactionprocessor;

import io.interactionprocessor.demo.Demo;
import io.interactionprocessor.demo.DemoFailed;
import io.interactionprocessor.nodes.NodeFailed;
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

    @Override
    public Integer call() throws InterruptedException {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new Refusal(Main.USAGE, "demo: --nodes " + nodes + ": write 1 to " + MOST_NODES);
        }
        try {
            int wrong = new Demo(nodes, Main.class, spec.commandLine().getOut()).run(once);
            return wrong == 0 ? Main.SUCCESS : Main.FAILURE;
        } catch (DemoFailed | NodeFailed e) {
            throw new Refusal(Main.FAILURE, "demo: " + e.getMessage());
        }
    }
}
