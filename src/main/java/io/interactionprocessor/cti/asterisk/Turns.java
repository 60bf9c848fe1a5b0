package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A board at work. Every event, command and tick is a turn: it changes the board, then what that means for Asterisk is
 * sent, then the agents' desktops are told.
 */
final class Turns {
    final Board board;
    final AgentStates agentStates;
    final Commands commands;
    final AppQueues appQueues;

    private final LongSupplier clock;
    private final Connector.Listener listener;
    private final Consumer<Throwable> unanswered;
    private final Distribution distribution;
    private final Happenings happenings;
    private final Wiring wiring;
    private final Requests requests;
    private final KeptAgents kept;
    private boolean stopped;

    /**
     * Sends nothing yet.
     *
     * @param unanswered learns that Asterisk has not answered
     */
    Turns(
            Vertx vertx,
            Board board,
            AgentStates agentStates,
            AriClient ari,
            AmiLink ami,
            LongSupplier clock,
            Connector.Listener listener,
            Consumer<Throwable> unanswered) {
        this.board = board;
        this.agentStates = agentStates;
        this.clock = clock;
        this.listener = listener;
        this.unanswered = unanswered;
        String app = board.settings.app();
        Connections connections = new Connections(board, agentStates);
        distribution = new Distribution(board, connections);
        happenings = new Happenings(board, agentStates, connections, distribution);
        commands = new Commands(board, agentStates, connections);
        wiring = new Wiring(board);
        appQueues = new AppQueues(board, ami);
        requests = new Requests(vertx, ari, ami, app, this::absent);
        kept = new KeptAgents((agent, record) -> {
            JsonObject body = new JsonObject()
                    .put("variable", AgentRecord.variable(app, agent))
                    .put("value", record);
            return ari.post("/asterisk/variable", Map.of(), body).mapEmpty();
        });
    }

    /** Takes the calls up as Asterisk has them; no event tells of that. */
    void begin(Snapshot snapshot) {
        new Rebuild(board, happenings, snapshot).run();
        board.agents.values().forEach(agentStates::resume);
        board.agents.values().forEach(agentStates::begin);
        board.touchedAgents.clear();
        board.agents.values().stream().filter(agent -> agent.loggedOn).forEach(this::note);
        finish();
        appQueues.learn();
    }

    /**
     * Sends and tells nothing more.
     *
     * @return completes when what is being written down is written; never fails
     */
    Future<Void> stop() {
        stopped = true;
        return kept.close();
    }

    /** An event about a line that is known. */
    void take(JsonObject event) {
        board.now = clock.getAsLong();
        happenings.take(event);
        finish();
    }

    /** A channel that nobody here has made. */
    void arrive(JsonObject channel, List<String> arguments, Map<String, Object> data) {
        board.now = clock.getAsLong();
        happenings.arrive(channel, arguments, data);
        finish();
    }

    /** A channel of ours that no call has. */
    void orphan(String id) {
        Line orphan = new Line(id, "", Line.Phase.IDLE);
        board.lines.put(id, orphan);
        board.touchedLines.add(orphan);
        finish();
    }

    /** Asterisk does not have a channel. */
    void absent(Line line, Cause cause) {
        if (!stopped && board.lines.get(line.id) == line) {
            board.now = clock.getAsLong();
            happenings.gone(line, cause);
            finish();
        }
    }

    /** Asterisk's own queue has given up on a member. */
    void ringNoAnswer(String member) {
        board.now = clock.getAsLong();
        happenings.ringNoAnswer(member);
        finish();
    }

    void tick() {
        board.now = clock.getAsLong();
        happenings.tick();
        finish();
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
        if (stopped) {
            return Future.failedFuture("the link is down");
        }
        distribution.run();
        List<List<Step>> stages = wiring.plan();
        if (!more.isEmpty()) {
            stages.add(more);
        }
        Future<Void> sent = Future.all(requests.send(stages), requests.send(List.of(wiring.writing())))
                .<Void>mapEmpty()
                .onFailure(this::unanswered);
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
        if (!stopped) {
            unanswered.accept(cause);
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
        if (!stopped) {
            listener.agentChanged(event);
        }
    }

    /** Writes down what Asterisk does not know of an agent. */
    Future<Void> note(Agent agent) {
        if (stopped) {
            // Somebody else's word counts now.
            return Future.failedFuture("the link is down");
        }
        return kept.keep(agent.id, AgentRecord.write(agent)).onFailure(this::unanswered);
    }

    List<AgentView> views() {
        return board.agents.values().stream().map(agent -> agent.shown).toList();
    }
}
