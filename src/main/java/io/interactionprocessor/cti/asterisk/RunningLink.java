package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to one Asterisk for as long as this node holds its lease. Every event, command and tick is a turn: it changes
 * the board, then what that means for Asterisk is sent, then the agents' desktops are told.
 */
final class RunningLink {
    private static final Logger LOG = LoggerFactory.getLogger(RunningLink.class);

    private static final long TICK = 100;
    private static final long REOPEN = 1_000;

    /** Somebody else has taken the application over. If that was another node, this one loses its lease long before. */
    private static final long REOPEN_WHEN_REPLACED = 15_000;

    private static final long LOOK_AROUND = 10_000;
    private static final int MOST_BUFFERED = 100_000;

    /** Events that nobody here reads, of which there are many. */
    private static final List<String> UNREAD = List.of(
            "ChannelVarset",
            "ChannelDialplan",
            "ChannelConnectedLine",
            "ChannelCallerId",
            "ChannelEnteredBridge",
            "ChannelLeftBridge",
            "ChannelTalkingStarted",
            "ChannelTalkingFinished",
            "BridgeCreated",
            "BridgeDestroyed",
            "PlaybackStarted",
            "PlaybackFinished");

    private final Vertx vertx;
    private final Context context;
    private final AsteriskSettings settings;
    private final LongSupplier clock;
    private final Connector.Listener listener;
    private final AriClient ari;
    private final AmiLink ami;
    private final Ids ids;
    private final long lease;

    private Board board;
    private AgentStates agentStates;
    private Happenings happenings;
    private Distribution distribution;
    private Wiring wiring;
    private AppQueues appQueues;
    private Requests requests;
    private Commands commands;

    private final Map<String, String> writtenAgents = new LinkedHashMap<>();
    private final Set<String> arriving = new HashSet<>();
    private final OfferedBy offeredBy = new OfferedBy();

    /** While the state is being read: what happens meanwhile. */
    private List<JsonObject> buffered;

    private Set<String> missing = new HashSet<>();
    private boolean up;
    private boolean stopped;
    private String version = "";
    private long ticker = -1;
    private long lookAround = -1;

    RunningLink(
            Vertx vertx, AsteriskSettings settings, long lease, LongSupplier clock, Connector.Listener listener) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.settings = settings;
        this.lease = lease;
        this.clock = clock;
        this.listener = listener;
        ids = new Ids(settings.app(), lease, clock.getAsLong());
        ari = new AriClient(vertx, settings.ari());
        ami = new AmiLink(vertx, settings.ami().orElse(null), new AmiLink.Listener() {
            @Override
            public void ready() {
                if (up) {
                    appQueues.learn();
                }
            }

            @Override
            public void event(Map<String, String> event) {
                offeredBy.event(event);
            }
        });
    }

    Future<Void> start() {
        ami.open();
        ticker = vertx.setPeriodic(TICK, tick -> tick());
        lookAround = vertx.setPeriodic(LOOK_AROUND, tick -> lookAround());
        return open();
    }

    Future<Void> stop() {
        stopped = true;
        up = false;
        vertx.cancelTimer(ticker);
        vertx.cancelTimer(lookAround);
        ami.close();
        return ari.close();
    }

    boolean up() {
        return up;
    }

    String version() {
        return version;
    }

    Board board() {
        return board;
    }

    AgentStates agentStates() {
        return agentStates;
    }

    Commands commands() {
        return commands;
    }

    Future<Void> ping() {
        return Future.all(ari.ping(), ari.get("/asterisk/info", Map.of("only", "system")))
                .mapEmpty();
    }

    // ---- the connection

    private Future<Void> open() {
        buffered = new ArrayList<>();
        Board fresh = new Board(settings, ids);
        return ari.get("/asterisk/info", Map.of("only", "system"))
                .compose(this::hello)
                .compose(done -> ari.listen(settings.app(), this::event, this::closed))
                .compose(done -> ari.put("/applications/" + settings.app() + "/eventFilter", filter()))
                .compose(done -> Snapshot.read(ari, fresh, board == null))
                .compose(snapshot -> {
                    if (stopped) {
                        return Future.failedFuture("stopped");
                    }
                    begin(fresh, snapshot);
                    return Future.<Void>succeededFuture();
                })
                .onFailure(cause -> ari.stopListening());
    }

    private Future<Void> hello(AriClient.Answer answer) {
        if (!answer.good()) {
            return Future.failedFuture("Asterisk answers " + answer.status() + " " + answer.error()
                    + (answer.status() == 401 ? ": user and password are those of ari.conf" : ""));
        }
        version = ((JsonObject) answer.body())
                .getJsonObject("system", new JsonObject())
                .getString("version", "");
        return Future.succeededFuture();
    }

    private static JsonObject filter() {
        JsonArray disallowed = new JsonArray();
        UNREAD.forEach(type -> disallowed.add(new JsonObject().put("type", type)));
        return new JsonObject().put("disallowed", disallowed);
    }

    private void begin(Board fresh, Snapshot snapshot) {
        Board before = board;
        board = fresh;
        board.now = clock.getAsLong();
        agentStates = agentStates == null ? new AgentStates(board, lease) : agentStates.on(board);
        for (Agent agent : board.agents.values()) {
            if (before != null) {
                agent.follow(board, before.agents.get(agent.id));
            } else if (snapshot.agents.containsKey(agent.id)) {
                AgentRecord.read(board, agent, snapshot.agents.get(agent.id));
            }
        }
        Connections connections = new Connections(board, agentStates);
        distribution = new Distribution(board, connections);
        happenings = new Happenings(board, agentStates, connections, distribution);
        commands = new Commands(board, agentStates, connections);
        wiring = new Wiring(board);
        appQueues = new AppQueues(board, ami);
        requests = new Requests(vertx, ari, ami, settings.app(), this::absent);
        arriving.clear();
        new Rebuild(board, happenings, snapshot).run();
        board.agents.values().forEach(agentStates::begin);
        board.touchedAgents.clear();
        writtenAgents.clear();
        board.agents.values().stream().filter(agent -> agent.loggedOn).forEach(this::note);
        up = true;
        List<JsonObject> meanwhile = buffered;
        buffered = null;
        finish();
        meanwhile.forEach(this::event);
        appQueues.learn();
    }

    private void closed() {
        lost("Asterisk has closed the connection", REOPEN);
    }

    private void lost(String reason, long again) {
        if (stopped) {
            return;
        }
        boolean wasUp = up;
        up = false;
        if (wasUp) {
            listener.linkChanged(false, reason);
            reopen(again);
        }
    }

    private void reopen(long delay) {
        vertx.setTimer(delay, timer -> {
            if (!stopped) {
                open().onSuccess(done -> listener.linkChanged(true, "")).onFailure(cause -> {
                    LOG.warn("cannot connect to Asterisk: {}", cause.getMessage());
                    reopen(REOPEN);
                });
            }
        });
    }

    // ---- turns

    private void event(JsonObject event) {
        if (stopped) {
            return;
        }
        if ("ApplicationReplaced".equals(event.getString("type"))) {
            ari.stopListening();
            lost("another holder has taken the application " + settings.app() + " over", REOPEN_WHEN_REPLACED);
            return;
        }
        if (buffered != null) {
            if (buffered.size() < MOST_BUFFERED) {
                buffered.add(event);
            }
            return;
        }
        if (!up) {
            return;
        }
        JsonObject channel = event.getJsonObject("channel");
        boolean newcomer = "StasisStart".equals(event.getString("type"))
                && channel != null
                && !board.lines.containsKey(channel.getString("id"));
        if (newcomer) {
            letIn(channel, Happenings.arguments(event.getJsonArray("args")));
            return;
        }
        if (channel != null && "StasisEnd".equals(event.getString("type"))) {
            arriving.remove(channel.getString("id"));
        }
        board.now = clock.getAsLong();
        happenings.take(event);
        finish();
    }

    private void letIn(JsonObject channel, List<String> arguments) {
        String id = channel.getString("id");
        if (ids.ours(id)) {
            // Made for a call that has ended before its channel was there.
            Line orphan = new Line(id, "", Line.Phase.IDLE);
            board.lines.put(id, orphan);
            board.touchedLines.add(orphan);
            finish();
            return;
        }
        arriving.add(id);
        Snapshot.data(ari, channel, settings.callData()).onComplete(read -> {
            if (up && arriving.remove(id) && !board.lines.containsKey(id)) {
                board.now = clock.getAsLong();
                List<String> known = offeredBy.complete(arguments, channel.getString("name", ""));
                happenings.arrive(channel, known, read.succeeded() ? read.result() : Map.of());
                finish();
            }
        });
    }

    private void absent(Line line, Cause cause) {
        if (up && board.lines.get(line.id) == line) {
            board.now = clock.getAsLong();
            happenings.gone(line, cause);
            finish();
        }
    }

    private void tick() {
        if (up) {
            board.now = clock.getAsLong();
            happenings.tick();
            finish();
        }
    }

    /** Ends a turn that is no command's. */
    private void finish() {
        send(List.of());
    }

    /**
     * Ends a turn.
     *
     * @param more requests that the board does not show
     * @return completes when Asterisk has done what follows from the turn; fails if it did not answer
     */
    Future<Void> send(List<Step> more) {
        distribution.run();
        List<List<Step>> stages = wiring.plan();
        if (!more.isEmpty()) {
            stages.add(more);
        }
        Future<Void> sent = requests.send(stages).onFailure(this::unanswered);
        List<Agent> touched = List.copyOf(board.touchedAgents);
        board.touchedAgents.clear();
        for (Agent agent : touched) {
            appQueues.mirror(agent);
            if (!agent.commanded) {
                tell(agent);
            }
        }
        return sent;
    }

    private void unanswered(Throwable cause) {
        if (up && !stopped) {
            LOG.warn("Asterisk has not answered", cause);
            ari.stopListening();
            lost("Asterisk has not answered: " + cause.getMessage(), REOPEN);
        }
    }

    /** Tells what has become of an agent. */
    void tell(Agent agent) {
        AgentEvent event = agentStates.tell(agent, null);
        if (event != null) {
            out(event);
            note(agent);
        }
    }

    void out(AgentEvent event) {
        if (up) {
            listener.agentChanged(event);
        }
    }

    /** Writes down what Asterisk does not know of an agent. */
    Future<Void> note(Agent agent) {
        String record = AgentRecord.write(agent);
        if (record.equals(writtenAgents.put(agent.id, record))) {
            return Future.succeededFuture();
        }
        JsonObject body = new JsonObject()
                .put("variable", AgentRecord.variable(settings.app(), agent.id))
                .put("value", record);
        return ari.post("/asterisk/variable", Map.of(), body)
                .onFailure(this::unanswered)
                .mapEmpty();
    }

    List<AgentView> views() {
        return board.agents.values().stream().map(agent -> agent.shown).toList();
    }

    // ---- what no event has told

    /** Looks whether every line is there still: what is missing twice has ended unheard. */
    private void lookAround() {
        if (!up) {
            return;
        }
        Board looked = board;
        Set<String> expected = new HashSet<>();
        looked.lines.values().stream()
                .filter(line -> line.phase != Line.Phase.WANTED && line.phase != Line.Phase.CREATED)
                .forEach(line -> expected.add(line.id));
        ari.get("/channels", Map.of()).onSuccess(answer -> {
            if (!up || board != looked || !(answer.body() instanceof JsonArray channels)) {
                return;
            }
            Set<String> strangers = new HashSet<>();
            for (Object each : channels) {
                JsonObject channel = (JsonObject) each;
                String id = channel.getString("id");
                expected.remove(id);
                boolean stranger = Snapshot.concerns(board, channel)
                        && !board.lines.containsKey(id)
                        && !arriving.contains(id);
                if (stranger && missing.contains(id)) {
                    letIn(channel, new Snapshot.Channel(channel, null, Map.of()).arguments());
                } else if (stranger) {
                    strangers.add(id);
                }
            }
            for (String id : expected) {
                Line line = board.lines.get(id);
                if (line != null && missing.contains(id)) {
                    LOG.info("channel {} has ended unheard", id);
                    absent(line, Cause.RESYNC);
                }
            }
            expected.addAll(strangers);
            missing = expected;
        });
    }

    /** Runs on the link's own context. */
    void onContext(Runnable task) {
        if (Vertx.currentContext() == context) {
            task.run();
        } else {
            context.runOnContext(hop -> task.run());
        }
    }
}
