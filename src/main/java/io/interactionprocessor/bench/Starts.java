package io.interactionprocessor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * E5: from the start of a JVM until the node says that it serves, alone and as three nodes that start together and become
 * one cluster; beside it the bare platform, Vert.x clustered by Hazelcast with the same settings. Both with a class-data
 * archive too, where they run from a jar.
 */
final class Starts implements Scenario {
    private static final int LARGEST = 3;

    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        measure(bench, servers, "", servers.java(), servers.java());
        if (!bench.options()
                .node()
                .get(bench.options().node().indexOf("-cp") + 1)
                .endsWith(".jar")) {
            bench.note("E5: no class-data archive: it needs the jar");
            return;
        }
        measure(
                bench,
                servers,
                ", with a class-data archive",
                archived(bench, servers, true),
                archived(bench, servers, false));
    }

    private static void measure(Bench bench, Servers servers, String how, List<String> node, List<String> bare)
            throws InterruptedException {
        for (int size = 1; size <= LARGEST; size += LARGEST - 1) {
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            for (int round = 0; round < bench.options().rounds(); round++) {
                theirs.add(start(servers.launchGrid(size, bare)));
                ours.add(start(servers.launchNodes(size, CommandCost.AGENTS, node)));
                bench.progress()
                        .tell("  " + size + " nodes" + how + ": ready after " + Numbers.text(ours.get(round))
                                + " s, the bare platform after " + Numbers.text(theirs.get(round)) + " s");
            }
            bench.add(new Figure(
                    "E5",
                    (size == 1 ? "start to ready, alone" : "three nodes to one cluster") + how,
                    "s",
                    ours,
                    theirs,
                    "bare platform",
                    Figure.Goal.atMost(size == 1 ? 1.2 : 5)));
        }
    }

    /** Returns when the last one was ready; they have been launched a moment ago. */
    private static double start(Server.Group launched) throws InterruptedException {
        try (launched) {
            launched.awaitReady();
            return launched.servers().stream()
                            .mapToLong(server -> server.process().readyAfterMs())
                            .max()
                            .orElseThrow()
                    / 1000.0;
        }
    }

    /**
     * Lets a JVM that has served archive the classes it has loaded, and returns the command that uses them. It archives them
     * when it ends: asked by {@code jcmd} while it runs it leaves out what is not linked yet, a seventh of them.
     */
    private static List<String> archived(Bench bench, Servers servers, boolean node) throws InterruptedException {
        Path archive = bench.options()
                .output()
                .resolve(node ? "bench-node.jsa" : "bench-bare.jsa")
                .toAbsolutePath();
        List<String> recording = servers.java("-XX:ArchiveClassesAtExit=" + archive);
        try {
            Files.deleteIfExists(archive);
        } catch (IOException e) {
            throw new BenchFailed("cannot replace " + archive + ": " + e.getMessage());
        }
        try (Server.Group one =
                node ? servers.launchNodes(1, CommandCost.AGENTS, recording) : servers.launchGrid(1, recording)) {
            one.awaitReady();
            one.first().process().stop();
            one.first().process().awaitEnd();
        }
        if (!Files.exists(archive)) {
            throw new BenchFailed("E5: no class-data archive has been written; see "
                    + bench.options().output());
        }
        return servers.java("-XX:SharedArchiveFile=" + archive);
    }
}
