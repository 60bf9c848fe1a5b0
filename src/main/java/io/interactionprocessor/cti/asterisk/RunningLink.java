package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.Connector;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The link to one Asterisk for as long as this node holds its lease: connects, and connects anew. */
final class RunningLink {
    private static final Logger LOG = LoggerFactory.getLogger(RunningLink.class);

    private static final long TICK = 100;
    private static final long REOPEN = 1_000;

    /** Somebody else has taken the application over. If that was another node, this one loses its lease long before. */
    private static final long REOPEN_WHEN_REPLACED = 15_000;

    private static final long LOOK_AROUND = 10_000;

    /** How long a hand-over waits for what is being written down, in ms. */
    private static final long LAST_WORDS = 1_000;

    private static final int MOST_BUFFERED = 100_000;
    private static final int FORBIDDEN = 403;

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
    private final AsteriskSettings settings;
    private final LongSupplier clock;
    private final Connector.Listener listener;
    private final AriClient ari;
    private final AmiLink ami;
    private final Ids ids;
    private final long lease;

    private Turns turns;
    private LookAround lookAround;
    private final Set<String> arriving = new HashSet<>();
    private final OfferedBy offeredBy;

    /** While the state is being read: what happens meanwhile. */
    private List<JsonObject> buffered;

    private boolean up;
    private boolean stopped;
    private String version = "";
    private long ticker = -1;
    private long looker = -1;

    RunningLink(Vertx vertx, AsteriskSettings settings, long lease, LongSupplier clock, Connector.Listener listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.lease = lease;
        this.clock = clock;
        this.listener = listener;
        ids = new Ids(settings.app(), lease, clock.getAsLong());
        ari = new AriClient(vertx, settings.ari());
        offeredBy = new OfferedBy(vertx);
        ami = new AmiLink(vertx, settings.ami().orElse(null), new AmiLink.Listener() {
            @Override
            public void ready() {
                if (up) {
                    turns.appQueues.learn();
                }
            }

            @Override
            public void event(Map<String, String> event) {
                offeredBy.event(event);
                if (!up) {
                    return;
                }
                turns.appQueues.event(event);
                if ("AgentRingNoAnswer".equals(event.get("Event"))) {
                    turns.ringNoAnswer(event.getOrDefault("Interface", ""));
                }
            }
        });
    }

    Future<Void> start() {
        if (stopped) {
            return Future.failedFuture("stopped");
        }
        ami.open();
        ticker = vertx.setPeriodic(TICK, tick -> {
            if (up) {
                turns.tick();
            }
        });
        looker = vertx.setPeriodic(LOOK_AROUND, tick -> look());
        return open();
    }

    /** Whoever holds the link next finds written down what was answered here, unless Asterisk is slower than this. */
    Future<Void> stop() {
        stopped = true;
        Future<Void> written = down();
        vertx.cancelTimer(ticker);
        vertx.cancelTimer(looker);
        ami.close();
        ari.stopListening();
        return written.timeout(LAST_WORDS, TimeUnit.MILLISECONDS).eventually(ari::close);
    }

    boolean up() {
        return up;
    }

    String version() {
        return version;
    }

    /** Null before it has been up for the first time. */
    Turns turns() {
        return turns;
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
                .compose(done -> ari.listen(settings.app(), this::event, reason -> lost(reason, REOPEN)))
                .compose(done -> ari.put("/applications/" + settings.app() + "/eventFilter", filter()))
                .compose(this::mayWrite)
                .compose(done -> Snapshot.read(ari, fresh, turns == null))
                .compose(snapshot -> {
                    if (stopped) {
                        return Future.failedFuture("stopped");
                    }
                    if (!ari.listening()) {
                        return Future.failedFuture("Asterisk has closed the events' socket");
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

    /** Nothing else that is asked on connecting changes anything; and an older Asterisk may not know this. */
    private Future<Void> mayWrite(AriClient.Answer answer) {
        return answer.status() == FORBIDDEN
                ? Future.failedFuture("Asterisk answers 403: user "
                        + settings.ari().user() + " is read_only in ari.conf; write read_only = no")
                : Future.succeededFuture();
    }

    private static JsonObject filter() {
        JsonArray disallowed = new JsonArray();
        UNREAD.forEach(type -> disallowed.add(new JsonObject().put("type", type)));
        return new JsonObject().put("disallowed", disallowed);
    }

    private void begin(Board board, Snapshot snapshot) {
        board.now = clock.getAsLong();
        for (Agent agent : board.agents.values()) {
            if (turns != null) {
                agent.follow(board, turns.board.agents.get(agent.id));
            } else if (snapshot.agents.containsKey(agent.id)) {
                AgentRecord.read(board, agent, snapshot.agents.get(agent.id));
            }
        }
        AgentStates states = turns == null ? new AgentStates(board, lease) : turns.agentStates.on(board);
        turns = new Turns(vertx, board, states, ari, ami, clock, listener, this::unanswered);
        lookAround = new LookAround(
                turns, channel -> letIn(channel, new Snapshot.Channel(channel, null, Map.of()).arguments()));
        arriving.clear();
        up = true;
        List<JsonObject> meanwhile = buffered;
        buffered = null;
        turns.begin(snapshot);
        meanwhile.forEach(this::event);
    }

    private Future<Void> down() {
        up = false;
        return turns == null ? Future.succeededFuture() : turns.stop();
    }

    private void lost(String reason, long again) {
        if (stopped) {
            return;
        }
        boolean wasUp = up;
        down();
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

    // ---- events

    private void event(JsonObject event) {
        if (stopped) {
            return;
        }
        if (LOG.isDebugEnabled()) {
            JsonObject about = event.getJsonObject("channel", event.getJsonObject("peer", new JsonObject()));
            LOG.debug("{} {} {}", event.getString("type"), about.getString("id"), about.getString("state"));
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
                && !turns.board.lines.containsKey(channel.getString("id"));
        if (newcomer) {
            letIn(channel, Happenings.arguments(event.getJsonArray("args")));
            return;
        }
        if (channel != null && "StasisEnd".equals(event.getString("type"))) {
            arriving.remove(channel.getString("id"));
        }
        turns.take(event);
    }

    private void letIn(JsonObject channel, List<String> arguments) {
        String id = channel.getString("id");
        if (ids.ours(id)) {
            // Made for a call that has ended before its channel was there.
            turns.orphan(id);
            return;
        }
        arriving.add(id);
        Turns by = turns;
        Future<Map<String, Object>> data =
                Snapshot.data(ari, channel, settings.callData()).otherwise(Map.of());
        Future<List<String>> known = offeredBy.complete(arguments, channel.getString("name", ""), ami.ready());
        Future.all(data, known).onSuccess(both -> {
            if (up && by == turns && arriving.remove(id) && !turns.board.lines.containsKey(id)) {
                turns.arrive(channel, known.result(), data.result());
            }
        });
    }

    private void unanswered(Throwable cause) {
        if (up && !stopped) {
            LOG.warn("Asterisk has not answered", cause);
            ari.stopListening();
            lost("Asterisk has not answered: " + cause.getMessage(), REOPEN);
        }
    }

    private void look() {
        if (!up) {
            return;
        }
        LookAround looking = lookAround;
        looking.before();
        ari.get("/channels", Map.of()).onSuccess(answer -> {
            if (up && looking == lookAround && answer.body() instanceof JsonArray channels) {
                looking.after(channels, arriving);
            }
        });
    }
}
