package io.interactionprocessor.torture.ground;

import io.interactionprocessor.nodes.NodeProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Nodes in JVMs of their own on this machine. They end with this process, even when it is killed. */
public final class LocalNodes implements Nodes, Faults {
    private static final long LONGEST_START_MS = 90_000;
    private static final AtomicInteger CLUSTERS = new AtomicInteger();

    private final Ground ground;
    private final List<List<String>> releases = new ArrayList<>();
    private final Set<Integer> fullLogs = new HashSet<>();
    private final Path directory;
    private final Path config;
    private final String cluster = "torture-" + ProcessHandle.current().pid() + '-' + CLUSTERS.incrementAndGet();
    private final NodeProcess[] nodes;
    private final Deaths deaths = new Deaths();
    private int starts;

    /**
     * Prepares the nodes; none is started yet.
     *
     * @param java the command up to the main class
     * @param directory for configuration and logs
     */
    public LocalNodes(Ground ground, int agents, List<String> java, Path directory) {
        this.ground = ground;
        ground.places().forEach(place -> releases.add(List.copyOf(java)));
        this.directory = directory;
        this.config = NodeFile.write(directory, ground.isLoopback(), agents);
        this.nodes = new NodeProcess[ground.places().size()];
    }

    /** Starts all and waits until all serve. */
    public void startAll() throws InterruptedException {
        for (int i = 0; i < nodes.length; i++) {
            start(i);
        }
        for (int i = 0; i < nodes.length; i++) {
            awaitReady(i);
        }
    }

    @Override
    public synchronized void start(int index) {
        Ground.Place place = ground.places().get(index);
        String members = ground.places().stream()
                .map(each -> each.host() + ':' + each.ports().cluster())
                .collect(Collectors.joining(","));
        List<String> settings = List.of(
                "http.host=" + place.host(),
                "http.port=" + place.ports().http(),
                "management.host=" + place.host(),
                "management.port=" + place.ports().management(),
                "cluster.host=" + place.host(),
                "cluster.port=" + place.ports().cluster(),
                "cluster.members=" + members,
                "cluster.name=" + cluster);
        List<String> command = new ArrayList<>(place.prefix());
        command.addAll(releases.get(index));
        Path log = fullLogs.contains(index)
                ? Path.of("/dev/full")
                : directory.resolve("node" + (index + 1) + '-' + ++starts + ".log");
        nodes[index] =
                NodeProcess.start("node " + (index + 1), command, config.toString(), place.ports(), settings, log);
    }

    @Override
    public void awaitReady(int index) throws InterruptedException {
        nodes[index].awaitReady(LONGEST_START_MS);
    }

    @Override
    public void kill(int index) {
        look(index);
        nodes[index].kill();
    }

    @Override
    public int stop(int index) throws InterruptedException {
        look(index);
        nodes[index].stop();
        return nodes[index].awaitEnd();
    }

    private void look(int index) {
        if (!isAlive(index)) {
            deaths.cameTooLate();
        }
    }

    private boolean isAlive(int index) {
        return nodes[index] != null && nodes[index].isAlive();
    }

    @Override
    public void freeze(int index) {
        Processes.freeze(nodes[index]);
    }

    @Override
    public void thaw(int index) {
        Processes.thaw(nodes[index]);
    }

    @Override
    public synchronized void release(int index, List<String> java) {
        releases.set(index, List.copyOf(java));
    }

    @Override
    public synchronized void fullLog(int index) {
        fullLogs.add(index);
    }

    @Override
    public boolean canCut() {
        return ground.canCut();
    }

    @Override
    public void cut(int from, int to) {
        ground.cut(from, to);
    }

    @Override
    public void heal() {
        ground.heal();
    }

    @Override
    public int newlyEnded() {
        int ended = 0;
        for (int i = 0; i < size(); i++) {
            ended += isAlive(i) ? 0 : 1;
        }
        return deaths.untold(ended);
    }

    @Override
    public Footprint footprint(int index) {
        return Footprint.of(nodes[index].pid());
    }

    @Override
    public double heapAfterCollection(int index) {
        return isAlive(index) ? Footprint.heapAfterCollection(nodes[index].pid()) : Double.NaN;
    }

    @Override
    public int size() {
        return nodes.length;
    }

    @Override
    public String url(int index) {
        Ground.Place place = ground.places().get(index);
        return "ws://" + place.host() + ':' + place.ports().http() + "/ws";
    }

    @Override
    public String management(int index) {
        Ground.Place place = ground.places().get(index);
        return "http://" + place.host() + ':' + place.ports().management();
    }

    @Override
    public List<String> urls() {
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            urls.add(url(i));
        }
        return urls;
    }

    @Override
    public int firstAgent() {
        return NodeFile.FIRST_AGENT;
    }

    @Override
    public String ground() {
        return ground.name();
    }

    @Override
    public Faults faults() {
        return this;
    }

    /** Ends all nodes and removes the ground. */
    @Override
    public void close() {
        Processes.end(nodes);
        ground.close();
    }

    /** The configuration of all nodes. */
    private static final class NodeFile {
        /** Above the numbers of queues and customers, so that there is room for any number of agents. */
        private static final int FIRST_AGENT = 100_001;

        /** The hash of {@code demo} with the fewest rounds that a node takes: logins, not hashes, are under test. */
        private static final String HASH =
                "$pbkdf2$it=10000$dG9ydHVyZS1oYXJuZXNzIQ$T/viYbDMgrmW655fzmOQ+XX+x5rRDi/YvYgZAcqY+GXjLhO4pfLA+lIJjToNYSvJ0fKy1qLNsLNZlEb2j6l2gg";

        static Path write(Path directory, boolean demo, int agents) {
            String password = demo ? "password: demo" : "password-hash: \"" + HASH + '"';
            String text = String.join(
                    "\n",
                    demo ? "demo: true" : "# for torture only",
                    "limits:",
                    "  failed-logins-per-address: 10000",
                    "processors:",
                    "  - id: sim",
                    "    instance-domain: demo",
                    "    cti:",
                    "      type: simulated",
                    "    agent-ranges:",
                    "      - from: " + FIRST_AGENT,
                    "        count: " + agents,
                    "        " + password,
                    "");
            try {
                Files.createDirectories(directory);
                return Files.writeString(directory.resolve("node.yaml"), text);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write below " + directory, e);
            }
        }
    }
}
