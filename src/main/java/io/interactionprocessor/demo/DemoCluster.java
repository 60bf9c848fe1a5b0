package io.interactionprocessor.demo;

import io.interactionprocessor.nodes.JavaCommand;
import io.interactionprocessor.nodes.NodeProcess;
import io.interactionprocessor.nodes.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Some nodes on this machine that form one cluster. */
final class DemoCluster {
    private static final String HOST = "127.0.0.1";
    private static final String CONFIG = "conf/demo.yaml";
    private static final long LONGEST_START_MS = 120_000;
    private static final long PROGRESS_MS = 2_000;
    private static final long LOOK_MS = 20;

    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();

    /** Returns how many nodes there are. */
    int size() {
        return nodes.size();
    }

    /** Returns a node's URL for clients; there is one for any index, since a small cluster's nodes play several parts. */
    String url(int index) {
        return urls.get(index % urls.size());
    }

    /** Returns the URL of a node's management port. */
    String management(int index) {
        return "http://" + HOST + ':' + nodes.get(index % nodes.size()).ports().management();
    }

    /** Returns a node's name. */
    String name(int index) {
        return nodes.get(index % nodes.size()).name();
    }

    /** Starts the nodes and waits, telling how it goes, until each says that it serves. */
    void start(int count, Class<?> main, PrintWriter out) throws InterruptedException {
        Path logs = logDirectory();
        out.println("Starting " + count + (count == 1 ? " node" : " nodes") + ", each in a JVM of its own; logs in "
                + logs);
        out.flush();
        List<Ports> ports = Ports.free(count);
        String members = ports.stream().map(each -> HOST + ':' + each.cluster()).collect(Collectors.joining(","));
        List<String> java = JavaCommand.of(main, JavaCommand.SMALL);
        for (int i = 0; i < count; i++) {
            String name = "node " + (i + 1);
            Ports own = ports.get(i);
            List<String> settings = List.of(
                    "http.port=" + own.http(),
                    "management.port=" + own.management(),
                    "cluster.port=" + own.cluster(),
                    "cluster.members=" + members,
                    "cluster.name=demo-" + ports.get(0).cluster());
            Path log = logs.resolve("node" + (i + 1) + ".log");
            nodes.add(NodeProcess.start(name, java, CONFIG, own, settings, log));
        }
        tellProgress(out);
        for (NodeProcess node : nodes) {
            urls.add(node.awaitReady(1));
        }
    }

    private void tellProgress(PrintWriter out) throws InterruptedException {
        long start = System.nanoTime();
        long nextProgress = PROGRESS_MS;
        Set<NodeProcess> told = new HashSet<>();
        while (told.size() < nodes.size()) {
            long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            for (NodeProcess node : nodes) {
                if (node.hasSpoken() && told.add(node)) {
                    String url = node.awaitReady(1);
                    out.printf(
                            "  %s serves after %.1f s: %s, management http://%s:%d%n",
                            node.name(),
                            node.readyAfterMs() / 1000.0,
                            url,
                            HOST,
                            node.ports().management());
                }
            }
            if (passed > LONGEST_START_MS) {
                nodes.get(0).awaitReady(1);
            }
            if (passed > nextProgress && told.size() < nodes.size()) {
                out.printf("  ... %d s, %d of %d%n", passed / 1000, told.size(), nodes.size());
                nextProgress += PROGRESS_MS;
            }
            out.flush();
            Thread.sleep(LOOK_MS);
        }
    }

    /** Asks all nodes to end, then waits for all. */
    void stop() {
        nodes.forEach(NodeProcess::stop);
        for (NodeProcess node : nodes) {
            try {
                node.awaitEnd();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** In the project its build directory, elsewhere a temporary one. */
    private static Path logDirectory() {
        try {
            return Files.isDirectory(Path.of("target", "classes"))
                    ? Files.createDirectories(Path.of("target", "demo"))
                    : Files.createTempDirectory("interaction-processor-demo");
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the logs", e);
        }
    }
}
