package io.interactionprocessor.bench;

import io.interactionprocessor.nodes.NodeProcess;
import io.interactionprocessor.nodes.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Starts what is measured and what it is compared with, each in a JVM of its own. They end with this process. */
final class Servers implements AutoCloseable {
    static final int FIRST_AGENT = 100_001;

    private final BenchOptions options;
    private final Path directory;
    private final List<Server.Group> started = new ArrayList<>();
    private int count;

    Servers(BenchOptions options) {
        this.options = options;
        directory = options.output().resolve("bench").toAbsolutePath();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    /** The nodes that run already, or as many new ones that have become one cluster. */
    Server.Group nodes(int size, int agents, String... more) throws InterruptedException {
        if (!options.urls().isEmpty()) {
            return new Server.Group(options.urls().stream()
                    .map(url -> new Server(url, null, null, null))
                    .toList());
        }
        Server.Group group = launchNodes(size, agents, recorded(java(more)));
        group.awaitReady();
        return group;
    }

    /** A recorder that begins later changes the classes that it watches, and they are compiled anew while it records. */
    private List<String> recorded(List<String> java) {
        List<String> command = new ArrayList<>(java);
        if (options.profile()) {
            command.add(1, "-XX:StartFlightRecording=name=warm,settings=profile,disk=false");
        }
        return command;
    }

    /** New nodes that have become one cluster and keep nothing twice: what is compared with, never what runs. */
    Server.Group nodesWithoutBackups(int size, int agents) throws InterruptedException {
        if (!options.urls().isEmpty()) {
            throw new BenchFailed("it needs nodes of its own: leave --url out");
        }
        Server.Group group = launchNodes(size, agents, java(), List.of("cluster.file=" + withoutBackups()));
        group.awaitReady();
        return group;
    }

    private Path withoutBackups() {
        try (InputStream shipped = Servers.class.getResourceAsStream("/cluster.xml")) {
            String xml = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(
                    directory.resolve("cluster-without-backups.xml"),
                    xml.replace("<backup-count>1</backup-count>", "<backup-count>0</backup-count>"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write below " + directory, e);
        }
    }

    /** Starts nodes and does not wait. */
    Server.Group launchNodes(int size, int agents, List<String> java) {
        return launchNodes(size, agents, java, List.of());
    }

    private Server.Group launchNodes(int size, int agents, List<String> java, List<String> more) {
        Path config = configuration(agents);
        List<Ports> ports = Ports.free(size);
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Ports own = ports.get(i);
            List<String> settings = new ArrayList<>(List.of(
                    "http.port=" + own.http(),
                    "management.port=" + own.management(),
                    "cluster.port=" + own.cluster(),
                    "cluster.members=" + (size == 1 ? "" : members(ports)),
                    "cluster.name=bench-" + ports.get(0).cluster()));
            settings.addAll(more);
            String name = "node" + ++count;
            Path log = directory.resolve(name + ".log");
            Path gc = directory.resolve(name + "-gc.log");
            NodeProcess process = NodeProcess.start(name, withGcLog(java, gc), config.toString(), own, settings, log);
            servers.add(new Server("ws://127.0.0.1:" + own.http() + "/ws", process, gc, log));
        }
        return remember(servers);
    }

    /** Starts the echo. */
    Server.Group echo(List<String> java) throws InterruptedException {
        Ports ports = Ports.free(1).get(0);
        Server.Group group =
                remember(List.of(launch("echo", java, ports, List.of("--port", Integer.toString(ports.http())))));
        group.awaitReady();
        return group;
    }

    /** Starts bare Vert.x nodes on a bare grid that become one cluster, and does not wait. */
    Server.Group launchGrid(int size, List<String> java) {
        List<Ports> ports = Ports.free(size);
        List<Server> servers = new ArrayList<>();
        for (Ports own : ports) {
            List<String> arguments = List.of(
                    "--port",
                    Integer.toString(own.http()),
                    "--cluster-port",
                    Integer.toString(own.cluster()),
                    "--members",
                    members(ports));
            servers.add(launch("grid", java, own, arguments));
        }
        return remember(servers);
    }

    /** Returns the command that starts a JVM, with more options over the usual ones. */
    List<String> java(String... more) {
        List<String> command = new ArrayList<>(options.node());
        command.addAll(command.indexOf("-cp"), List.of(more));
        return command;
    }

    /** Starts bare Vert.x nodes on a bare grid and waits until they are one cluster. */
    Server.Group grid(int size) throws InterruptedException {
        Server.Group group = launchGrid(size, java());
        group.awaitReady();
        return group;
    }

    private Server launch(String kind, List<String> java, Ports ports, List<String> arguments) {
        String name = kind + ++count;
        Path log = directory.resolve(name + ".log");
        Path gc = directory.resolve(name + "-gc.log");
        List<String> command = new ArrayList<>(withGcLog(java, gc));
        command.add("bench-baseline");
        command.addAll(List.of(
                "--exit-with-parent", Long.toString(ProcessHandle.current().pid())));
        command.addAll(arguments);
        NodeProcess process = NodeProcess.launch(name, command, ports, log);
        return new Server("ws://127.0.0.1:" + ports.http() + "/ws", process, gc, log);
    }

    private Server.Group remember(List<Server> servers) {
        Server.Group group = new Server.Group(servers);
        started.add(group);
        return group;
    }

    private static List<String> withGcLog(List<String> java, Path file) {
        List<String> command = new ArrayList<>(java);
        command.add(1, GcLog.option(file));
        return command;
    }

    private static String members(List<Ports> ports) {
        return ports.stream().map(each -> "127.0.0.1:" + each.cluster()).collect(Collectors.joining(","));
    }

    private Path configuration(int agents) {
        String text = String.join(
                "\n",
                "demo: true",
                "limits:",
                "  requests-per-second: 1000000",
                "  request-burst: 1000000",
                "processors:",
                "  - id: sim",
                "    instance-domain: demo",
                "    cti:",
                "      type: simulated",
                "    agent-ranges:",
                "      - from: " + FIRST_AGENT,
                "        count: " + agents,
                "        password: demo",
                "");
        try {
            return Files.writeString(directory.resolve("node-" + agents + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write below " + directory, e);
        }
    }

    @Override
    public void close() {
        started.forEach(Server.Group::close);
    }
}
