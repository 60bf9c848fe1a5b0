package io.interactionprocessor.cti.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.AgentLine;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.Route;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.CallLeg;
import io.interactionprocessor.model.csta.Command;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/** Many calls, and how long one takes to set up, against driving ARI without the connector. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated // its figures are of a machine that does nothing else
abstract class Load {
    private static final System.Logger LOG = System.getLogger("figures");
    private static final int AGENTS = 150;
    private static final int PER_SECOND = 25;
    private static final int SECONDS = Integer.getInteger("asterisk.load.seconds", 8);
    private static final int SET_UPS = Integer.getInteger("asterisk.load.setups", 60);
    private static final long TALK = 1_000;

    private final int version;
    private Vertx vertx;
    private Pbx pbx;
    private Context context;

    Load(int version) {
        this.version = version;
    }

    @BeforeAll
    void open() throws Exception {
        pbx = Pbx.start(version, "load");
        pbx.with(new SippPhone(pbx, "127.0.0.32", pbx.loadPort, "prompt-phone.xml"));
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
    }

    @AfterAll
    void close() throws Exception {
        if (vertx != null) {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
        if (pbx != null) {
            pbx.close();
        }
    }

    private <T> T call(java.util.function.Supplier<Future<T>> asked, long seconds) throws Exception {
        Promise<T> promise = Promise.promise();
        context.runOnContext(tick -> asked.get().onComplete(promise));
        return promise.future().await(seconds, TimeUnit.SECONDS);
    }

    private AsteriskConnector connector() {
        List<AgentLine> agents = IntStream.range(0, AGENTS)
                .mapToObj(n -> new AgentLine("a" + n, "Agent " + n, "3" + (1_000 + n), Set.of("8001")))
                .toList();
        AsteriskSettings settings = pbx.settings(pbx.ariPort, pbx.amiPort, agents, "PJSIP/load");
        return new AsteriskConnector(
                vertx,
                new AsteriskSettings(
                        settings.ari(),
                        settings.ami(),
                        settings.app(),
                        agents,
                        settings.stations(),
                        settings.queues(),
                        List.of(new Route(Pattern.compile("77"), "PJSIP/load")),
                        List.of(),
                        "default",
                        settings.times()),
                System::currentTimeMillis);
    }

    // ---- many calls

    /** Takes every call that is offered, talks for a while, and hangs up. */
    private final class Agents implements Connector.Listener {
        private final Connector connector;
        private final Map<String, String> serving = new HashMap<>();
        private final AtomicInteger served = new AtomicInteger();
        private int commands;

        Agents(Connector connector) {
            this.connector = connector;
        }

        Future<?> command(String agent, Command command) {
            return connector
                    .execute(new AgentCommand(agent, new Epoch(1), "c" + ++commands, command))
                    .onSuccess(reply -> {
                        if (!reply.accepted()) {
                            LOG.log(System.Logger.Level.WARNING, "{0} {1}: {2}", agent, command, reply.message());
                        }
                    });
        }

        @Override
        public void agentChanged(AgentEvent event) {
            String agent = event.view().agent();
            if (event.view().legs().isEmpty()) {
                serving.remove(agent);
                return;
            }
            CallLeg leg = event.view().legs().get(0);
            String what = leg.id() + leg.state();
            if (what.equals(serving.put(agent, what))) {
                return;
            }
            if (leg.state() == ConversationState.ALERTING) {
                command(agent, new Command.Answer(leg.id()));
            } else if (leg.state() == ConversationState.CONNECTED) {
                vertx.setTimer(TALK, timer -> {
                    served.incrementAndGet();
                    command(agent, new Command.Release(leg.id()));
                });
            }
        }

        @Override
        public void linkChanged(boolean up, String reason) {
            LOG.log(System.Logger.Level.WARNING, "link {0} {1}", up, reason);
        }
    }

    @Test
    void noCallIsLost() throws Exception {
        AsteriskConnector connector = connector();
        Agents agents = new Agents(connector);
        call(() -> connector.connect(new Epoch(1), agents), 10);
        call(
                () -> Future.all(IntStream.range(0, AGENTS)
                        .mapToObj(n -> agents.command("a" + n, new Command.LogOn(""))
                                .compose(done ->
                                        agents.command("a" + n, new Command.SetState(Availability.READY, null))))
                        .toList()),
                20);
        long start = System.nanoTime();
        boolean all = SippPhone.call(pbx, "8001", PER_SECOND, PER_SECOND * SECONDS);
        LOG.log(
                System.Logger.Level.INFO,
                "Asterisk {0}: {1} of {2} calls served in {3} s, {4} a second",
                version,
                agents.served.get(),
                PER_SECOND * SECONDS,
                (System.nanoTime() - start) / 1_000_000_000,
                PER_SECOND);
        assertThat(all).as("every customer was served").isTrue();
        assertThat(agents.served.get()).isEqualTo(PER_SECOND * SECONDS);
        call(connector::disconnect, 10);
    }

    // ---- one after the other

    @Test
    void setUpTakesLittleLongerThanAriAlone() throws Exception {
        // Asterisk 16 answers and dials in its own time, 200 ms each.
        int setUps = version < 20 ? SET_UPS / 6 : SET_UPS;
        long[] direct = new long[setUps];
        long[] connected = new long[setUps];
        AriAlone alone = new AriAlone(vertx, pbx.settings().ari(), "direct");
        call(alone::open, 5);
        AsteriskConnector connector = connector();
        OneCall one = new OneCall(connector);
        call(() -> connector.connect(new Epoch(2), one), 10);
        call(() -> one.command(new Command.LogOn("")), 5);
        for (int i = 0; i < 3; i++) {
            call(() -> alone.call("PJSIP/load"), 10);
            call(one::call, 10);
        }
        for (int i = 0; i < setUps; i++) {
            direct[i] = call(() -> alone.call("PJSIP/load"), 10);
            connected[i] = call(one::call, 10);
        }
        Arrays.sort(direct);
        Arrays.sort(connected);
        LOG.log(
                System.Logger.Level.INFO,
                "Asterisk {0}, {1} set-ups each: ARI alone p50 {2} us p99 {3} us, connector p50 {4} us p99 {5} us",
                version,
                setUps,
                percentile(direct, 50),
                percentile(direct, 99),
                percentile(connected, 50),
                percentile(connected, 99));
        assertThat(percentile(connected, 50)).isLessThan(percentile(direct, 50) + (version < 20 ? 300_000 : 25_000));
        call(connector::disconnect, 10);
        call(alone::close, 10);
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** Calls by the connector: from the command until the agent is connected. */
    private static final class OneCall implements Connector.Listener {
        private final Connector connector;
        private Promise<Long> connected;
        private long start;
        private int commands;

        OneCall(Connector connector) {
            this.connector = connector;
        }

        Future<?> command(Command command) {
            return connector.execute(new AgentCommand("a0", new Epoch(1), "one" + ++commands, command));
        }

        Future<Long> call() {
            connected = Promise.promise();
            start = System.nanoTime();
            command(new Command.MakeCall("77", Map.of()));
            return connected.future();
        }

        @Override
        public void agentChanged(AgentEvent event) {
            for (CallLeg leg : event.view().legs()) {
                if (leg.state() == ConversationState.CONNECTED && connected != null) {
                    long took = (System.nanoTime() - start) / 1_000;
                    Promise<Long> done = connected;
                    connected = null;
                    command(new Command.Release(leg.id())).onComplete(released -> done.complete(took));
                }
            }
        }

        @Override
        public void linkChanged(boolean up, String reason) {}
    }

    /** The same by ARI alone: a phone, a bridge, another phone; nothing is remembered. */
    private static final class AriAlone {
        private final AriClient ari;
        private final String app;
        private final List<Map.Entry<String, Promise<JsonObject>>> waiting = new ArrayList<>();
        private int calls;

        AriAlone(Vertx vertx, AsteriskSettings.Ari settings, String app) {
            ari = new AriClient(vertx, settings);
            this.app = app;
        }

        Future<Void> open() {
            return ari.listen(app, this::event, why -> {});
        }

        Future<Void> close() {
            return ari.close();
        }

        private void event(JsonObject event) {
            JsonObject channel = event.getJsonObject("channel");
            if (channel == null) {
                return;
            }
            String key = event.getString("type") + ' ' + channel.getString("id") + ' ' + channel.getString("state");
            waiting.stream()
                    .filter(entry -> key.startsWith(entry.getKey()))
                    .findFirst()
                    .ifPresent(entry -> {
                        waiting.remove(entry);
                        entry.getValue().complete(event);
                    });
        }

        private Future<JsonObject> until(String key) {
            Promise<JsonObject> promise = Promise.promise();
            waiting.add(Map.entry(key, promise));
            return promise.future();
        }

        Future<Long> call(String endpoint) {
            String id = app + ++calls;
            long start = System.nanoTime();
            return create(id + "a", endpoint, null)
                    .compose(done -> dial(id + "a"))
                    .compose(done -> ari.post("/bridges/" + id, Map.of("type", "mixing,dtmf_events")))
                    .compose(done -> create(id + "b", endpoint, id + "a"))
                    .compose(
                            done -> ari.post("/bridges/" + id + "/addChannel", Map.of("channel", id + "a," + id + "b")))
                    .compose(done -> dial(id + "b"))
                    .map(done -> (System.nanoTime() - start) / 1_000)
                    .compose(took -> Future.all(
                                    ari.delete("/channels/" + id + "a", Map.of()),
                                    ari.delete("/channels/" + id + "b", Map.of()),
                                    ari.delete("/bridges/" + id, Map.of()))
                            .map(took));
        }

        private Future<JsonObject> create(String id, String endpoint, String originator) {
            Map<String, String> query = new HashMap<>(Map.of("endpoint", endpoint, "app", app, "channelId", id));
            if (originator != null) {
                query.put("originator", originator);
            }
            Future<JsonObject> started = until("StasisStart " + id + ' ');
            return ari.post("/channels/create", query).compose(done -> started);
        }

        private Future<JsonObject> dial(String id) {
            Future<JsonObject> answered = until("ChannelStateChange " + id + " Up");
            return ari.post("/channels/" + id + "/dial", Map.of("timeout", "10"))
                    .compose(done -> answered);
        }
    }
}
