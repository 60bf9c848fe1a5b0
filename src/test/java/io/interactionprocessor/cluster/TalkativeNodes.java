package io.interactionprocessor.cluster;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.interactionprocessor.testkit.NodeJvms;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Nodes in JVMs of their own that log all that any library has to say, and a member of their cluster in this JVM that looks
 * into the grid.
 */
final class TalkativeNodes implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Vertx vertx = Vertx.vertx();
    private final NodeJvms jvms;
    private final List<NodeJvms.Jvm> running = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();
    private final TreeMap<Integer, String> management = new TreeMap<>();
    private ClusterNode member;

    TalkativeNodes(Path directory) throws IOException {
        Path logging = Files.writeString(directory.resolve("all.properties"), """
                handlers = java.util.logging.ConsoleHandler
                java.util.logging.ConsoleHandler.level = ALL
                .level = ALL
                """);
        jvms = new NodeJvms(
                directory,
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                        "-Djava.util.logging.config.file=" + logging));
    }

    /** Runs another command. */
    NodeJvms.Jvm run(String name, String input, List<String> arguments) {
        return jvms.run(name, input, arguments);
    }

    /** Starts one node, {@code node1} and so on, for each configuration file, and waits until all serve. */
    void start(List<String> configs) {
        int count = configs.size();
        List<Integer> ports = ThreeNodes.freePorts(2 * count + 1);
        List<String> members = ports.subList(0, count + 1).stream()
                .map(port -> "127.0.0.1:" + port)
                .toList();
        String name = "canary-" + UUID.randomUUID();
        for (int i = 0; i < count; i++) {
            int port = ports.get(count + 1 + i);
            management.put(i, "http://127.0.0.1:" + port);
            running.add(jvms.node(
                    "node" + (i + 1),
                    configs.get(i),
                    List.of(
                            "http.port=0",
                            "management.port=" + port,
                            "cluster.port=" + ports.get(i),
                            "cluster.members=" + String.join(",", members),
                            "cluster.name=" + name)));
        }
        Future<ClusterNode> joining = ClusterNode.start(
                new ClusterSettings(name, "127.0.0.1", ports.get(count), members, 0, Path.of("cluster.xml")),
                new VertxOptions(),
                builder -> builder);
        running.forEach(node -> urls.add(node.awaitReady()));
        member = ThreeNodes.await(joining);
        eventually(() -> assertThat(get("/health/ready")).hasSize(count));
    }

    Vertx vertx() {
        return vertx;
    }

    List<String> urls() {
        return urls;
    }

    HazelcastInstance grid() {
        return member.hazelcast();
    }

    /** Everything that was run here, nodes and other commands. */
    List<NodeJvms.Jvm> everything() {
        return jvms.all();
    }

    /** Gets a page of every node's management port; each must be there. */
    List<String> get(String path) throws Exception {
        List<String> pages = new ArrayList<>();
        for (String url : management.values()) {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(url + path).isEqualTo(200);
            pages.add(answer.body());
        }
        return pages;
    }

    /** Asks a node's management port to drain it. */
    void drain(int index) throws Exception {
        HttpRequest drain = HttpRequest.newBuilder(URI.create(management.get(index) + "/drain"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HTTP.send(drain, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isLessThan(300);
    }

    /** Waits until a node that drains has ended in order. */
    void awaitDrained(int index) throws InterruptedException {
        assertThat(running.get(index).awaitEnd()).isZero();
        management.remove(index);
    }

    /** Tells all nodes to end, and waits until they have, in order. */
    void stop() throws InterruptedException {
        running.forEach(NodeJvms.Jvm::terminate);
        for (NodeJvms.Jvm node : running) {
            assertThat(node.awaitEnd()).as("status").isZero();
        }
        management.clear();
    }

    @Override
    public void close() {
        if (member != null) {
            ThreeNodes.await(member.close());
        }
        jvms.close();
        vertx.close().await();
    }
}
