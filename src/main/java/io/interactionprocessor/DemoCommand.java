package io.interactionprocessor;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: some nodes on this machine, and the main job shown on them. */
@Command(name = "demo", description = "Start some nodes on this machine and show the main job on them.")
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many; ${DEFAULT-VALUE} if not given.")
    private int nodes;

    @Option(names = "--once", description = "Exit after the walk-through, with status 1 if any step was wrong.")
    private boolean once;

    @Override
    public Integer call() {
        throw new Refusal(Main.FAILURE, "demo: " + nodes + once);
    }
}
