package io.interactionprocessor.bench;

import io.interactionprocessor.client.ClientListener;
import io.interactionprocessor.client.ClientOptions;
import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.model.Secret;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * E8: customers call queues of the simulated switch, 100 a second, with 1,000 agents, who answer; the customers hang up. With
 * the reference client. The time is from the customer's request over HTTP until the agent's client has read the offer:
 * somebody is always free, so all of it is the service's. At the end nobody may wait.
 */
final class QueuedCalls implements Scenario {
    private static final int AGENTS = 1_000;
    private static final double RATE = 100;
    private static final int TALK_MS = 3_000;
    private static final long FIRST_CUSTOMER = 900_000_000L;

    private final Map<String, Long> due = new HashMap<>();
    private final Histogram offers = new Histogram(3);
    private long made;
    private long offered;
    private long ended;
    private long refused;

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
        Caller caller = new Caller(driver, http, node.first().management());
        caller.start();
        bench.progress().pause(bench.options().warmUp(), this::state);
        if (bench.options().profile()) {
            node.startRecording();
        }
        double cpu = node.cpuSeconds();
        long before = driver.onContext(() -> {
            offers.reset();
            return Future.succeededFuture(ended);
        });
        bench.progress().pause(bench.options().duration(), this::state);
        double spent = node.cpuSeconds() - cpu;
        long whole = ended - before;
        if (bench.options().profile()) {
            node.stopRecording("calls");
        }
        caller.stop();
        bench.progress().pause(Duration.ofMillis(TALK_MS + 2_000), this::state);
        bench.progress().tell("  " + state());
        driver.onContext(() ->
                Future.join(agents.stream().map(agent -> agent.client.close()).toList()));
        bench.add(Figure.of(
                "E8", "calls that were never offered", "calls", (double) (made - offered), Figure.Goal.atMost(0)));
        bench.add(Figure.of("E8", "offers that could not be answered", "calls", (double) refused, null));
        bench.add(Figure.of("E8", "median from the customer's call to the offer", "ms", millis(50), null));
        bench.add(Figure.of("E8", "99th percentile of it, 100 calls/s", "ms", millis(99), Figure.Goal.atMost(5)));
        bench.add(Figure.of("E8", "CPU of the node for a whole call", "us", spent * 1e6 / whole, null));
    }

    private double millis(double percentile) {
        return offers.getTotalCount() == 0 ? Double.NaN : offers.getValueAtPercentile(percentile) / 1e6;
    }

    private String state() {
        return made + " calls, " + (made - offered) + " waiting, " + (offered - ended) + " being talked, " + refused
                + " answers refused";
    }

    /** The customers. */
    private final class Caller {
        private final Driver driver;
        private final HttpClient http;
        private final String management;
        private long timer;

        Caller(Driver driver, HttpClient http, String management) {
            this.driver = driver;
            this.http = http;
            this.management = management;
        }

        void start() {
            timer = driver.vertx()
                    .setPeriodic((long) (1000 / RATE), tick -> driver.context().runOnContext(now -> call()));
        }

        void stop() {
            driver.vertx().cancelTimer(timer);
        }

        private void call() {
            String from = Long.toString(FIRST_CUSTOMER + made);
            due.put(from, System.nanoTime());
            String to = made++ % 2 == 0 ? "8001" : "8002";
            JsonObject body = new JsonObject().put("from", from).put("to", to).put("hangupAfterMs", TALK_MS);
            http.request(new RequestOptions()
                            .setMethod(HttpMethod.POST)
                            .setAbsoluteURI(management + "/simulated-switch/calls")
                            .putHeader("content-type", "application/json"))
                    .compose(request -> request.send(body.toBuffer()))
                    .compose(response -> response.body())
                    .onFailure(lost -> refused++);
        }
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
                case "interaction.created", "interaction.preview" -> {
                    Long since = due.remove(data.getString("from", ""));
                    if (since != null) {
                        offered++;
                        offers.recordValue(System.nanoTime() - since);
                    }
                }
                case "interaction.ended" -> ended++;
                case "conversation.initialized" ->
                    client.call("conversation.answer", target, null).onFailure(failure -> refused++);
                default -> {
                    // of no interest here
                }
            }
        }
    }
}
