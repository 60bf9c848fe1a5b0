package io.interactionprocessor.bench;

import io.interactionprocessor.client.ClientListener;
import io.interactionprocessor.client.ClientOptions;
import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * E8: customers call queues of the simulated switch, 100 a second, with 1,000 agents, who answer; the customers hang up. With
 * the reference client. The time is from the customer's request over HTTP until the agent's client has read the offer:
 * somebody is always free, so all of it is the service's. At the end nobody may wait.
 */
final class QueuedCalls implements Scenario {
    private static final int AGENTS = 1_000;
    private static final double RATE = 100;

    private final CallTally tally = new CallTally();

    @Override
    public void run(Bench bench, Driver driver, Servers servers) throws InterruptedException {
        Server.Group node = servers.nodes(1, AGENTS);
        if (node.first().process() == null) {
            bench.note("E8 is left out: the management port of a foreign node is not known");
            return;
        }
        WebSocketClient sockets = DesktopClient.sockets(driver.vertx());
        HttpClient http =
                driver.vertx().createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(64));
        List<Agent> agents = new ArrayList<>();
        for (int from = 0; from < AGENTS; from += 50) {
            int first = from;
            driver.onContext(() -> {
                List<Agent> some = IntStream.range(first, first + 50)
                        .mapToObj(
                                index -> new Agent(driver, sockets, node.first().url(), index))
                        .toList();
                agents.addAll(some);
                return Future.all(some.stream().map(Agent::begin).toList());
            });
        }
        bench.progress().tell("  " + AGENTS + " agents are ready");
        Customers customers = new Customers(driver, http, node.first().management(), tally);
        customers.start(RATE);
        bench.progress().pause(bench.options().warmUp(), tally::toString);
        if (bench.options().profile()) {
            node.startRecording();
        }
        double cpu = node.cpuSeconds();
        long before = driver.onContext(() -> Future.succeededFuture(tally.restart()));
        bench.progress().pause(bench.options().duration(), tally::toString);
        double spent = node.cpuSeconds() - cpu;
        long whole = driver.onContext(() -> Future.succeededFuture(tally.countEnded())) - before;
        if (bench.options().profile()) {
            node.stopRecording("calls");
        }
        customers.stop();
        bench.progress().pause(Duration.ofMillis(Customers.TALK_MS + 2_000), tally::toString);
        bench.progress().tell("  " + tally);
        driver.onContext(() ->
                Future.join(agents.stream().map(agent -> agent.client.close()).toList()));
        add(bench, "calls that were never offered", "calls", (double) tally.countWaiting(), Figure.Goal.atMost(0));
        bench.add(Figure.of("E8", "customers' requests that failed", "calls", (double) tally.countFailed(), null));
        bench.add(
                Figure.of("E8", "offers that could not be answered", "calls", (double) tally.countUnanswered(), null));
        add(bench, "median from the customer's call to the offer", "ms", tally.millis(50), null);
        add(bench, "99th percentile of it, 100 calls/s", "ms", tally.millis(99), Figure.Goal.atMost(5));
        add(bench, "CPU of the node for a whole call", "us", spent * 1e6 / whole, null);
    }

    private void add(Bench bench, String name, String unit, double value, Figure.Goal goal) {
        bench.add(Figure.of("E8", name, unit, value, goal).doubted(tally.doubt()));
    }

    /** Somebody who answers. */
    private final class Agent implements ClientListener {
        private final DesktopClient client;
        private String channel;

        Agent(Driver driver, WebSocketClient sockets, String url, int index) {
            String id = Integer.toString(Servers.FIRST_AGENT + index);
            client = new DesktopClient(
                    driver.vertx(),
                    sockets,
                    ClientOptions.of(List.of(url), "sim", id, Secret.of("demo")).staying(),
                    this);
        }

        Future<JsonObject> begin() {
            return client.login(true, null)
                    .compose(started -> client.call("channelgroup.activateall", client.resourceId() + ".g1", null))
                    .compose(active -> client.call("channel.ready", channel, null));
        }

        @Override
        public void event(JsonObject event) {
            String target = event.getString("target");
            JsonObject data = event.getJsonObject("data", new JsonObject());
            switch (event.getString("name")) {
                case "channel.created" -> channel = channel == null ? target : channel;
                case "interaction.created", "interaction.preview" ->
                    tally.offered(data.getString("from", ""), System.nanoTime());
                case "interaction.ended" -> tally.ended();
                case "conversation.initialized" ->
                    client.call("conversation.answer", target, null).onFailure(failure -> tally.unanswered());
                default -> {
                    // of no interest here
                }
            }
        }
    }
}
