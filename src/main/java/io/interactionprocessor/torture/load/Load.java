package io.interactionprocessor.torture.load;

import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.torture.history.ClientHistory;
import io.interactionprocessor.torture.history.SwitchHistory;
import io.interactionprocessor.torture.history.Window;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The load and its histories. Everything happens on one event loop; the methods are for other threads and block for as long
 * as they say.
 */
public final class Load implements AutoCloseable {
    /** How many agents there must be on top of those under load. */
    public static final int SPARE_AGENTS = 1_200;

    private static final int RAW_CONNECT_MS = 5_000;
    private static final int NARROW = 8 << 10;
    private static final int LOGINS_AT_ONCE = 16;
    private static final long LONGEST_LOGIN_S = 180;

    private final Vertx vertx;
    private final Context context;
    private final WebSocketClient sockets;
    private final WebSocketClient narrow;
    private final NetClient raw;
    private final List<String> urls;
    private final LoadPlan plan;
    private final int firstAgent;
    private final Counters counters = new Counters();
    private final List<ClientHistory> histories = new ArrayList<>();
    private final SwitchHistory switchHistory = new SwitchHistory();
    private final List<LoadAgent> agents = new ArrayList<>();
    private final SwitchPort switchPort;
    private final Customers customers;
    private final Work work;
    private final Random random;

    /**
     * Prepares the agents; nobody logs in yet.
     *
     * @param urls the nodes, over which the agents are spread
     * @param managements their management ports, none if unknown
     * @param firstAgent the first agent's id; the others are the numbers after it
     */
    public Load(Vertx vertx, LoadPlan plan, List<String> urls, List<String> managements, int firstAgent, long seed) {
        this.vertx = vertx;
        this.sockets = DesktopClient.sockets(vertx);
        this.urls = List.copyOf(urls);
        this.raw = vertx.createNetClient(new NetClientOptions().setConnectTimeout(RAW_CONNECT_MS));
        this.narrow = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setReceiveBufferSize(NARROW)
                .setMaxConnections(1_000)
                .setMaxFrameSize(4 << 20)
                .setMaxMessageSize(16 << 20));
        this.context = vertx.getOrCreateContext();
        this.plan = plan;
        this.firstAgent = firstAgent;
        this.random = new Random(seed);
        switchPort = new SwitchPort(vertx, managements);
        LoadAgent.Crew crew = new LoadAgent.Crew(
                vertx, sockets, urls, plan.jitter(), new Random(random.nextLong()), counters, this::begin);
        for (int i = 0; i < plan.agents(); i++) {
            agents.add(new LoadAgent(crew, Integer.toString(firstAgent + i), Role.of(i), i));
        }
        customers = new Customers(vertx, switchPort, switchHistory, agents, plan, new Random(random.nextLong()));
        work = new Work(vertx, agents, plan, new Random(random.nextLong()));
    }

    /** Returns the id of an agent who has no part in the load; there are {@link #SPARE_AGENTS} of them. */
    public String spare(int index) {
        return Integer.toString(firstAgent + plan.agents() + index);
    }

    /** Makes a client for an agent who has no part in the load; to be called within {@link #await}. */
    public Desk desk(String agent) {
        return new Desk(vertx, sockets, urls, begin(agent), Desk.Manner.HASTY);
    }

    /** Makes one that waits a second for an answer. */
    public Desk impatientDesk(String agent) {
        return new Desk(vertx, sockets, urls, begin(agent), Desk.Manner.IMPATIENT);
    }

    /** Makes one that comes back as clients should, and is silent as long as nobody asks it: for very many. */
    public Desk usualDesk(String agent) {
        return new Desk(vertx, sockets, urls, begin(agent), Desk.Manner.USUAL);
    }

    /** Makes one with a small receive buffer, which waits for its answers as long as it takes. */
    public Desk slowDesk(String agent) {
        return new Desk(vertx, narrow, urls, begin(agent), Desk.Manner.PATIENT);
    }

    /** Begins to listen to how a node says that the service is. */
    public StatusWatch watch(String url) throws InterruptedException {
        return await(10, () -> {
            StatusWatch watch = new StatusWatch(vertx, sockets, url);
            return watch.begin(url).map(watch);
        });
    }

    /** Makes somebody who sends what he should not. */
    public Intruder intruder(long seed) {
        return new Intruder(vertx, sockets, raw, seed);
    }

    /** Makes somebody who opens many connections. */
    public Flood flood() {
        return new Flood(vertx, sockets, raw, urls);
    }

    /** Makes somebody who asks a node for connections. */
    public Newcomer newcomer(String url) {
        return new Newcomer(vertx, sockets, url);
    }

    private ClientHistory begin(String agent) {
        synchronized (histories) {
            ClientHistory history = new ClientHistory(agent, "c" + (histories.size() + 1));
            histories.add(history);
            return history;
        }
    }

    /** Logs all agents in and begins to work. */
    public void start() throws InterruptedException {
        List<LoadAgent> staff =
                agents.stream().filter(agent -> agent.role() != Role.CHURN).toList();
        await(LONGEST_LOGIN_S, () -> {
            customers.start();
            return logIn(staff);
        });
        await(1, () -> {
            work.start();
            return Future.succeededFuture();
        });
    }

    private Future<Void> logIn(List<LoadAgent> staff) {
        List<Future<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < LOGINS_AT_ONCE; lane++) {
            Future<Void> last = Future.succeededFuture();
            for (int i = lane; i < staff.size(); i += LOGINS_AT_ONCE) {
                LoadAgent agent = staff.get(i);
                last = last.compose(done -> agent.enter());
            }
            lanes.add(last);
        }
        return Future.all(lanes).mapEmpty();
    }

    /** Stops commands and calls; sessions stay. Reads the rest of the switch's history. */
    public void rest() throws InterruptedException {
        await(1, () -> {
            work.stop();
            customers.quiet();
            return Future.succeededFuture();
        });
    }

    /** Goes on working after {@link #rest}. */
    public void work() throws InterruptedException {
        await(1, () -> {
            work.start();
            customers.busy();
            return Future.succeededFuture();
        });
    }

    /** Returns whether there is a management port to ask for the switch's history. */
    public boolean knowsSwitch() {
        return switchPort.isKnown();
    }

    /** Reads the switch's history to its end; returns whether that was possible: a switch torn in two has no end. */
    public boolean readSwitch() throws InterruptedException {
        try {
            return switchPort.isKnown() && await(30, () -> customers.readAll().otherwise(false));
        } catch (IllegalStateException endless) {
            return false;
        }
    }

    /** Lets the link to the switch be {@code up}, {@code down} or {@code silent}. */
    public void link(String state) throws InterruptedException {
        await(20, () -> switchPort.link(state).recover(failure -> switchPort.link(state)));
    }

    /** Returns how many calls each number has, by the switch; nothing if none of the nodes can tell. */
    public Optional<Map<String, Integer>> callsAtSwitch() throws InterruptedException {
        return await(15, () -> switchPort.calls().map(Optional::of).otherwise(Optional.empty()));
    }

    /** Returns how many calls each agent's client knows; of those that are connected. */
    public Map<String, Integer> callsAtClients() throws InterruptedException {
        return await(5, () -> {
            Map<String, Integer> calls = new HashMap<>();
            agents.stream().filter(LoadAgent::isBound).forEach(agent -> calls.put(agent.id(), agent.liveCalls()));
            return Future.succeededFuture(calls);
        });
    }

    /** Returns the histories of all clients so far. */
    public List<ClientHistory> histories() {
        synchronized (histories) {
            return List.copyOf(histories);
        }
    }

    /** Returns the histories of the agents under load so far, without those who have no part in it. */
    public List<ClientHistory> staffHistories() {
        int firstSpare = firstAgent + plan.agents();
        return histories().stream()
                .filter(history -> Integer.parseInt(history.agent()) < firstSpare)
                .toList();
    }

    /** Returns the switch's history so far. */
    public SwitchHistory switchHistory() {
        return switchHistory;
    }

    /** Returns the agents whose calls nobody ends. */
    public Set<String> talkers() {
        Set<String> talkers = new HashSet<>();
        agents.stream().filter(agent -> agent.role() == Role.TALKER).forEach(agent -> talkers.add(agent.id()));
        return talkers;
    }

    /** Returns the plan. */
    public LoadPlan plan() {
        return plan;
    }

    /** Returns what the terminal shows. */
    public Counters counters() {
        return counters;
    }

    /** Returns how many agents are logged in and connected; may be a moment old. */
    public long bound() {
        return agents.stream().filter(LoadAgent::isBound).count();
    }

    /** Returns how many agents are logged in; may be a moment old. */
    public long loggedIn() {
        return agents.stream().filter(LoadAgent::isLoggedIn).count();
    }

    /** Returns whether something has no answer yet that was asked of a session; may be a moment old. */
    public boolean waits() {
        return counters.answers() < counters.commands() || agents.stream().anyMatch(LoadAgent::isEntering);
    }

    /**
     * Asks for the snapshot of every session whose client believes to have it. Returns from when to when; what was answered
     * stands in the histories.
     */
    public Window probe() throws InterruptedException {
        long from = Micros.now();
        await(30, () -> {
            List<Future<Void>> all = agents.stream()
                    .filter(LoadAgent::isPresent)
                    .map(LoadAgent::probe)
                    .toList();
            return Future.join(all);
        });
        return new Window(from, Micros.now());
    }

    /** Returns the client's history of an agent who is logged in. */
    public Optional<ClientHistory> historyOf(String agent) {
        return agents.stream()
                .filter(each -> each.id().equals(agent))
                .findFirst()
                .flatMap(LoadAgent::history);
    }

    /** Does something on the load's event loop and waits for its result. */
    public <T> T await(long seconds, Supplier<Future<T>> work) throws InterruptedException {
        Promise<T> promise = Promise.promise();
        context.runOnContext(go -> work.get().onComplete(promise));
        try {
            return promise.future().await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not done after " + seconds + " s");
        }
    }

    /** Forgets the sessions: the nodes that had them are gone or not ours. */
    @Override
    public void close() {
        context.runOnContext(go -> {
            work.stop();
            customers.stop();
            agents.forEach(LoadAgent::drop);
        });
    }

    /** Logs everybody out, for a cluster that goes on. */
    public void leave() throws InterruptedException {
        await(LONGEST_LOGIN_S, () -> {
            work.stop();
            customers.quiet();
            List<Future<Void>> all = agents.stream().map(LoadAgent::leave).toList();
            return Future.join(all).mapEmpty();
        });
    }
}
