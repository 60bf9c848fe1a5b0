package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.asterisk.Line.Phase;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** What Asterisk tells, done to the board. Every word may come twice, and behind what it has led to. */
final class Happenings {
    /** Calls that come to a number: to an agent's or a queue's. */
    static final String INBOUND = "inbound";

    /** Calls that a queue of Asterisk's own offers to a station. */
    static final String QUEUE_MEMBER = "qmember";

    /** Calls that an agent dials on the phone itself. */
    static final String PHONE_DIAL = "phonedial";

    /** How long the word of Asterisk's queue may take. */
    private static final long TOLD_WITHIN = 200;

    private final Board board;
    private final AgentStates agentStates;
    private final Connections connections;
    private final Distribution distribution;
    private final HoldKeys holdKeys;

    Happenings(Board board, AgentStates agentStates, Connections connections, Distribution distribution) {
        this.board = board;
        this.agentStates = agentStates;
        this.connections = connections;
        this.distribution = distribution;
        holdKeys = new HoldKeys(board, connections);
    }

    /** Does an event about a line that is known; newcomers are {@link #arrive}. */
    void take(JsonObject event) {
        JsonObject channel = event.getJsonObject("channel", event.getJsonObject("peer"));
        Line line = channel == null ? null : board.lines.get(channel.getString("id"));
        if (line == null) {
            return;
        }
        if (line.name.isEmpty()) {
            line.name = channel.getString("name", "");
        }
        switch (event.getString("type")) {
            case "StasisStart" -> started(line, channel);
            case "ChannelStateChange" -> state(line, channel.getString("state"));
            case "Dial" -> {
                // Whoever sends sound before the answer need not say that it rings.
                if (List.of("RINGING", "PROGRESS").contains(event.getString("dialstatus", ""))) {
                    state(line, "Ringing");
                } else if ("ANSWER".equals(event.getString("dialstatus"))) {
                    state(line, "Up");
                }
            }
            case "ChannelHold" -> holdKeys.pressed(line, true);
            case "ChannelUnhold" -> holdKeys.pressed(line, false);
            case "ChannelHangupRequest" -> {
                if (!event.getBoolean("soft", false)) {
                    line.announced = event.getInteger("cause", 0);
                }
            }
            case "StasisEnd" -> {
                // Why a called phone was not reached is told by what follows.
                if (line.phase == Phase.UP || line.phase == Phase.INCOMING || line.ending) {
                    gone(line, line.announced);
                }
            }
            case "ChannelDestroyed" -> gone(line, event.getInteger("cause", line.announced));
            default -> {}
        }
    }

    private void started(Line line, JsonObject channel) {
        if (line.phase == Phase.CREATED) {
            line.phase = Phase.IDLE;
            line.nameless = channel.getJsonObject("caller", new JsonObject())
                    .getString("number", "")
                    .isEmpty();
            board.touchedLines.add(line);
            state(line, channel.getString("state"));
        }
    }

    /** A channel is in a state, by an event or a look at it. */
    void state(Line line, String state) {
        if ("Ringing".equals(state) && (line.phase == Phase.DIALED || line.phase == Phase.IDLE)) {
            line.phase = Phase.RINGING;
            board.touchedLines.add(line);
            for (Party party : List.copyOf(line.parties)) {
                if (!party.live()) {
                    connections.rings(party);
                }
            }
        } else if ("Up".equals(state) && line.ringsOrWill()) {
            up(line);
        }
    }

    private void up(Line line) {
        line.phase = Phase.UP;
        board.touchedLines.add(line);
        for (Party party : List.copyOf(line.parties)) {
            if (!party.live()) {
                connections.answered(party);
            } else if (party.calling && party.state == ConversationState.INITIATED) {
                boolean heard = party.call.waitingIn != null
                        || party.call.parties.stream().anyMatch(other -> !other.live() && other.agent != null);
                if (heard) {
                    connections.callersRing(party.call);
                }
                board.touch(party.call);
            }
        }
    }

    /** A channel is no more. */
    void gone(Line line, int q850) {
        gone(line, cause(q850));
    }

    /** A channel is no more, or could not be made. */
    void gone(Line line, Cause why) {
        if (line.phase == Phase.GONE) {
            return;
        }
        line.phase = Phase.GONE;
        board.lines.remove(line.id);
        for (Party party : List.copyOf(line.parties)) {
            if (!board.calls.containsKey(party.call.id)) {
                continue;
            }
            if (party.call.pbxQueue != null && party.live() && party.calling) {
                takenBack(party);
            } else if (!party.live()) {
                connections.notReached(party, why == Cause.NORMAL ? Cause.UNREACHABLE : why);
            } else if (party.agent != null && party.calling && party.state == ConversationState.INITIATED) {
                connections.hangUp(party, why, Cause.ABANDONED);
            } else {
                connections.hangUp(
                        party, why == Cause.RESYNC ? why : Cause.NORMAL, why == Cause.RESYNC ? why : Cause.NORMAL);
            }
        }
        line.parties.clear();
    }

    /**
     * Asterisk's own queue has ended its offer: the caller has gone, or the queue's patience with the agent. The queue says
     * which, by another way; until then the agent's phone rings on.
     */
    private void takenBack(Party caller) {
        Party offered = caller.call.offered();
        if (offered == null) {
            connections.hangUp(caller, Cause.NORMAL, Cause.NORMAL);
            return;
        }
        caller.line = null;
        caller.call.takenBack = true;
        offered.deadline = board.now + TOLD_WITHIN;
    }

    /** Asterisk's own queue has given up on a member; it says so before or after it ends the offer. */
    void ringNoAnswer(String member) {
        for (Agent agent : board.agents.values()) {
            if (agent.loggedOn
                    && board.settings.stations().member(agent.station).equals(member)) {
                for (Party leg : List.copyOf(agent.legs)) {
                    if (leg.call.pbxQueue != null && !leg.live()) {
                        agentStates.ringNoAnswer(agent);
                        connections.notReached(leg, Cause.NO_ANSWER);
                    }
                }
                return;
            }
        }
    }

    static Cause cause(int q850) {
        return switch (q850) {
            case 17 -> Cause.BUSY;
            case 18, 19 -> Cause.NO_ANSWER;
            case 21 -> Cause.REJECTED;
            case 1, 2, 22, 28 -> Cause.INVALID_DESTINATION;
            case 3, 20, 27, 34, 38, 41, 42, 58, 66, 88, 102, 127 -> Cause.UNREACHABLE;
            default -> Cause.NORMAL;
        };
    }

    // ---- newcomers

    /**
     * A channel has come into the application that nobody here has made.
     *
     * @param arguments what the dialplan has given to {@code Stasis()}
     * @param data attached data that the channel brings along
     */
    void arrive(JsonObject channel, List<String> arguments, Map<String, Object> data) {
        boolean up = "Up".equals(channel.getString("state"));
        Line line = new Line(channel.getString("id"), "", up ? Phase.UP : Phase.INCOMING);
        line.name = channel.getString("name", "");
        board.lines.put(line.id, line);
        board.touchedLines.add(line);
        String first = arguments.isEmpty() ? INBOUND : arguments.get(0);
        String number = arguments.size() > 1
                ? arguments.get(1)
                : channel.getJsonObject("dialplan", new JsonObject()).getString("exten", "");
        JsonObject caller = channel.getJsonObject("caller", new JsonObject());
        String from = caller.getString("number", "");
        String name = caller.getString("name", "");
        switch (first) {
            case PHONE_DIAL -> phoneDials(line, from, number, data);
            case QUEUE_MEMBER -> offered(line, from, name, number, arguments, data);
            default -> calls(line, from, name, number, data);
        }
    }

    private Call newCall(Line line, String from, String name, String to, Map<String, Object> data) {
        Call call = board.newCall(from, to);
        call.data.putAll(data);
        Party customer = board.newParty(call, Party.Kind.OUTSIDE, null, from, name.isEmpty() ? from : name);
        customer.calling = true;
        customer.state = ConversationState.ALERTING;
        customer.from = from;
        customer.to = to;
        customer.join(line);
        return call;
    }

    private void calls(Line line, String from, String name, String number, Map<String, Object> data) {
        Cause obstacle = connections.obstacle(number);
        if (obstacle != null) {
            line.reason = 17;
            line.handedBack = obstacle != Cause.BUSY;
            return;
        }
        Call call = newCall(line, from, name, number, data);
        Direction direction = board.stations.containsKey(from) ? Direction.INTERNAL : Direction.INBOUND;
        connections.call(call, number, from, direction);
    }

    /** Busy to the queue means: try the next one. */
    private void offered(
            Line line, String from, String name, String station, List<String> arguments, Map<String, Object> data) {
        Agent agent = board.stations.get(station);
        String queue = arguments.size() > 2 ? arguments.get(2) : "";
        String caller = arguments.size() > 3 ? arguments.get(3) : "";
        if (agent == null || !agent.free() || agent.isKeptFrom(caller, board.now)) {
            line.reason = 17;
            return;
        }
        AsteriskSettings.QueueLine known = board.plan.pbxQueue(queue);
        if (known == null && queue.isEmpty()) {
            known = board.settings.queues().stream()
                    .filter(one -> !one.pbxQueue().isEmpty() && agent.queues.contains(one.number()))
                    .findFirst()
                    .orElse(null);
        }
        Call call = newCall(line, from, name, known == null ? queue : known.number(), data);
        call.pbxQueue = known == null ? queue : known.pbxQueue();
        call.pbxCaller = caller;
        distribution.offer(
                call,
                agent,
                known == null ? queue : known.number(),
                known == null ? board.settings.times().agentRing() : known.ringMs());
    }

    private void phoneDials(Line line, String from, String number, Map<String, Object> data) {
        Agent agent = board.stations.get(from);
        if (agent == null) {
            calls(line, from, from, number, data);
            return;
        }
        if (connections.obstacle(number) == Cause.INVALID_DESTINATION || !agent.legs.isEmpty()) {
            line.reason = agent.legs.isEmpty() ? 1 : 17;
            return;
        }
        line.phase = Phase.UP;
        Party leg = connections.dial(agent, number, line);
        line.phase = Phase.INCOMING;
        leg.call.data.putAll(data);
    }

    // ---- time

    /** Does what has become due. */
    void tick() {
        holdKeys.tick();
        for (Call call : List.copyOf(board.calls.values())) {
            for (Party party : List.copyOf(call.parties)) {
                if (party.line != null && party.line.phase == Phase.RINGING && party.line.toldAt != 0) {
                    board.touchedLines.add(party.line);
                }
                if (party.deadline != 0 && party.deadline <= board.now) {
                    party.deadline = 0;
                    due(party);
                }
            }
        }
        for (Agent agent : board.agents.values()) {
            if (agent.afterCallWork && agent.afterCallWorkUntil <= board.now) {
                agentStates.endAfterCallWork(agent);
            }
        }
    }

    private void due(Party party) {
        if (party.state == ConversationState.FAILED) {
            connections.hangUp(party, party.cause, Cause.NORMAL);
        } else if (party.call.takenBack) {
            connections.notReached(party, Cause.ABANDONED);
        } else if (!party.live() && party.agent != null) {
            agentStates.ringNoAnswer(party.agent);
            connections.notReached(party, Cause.NO_ANSWER);
        }
    }

    static List<String> arguments(JsonArray args) {
        return args == null ? List.of() : args.stream().map(String::valueOf).toList();
    }
}
