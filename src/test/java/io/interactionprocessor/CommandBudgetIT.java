package io.interactionprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.spi.impl.operationservice.impl.OperationServiceImpl;
import com.sun.management.ThreadMXBean;
import io.interactionprocessor.client.ClientListener;
import io.interactionprocessor.client.ClientOptions;
import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.config.ConfigLoader;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.nodes.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What a command and a log-in cost in things that can be counted on any machine: messages of the event bus, operations of
 * the grid, bytes allocated. A thousand commands by a script; who makes them cost more must say so by raising a bound.
 */
class CommandBudgetIT {
    private static final int WARM_UP = 600;
    private static final int COMMANDS = 1_000;

    /** To the session, to the switch's link and back with the event, the answer with its events to the client: 4.00. */
    private static final double BUS_MESSAGES = 4.1;

    /** The switch's write and the session's append: 2.00. */
    private static final double GRID_OPERATIONS = 2.1;

    /** 30,663 with the first compiler only, as tests run. */
    private static final double BYTES = 35_000;

    private static final int LOGINS = 200;

    /** Three requests to the session, their answers, the switch's link there and back: 8.00 with what the connection says. */
    private static final double LOGIN_BUS_MESSAGES = 9;

    /** Failed attempts of agent and address, the claim, the new session, the binding, the switch's write, the session as it was started: 7.3. */
    private static final double LOGIN_GRID_OPERATIONS = 7.5;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AtomicLong messages = new AtomicLong();
    private final Set<Long> clients = new HashSet<>();

    /** What was counted until now. */
    private record Count(double busMessages, double gridOperations, double bytes) {}

    @Test
    void aThousandCommandsAndTwoHundredLoginsStayWithinTheirBounds() throws Exception {
        Ports ports = Ports.free(1).get(0);
        Node node = Node.start(ConfigLoader.load(
                        "conf/demo.yaml",
                        Map.of(),
                        List.of(
                                "http.port=" + ports.http(),
                                "management.port=" + ports.management(),
                                "cluster.port=" + ports.cluster(),
                                "cluster.name=budget-" + ports.cluster())))
                .await(60, TimeUnit.SECONDS);
        node.vertx().eventBus().addOutboundInterceptor(context -> {
            messages.incrementAndGet();
            context.next();
        });
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            Desk desk = new Desk(vertx, node.url(), 1001);
            desk.begin();
            vertx.runOnContext(here -> clients.add(Thread.currentThread().getId()));
            desk.run(WARM_UP);
            Count before = count(ports);
            desk.run(COMMANDS);
            Count after = count(ports);

            double bus = (after.busMessages() - before.busMessages()) / COMMANDS;
            double grid = (after.gridOperations() - before.gridOperations()) / COMMANDS;
            double bytes = (after.bytes() - before.bytes()) / COMMANDS;
            String all = "each command: %.2f event-bus messages, %.2f grid operations, %.0f bytes"
                    .formatted(bus, grid, bytes);
            assertThat(bus).as(all).isBetween(1.0, BUS_MESSAGES);
            assertThat(grid).as(all).isBetween(1.0, GRID_OPERATIONS);
            assertThat(bytes).as(all).isBetween(1_000.0, BYTES);
            logins(vertx, node, ports);
        } finally {
            vertx.close().await();
            node.drain().compose(drained -> node.leave()).await(30, TimeUnit.SECONDS);
        }
    }

    private void logins(Vertx vertx, Node node, Ports ports) throws Exception {
        Count before = count(ports);
        for (int i = 1; i <= LOGINS; i++) {
            new Desk(vertx, node.url(), 1001 + i).client.login(true, null).await(20, TimeUnit.SECONDS);
        }
        Count after = count(ports);
        double bus = (after.busMessages() - before.busMessages()) / LOGINS;
        double grid = (after.gridOperations() - before.gridOperations()) / LOGINS;
        String all = "each log-in: %.2f event-bus messages, %.2f grid operations".formatted(bus, grid);
        assertThat(bus).as(all).isBetween(1.0, LOGIN_BUS_MESSAGES);
        assertThat(grid).as(all).isBetween(1.0, LOGIN_GRID_OPERATIONS);
    }

    private Count count(Ports ports) {
        return new Count(messages.get(), gridOperations(ports), bytesOfTheNode());
    }

    private static double gridOperations(Ports ports) {
        for (HazelcastInstance each : Hazelcast.getAllHazelcastInstances()) {
            if (each.getConfig().getClusterName().equals("budget-" + ports.cluster())) {
                HazelcastInstanceImpl grid = ((HazelcastInstanceProxy) each).getOriginal();
                OperationServiceImpl operations = grid.node.getNodeEngine().getOperationService();
                return operations.getOperationExecutor().getExecutedOperationCount();
            }
        }
        throw new AssertionError("no grid of that name");
    }

    /** All threads but the client's and this one: whatever else is here works for the node. */
    private double bytesOfTheNode() {
        long own = Thread.currentThread().getId();
        long[] counted = Arrays.stream(threads.getAllThreadIds())
                .filter(id -> id != own && !clients.contains(id))
                .toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(counted))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /** Ready and not ready by turns, one command at a time. */
    private static final class Desk implements ClientListener {
        private final DesktopClient client;
        private final CompletableFuture<String> channel = new CompletableFuture<>();

        Desk(Vertx vertx, String url, int agent) {
            client = new DesktopClient(
                    vertx,
                    DesktopClient.sockets(vertx),
                    ClientOptions.of(List.of(url), "sim", Integer.toString(agent), Secret.of("demo"))
                            .staying(),
                    this);
        }

        void begin() throws Exception {
            client.login(true, null).await(20, TimeUnit.SECONDS);
            client.call("channel.activate", channel.get(10, TimeUnit.SECONDS), null)
                    .await(10, TimeUnit.SECONDS);
        }

        void run(int commands) throws Exception {
            step(commands).await(120, TimeUnit.SECONDS);
        }

        private Future<JsonObject> step(int left) {
            String command = left % 2 == 0 ? "channel.ready" : "channel.notready";
            Future<JsonObject> answer = client.call(command, channel.join(), null);
            return left == 1 ? answer : answer.compose(answered -> step(left - 1));
        }

        @Override
        public void event(JsonObject event) {
            if ("channel.created".equals(event.getString("name"))) {
                channel.complete(event.getString("target"));
            }
        }
    }
}
