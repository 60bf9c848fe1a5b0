package io.interactionprocessor.testkit;

import io.interactionprocessor.nodes.FreePorts;
import io.interactionprocessor.torture.ground.Ground;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Nodes of the product, each a JVM of its own started from the jar, as an operator starts them. */
public final class Cluster implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    /** Starting a JVM takes all cores; many at once would only wait for each other. */
    private static final Semaphore STARTING = new Semaphore(1, true);

    private final List<Node> nodes = new ArrayList<>();
    private final List<Supplier<Process>> launches = new ArrayList<>();

    /** One node. */
    public static final class Node {
        private Process process;
        private final Path output;
        private final Path log;
        private final String management;
        private String url;

        private Node(Process process, Path output, Path log, String management) {
            this.process = process;
            this.output = output;
            this.log = log;
            this.management = management;
        }

        /** The WebSocket's address, as the node printed it. */
        public String url() {
            return url;
        }

        /** The management port. */
        public SwitchSide management() {
            return new SwitchSide("http://" + management);
        }

        /** All that the node has logged. */
        public String log() {
            return text(log) + text(output);
        }

        /** Asks the node to stop (SIGTERM). */
        public void terminate() {
            process.destroy();
        }

        /** Kills the node (SIGKILL). */
        public void kill() {
            process.destroyForcibly();
        }

        /** Waits for the process' end; its exit status. */
        public int awaitExit(Duration within) {
            try {
                if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("the node still runs after " + within);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", stop);
            }
            return process.exitValue();
        }

        private void awaitReady() {
            url = Await.until(
                            "ready line",
                            START,
                            () -> {
                                if (!process.isAlive()) {
                                    return Optional.of("");
                                }
                                return text(output)
                                        .lines()
                                        .filter(line -> line.startsWith("ready ws"))
                                        .map(line -> line.substring("ready ".length())
                                                .strip())
                                        .findFirst();
                            },
                            Optional::isPresent)
                    .orElseThrow();
            if (url.isEmpty()) {
                throw new AssertionError("the node ended with " + process.exitValue() + "\n" + log());
            }
            Await.until(
                    "health/ready",
                    START,
                    () -> management().send("GET", "/health/ready", null).statusCode(),
                    status -> status == 200);
        }
    }

    private Cluster() {}

    /** Starts that many nodes with the demo's configuration and these settings, and waits until they are one cluster. */
    public static Cluster start(String name, int size, String... settings) {
        return start(name, size, Path.of("conf", "demo.yaml"), settings);
    }

    /** Starts that many nodes with this configuration file. */
    public static Cluster start(String name, int size, Path config, String... settings) {
        Cluster cluster = new Cluster();
        List<Integer> ports = FreePorts.find(size * 3);
        List<String> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add("127.0.0.1:" + ports.get(i * 3 + 2));
        }
        STARTING.acquireUninterruptibly();
        try {
            for (int i = 0; i < size; i++) {
                List<String> sets = new ArrayList<>(List.of(
                        "http.port=" + ports.get(i * 3),
                        "management.port=" + ports.get(i * 3 + 1),
                        "cluster.port=" + ports.get(i * 3 + 2),
                        "cluster.members=" + String.join(",", members)));
                sets.addAll(List.of(settings));
                cluster.add(name + "-" + (i + 1), List.of(), config, "127.0.0.1:" + ports.get(i * 3 + 1), sets);
            }
            cluster.nodes.forEach(Node::awaitReady);
            cluster.nodes.forEach(node -> awaitMembers(node, size));
        } catch (Throwable failed) {
            cluster.close();
            throw failed;
        } finally {
            STARTING.release();
        }
        return cluster;
    }

    /** Starts one node, which is its own cluster, in a place of its own. */
    public static Cluster startAt(Ground.Place place, String name, Path config) {
        Cluster cluster = new Cluster();
        String management = place.host() + ':' + place.ports().management();
        List<String> sets = List.of(
                "http.host=" + place.host(),
                "http.port=" + place.ports().http(),
                "management.host=" + place.host(),
                "management.port=" + place.ports().management(),
                "cluster.host=" + place.host(),
                "cluster.port=" + place.ports().cluster(),
                "cluster.members=" + place.host() + ':' + place.ports().cluster());
        try {
            cluster.add(name, place.prefix(), config, management, sets);
            cluster.nodes.forEach(Node::awaitReady);
        } catch (Throwable failed) {
            cluster.close();
            throw failed;
        }
        return cluster;
    }

    /** Starts a node that has ended once more, on its old ports. */
    public void restart(int index) {
        Node node = nodes.get(index);
        node.process = launches.get(index).get();
        node.awaitReady();
        awaitMembers(node, nodes.size());
    }

    private void add(String name, List<String> prefix, Path config, String management, List<String> settings) {
        String jar = System.getProperty("interactionprocessor.jar", "target/interaction-processor.jar");
        Path directory = Path.of("target", "blackbox");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                jar,
                "node",
                "--config",
                config.toString()));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        File output = directory.resolve(name + ".out").toFile();
        File log = directory.resolve(name + ".log").toFile();
        Supplier<Process> launch = () -> {
            try {
                Files.createDirectories(directory);
                Process process = new ProcessBuilder(command)
                        .redirectOutput(output)
                        .redirectError(log)
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
                return process;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
        launches.add(launch);
        nodes.add(new Node(launch.get(), output.toPath(), log.toPath(), management));
    }

    private static void awaitMembers(Node node, int size) {
        try (RawClient client = RawClient.connect(node.url())) {
            Await.until(
                    "cluster of " + size,
                    START,
                    () -> client.ask(new JsonObject()
                            .put("messageType", "coreRequest")
                            .put("requestId", "members-" + System.nanoTime())
                            .put("command", "getServices")
                            .put("data", new JsonObject())),
                    answer -> answer.getJsonObject("data").getJsonArray("services").stream()
                            .map(JsonObject.class::cast)
                            .filter(service -> "interactionProcessor".equals(service.getString("type")))
                            .map(service -> service.getJsonObject("serviceStatus"))
                            .anyMatch(status -> "InService".equals(status.getString("status"))
                                    && status.getJsonArray("nodes").size() == size));
        }
    }

    /** A node, counted from 0. */
    public Node node(int index) {
        return nodes.get(index);
    }

    /** All nodes. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** What all nodes have logged. */
    public String logs() {
        return nodes.stream().map(Node::log).collect(Collectors.joining());
    }

    @Override
    public void close() {
        nodes.forEach(Node::kill);
        nodes.forEach(node -> node.awaitExit(Duration.ofSeconds(10)));
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
