package io.interactionprocessor;

import io.interactionprocessor.config.ConfigException;
import io.interactionprocessor.config.ConfigLoader;
import io.interactionprocessor.config.NodeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code node}: runs one node until it is told to stop. */
@Command(name = NodeCommand.NAME, description = "Run one node.")
final class NodeCommand implements Callable<Integer> {
    static final String NAME = "node";

    /** A node that has not drained after this time is cut off; service managers wait 10 s before they kill. */
    private static final long LONGEST_STOP_MS = 9_500;

    private static final long LONGEST_START_S = 60;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = ConfigLoader.DEFAULT_FILE,
            description =
                    "The configuration; ${DEFAULT-VALUE} if not given. The environment overrides it (IP_HTTP_PORT).")
    private String file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting over the file and the environment; as often as needed.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--exit-with-parent", paramLabel = "PID", hidden = true)
    private long parent;

    @Override
    public Integer call() throws InterruptedException {
        NodeConfig config;
        try {
            config = ConfigLoader.load(file, System.getenv(), settings);
        } catch (ConfigException e) {
            throw Refusal.of(e);
        }
        Node node = start(config);
        CountDownLatch stopping = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drainAndHalt(node), "drain"));
        node.drainRequested().onSuccess(asked -> stopping.countDown());
        if (parent > 0) {
            exitWithParent(stopping);
        }
        spec.commandLine().getOut().println("ready " + node.url());
        spec.commandLine().getOut().flush();
        stopping.await();
        return Main.SUCCESS;
    }

    private static Node start(NodeConfig config) throws InterruptedException {
        try {
            return Node.start(config).await(LONGEST_START_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new Refusal(
                    Main.FAILURE, "node: not up after " + LONGEST_START_S + " s; the log says how far it came");
        } catch (RuntimeException e) {
            throw new Refusal(Main.FAILURE, "node: cannot start: " + e.getMessage());
        }
    }

    /** The JVM ends with 143 after a SIGTERM unless it is halted; after a drain the status is 0. */
    private static void drainAndHalt(Node node) {
        try {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_STOP_MS);
            node.drain().await(LONGEST_STOP_MS, TimeUnit.MILLISECONDS);
            node.leave().await(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            Runtime.getRuntime().halt(Main.SUCCESS);
        } catch (TimeoutException e) {
            System.err.println("node: not drained after " + LONGEST_STOP_MS + " ms; stopping all the same");
        } catch (RuntimeException e) {
            System.err.println("node: stopped, but not in order: " + e);
        }
        Runtime.getRuntime().halt(Main.FAILURE);
    }

    /** A demonstration's nodes do not outlive it, even when it is killed. */
    private void exitWithParent(CountDownLatch stopping) {
        Thread watch = new Thread(
                () -> {
                    ProcessHandle.of(parent).ifPresent(handle -> handle.onExit().join());
                    stopping.countDown();
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
