package io.interactionprocessor.bench;

import io.interactionprocessor.client.ClientListener;
import io.interactionprocessor.client.ClientOptions;
import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.nodes.FreePorts;
import io.interactionprocessor.testkit.Eventually;
import io.interactionprocessor.testkit.NodeJvms;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * How long {@code conversation.hold} and {@code conversation.retrieve} take, from the client to the switch and back. Not a
 * test: a timed one would measure what else the machine does. How to run it stands in {@code docs/performance.md}.
 *
 * <p>Each node is a JVM of its own, the client is this one. One client, one request at a time: it is sent when the event of
 * the one before has come. The <em>answer</em> is measured from before the request is written until its response has been
 * read; the <em>event</em> likewise, until the {@code state.updated} that it causes has been read.
 */
public final class HoldLatency {
    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 5_000;
    private static final List<String> OPTIONS =
            List.of("-Xms256m", "-Xmx256m", "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");

    private static final int FIRST_AGENT = 1_001;
    /** By how far the client's node is from the one that holds the link. */
    private static final List<String> LINKS =
            List.of(", link on the client's node", ", link on another node", ", link on another node (the third)");

    private static final PrintStream OUT = System.out;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebSocketClient sockets = DesktopClient.sockets(vertx);

    private HoldLatency() {}

    /** Measures a single node, then three; {@code args} are more options for the nodes' JVMs. */
    public static void main(String[] args) throws Exception {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(List.of(args));
        OUT.printf(
                Locale.ROOT,
                "%d cores, %s %s, commit %s, load average %.2f%nnodes: java %s%n%d to warm up, %d measured; milliseconds%n%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"),
                Runtime.version(),
                commit(),
                load(),
                String.join(" ", options),
                WARM_UP,
                MEASURED);
        OUT.printf(
                "| where | of | median | 90 %% | 99 %% | 99.9 %% | longest |%n| --- | --- | --- | --- | --- | --- | --- |%n");
        HoldLatency bench = new HoldLatency();
        bench.measure(1, options);
        bench.measure(3, options);
        OUT.printf(Locale.ROOT, "%nload average at the end %.2f%n", load());
        System.exit(0);
    }

    private void measure(int size, List<String> options) throws Exception {
        Path directory = Files.createTempDirectory("hold-latency");
        List<Integer> ports = FreePorts.find(size);
        List<String> members = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        try (NodeJvms jvms = new NodeJvms(directory, options)) {
            List<NodeJvms.Jvm> nodes = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                nodes.add(jvms.node(
                        "node" + (i + 1),
                        "conf/demo.yaml",
                        List.of(
                                "http.port=0",
                                "management.port=0",
                                "cluster.port=" + ports.get(i),
                                "cluster.members=" + (size == 1 ? "" : String.join(",", members)),
                                "cluster.name=bench-" + ports.get(0))));
            }
            List<String> urls = nodes.stream().map(NodeJvms.Jvm::awaitReady).toList();
            // told in the log of the node that holds it
            int holder = Eventually.eventuallyGet(() -> {
                for (int i = 0; i < size; i++) {
                    if (nodes.get(i).errors().contains("link sim is up")) {
                        return i;
                    }
                }
                throw new AssertionError("no node holds the link");
            });
            List<Desk> desks = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Desk desk = new Desk(urls.get((holder + i) % size), Integer.toString(FIRST_AGENT + i));
                desk.talk();
                desks.add(desk);
            }
            // all before any is measured: the link's node has a part in every request
            for (Desk desk : desks) {
                desk.run(WARM_UP);
            }
            String cluster = size == 1 ? "a single node" : size + " nodes";
            for (int i = 0; i < size; i++) {
                desks.get(i).forget();
                desks.get(i).run(MEASURED);
                desks.get(i).print(cluster + LINKS.get(i));
            }
        }
    }

    /** A desktop with one call, which it holds and retrieves by turns. */
    private final class Desk implements ClientListener {
        final DesktopClient client;
        private final Map<Predicate<JsonObject>, Promise<JsonObject>> awaited = new ConcurrentHashMap<>();
        private final Histogram answers = new Histogram(3);
        private final Histogram events = new Histogram(3);
        private String conversation;

        Desk(String url, String agent) {
            client = new DesktopClient(
                    vertx,
                    sockets,
                    ClientOptions.of(List.of(url), "sim", agent, Secret.of("demo"))
                            .staying(),
                    this);
        }

        @Override
        public void event(JsonObject event) {
            awaited.forEach((wanted, promise) -> {
                if (wanted.test(event)) {
                    awaited.remove(wanted);
                    promise.complete(event);
                }
            });
        }

        private Future<JsonObject> next(Predicate<JsonObject> wanted) {
            Promise<JsonObject> promise = Promise.promise();
            awaited.put(wanted, promise);
            return promise.future();
        }

        private Future<JsonObject> state(String state) {
            return next(event -> event.getString("name").equals("state.updated")
                    && event.getJsonObject("data").getString("state").equals(state));
        }

        /** Logs in and dials a number that answers. */
        void talk() throws Exception {
            Future<JsonObject> channel = next(event -> event.getString("name").equals("channel.created"));
            client.login(true, null).await(20, TimeUnit.SECONDS);
            String target = channel.await(10, TimeUnit.SECONDS).getString("target");
            client.call("channel.activate", target, null).await(10, TimeUnit.SECONDS);
            Future<JsonObject> connected = state("CONNECTED");
            client.call("channel.dial", target, new JsonObject().put("destination", "5550101"))
                    .await(10, TimeUnit.SECONDS);
            conversation = connected.await(10, TimeUnit.SECONDS).getString("target");
        }

        void run(int count) throws Exception {
            Promise<Void> done = Promise.promise();
            vertx.runOnContext(begin -> step(count, done));
            done.future().await(300, TimeUnit.SECONDS);
        }

        private void step(int left, Promise<Void> done) {
            if (left == 0) {
                done.complete();
                return;
            }
            boolean hold = left % 2 == 0;
            Future<JsonObject> changed = state(hold ? "HELD" : "CONNECTED");
            long start = System.nanoTime();
            Future<JsonObject> answer = client.call(
                            hold ? "conversation.hold" : "conversation.retrieve", conversation, null)
                    .onSuccess(answered -> answers.recordValue(System.nanoTime() - start));
            changed.onSuccess(event -> events.recordValue(System.nanoTime() - start));
            Future.all(answer, changed).onSuccess(both -> step(left - 1, done)).onFailure(done::fail);
        }

        void forget() {
            answers.reset();
            events.reset();
        }

        void print(String where) {
            HoldLatency.print(where, "answer", answers);
            HoldLatency.print(where, "event", events);
        }
    }

    private static void print(String where, String of, Histogram histogram) {
        OUT.printf(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                where,
                of,
                histogram.getValueAtPercentile(50) / 1e6,
                histogram.getValueAtPercentile(90) / 1e6,
                histogram.getValueAtPercentile(99) / 1e6,
                histogram.getValueAtPercentile(99.9) / 1e6,
                histogram.getMaxValue() / 1e6);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
        try (InputStream out = git.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
