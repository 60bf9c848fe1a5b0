package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An agent: what the switch side keeps of him, since Asterisk knows phones but no agents. */
final class Agent {
    private static final int KEPT_REPLIES = 32;
    private static final int KEPT_CALLERS = 32;

    final String id;
    final String name;
    final String extension;
    final Set<String> queues;

    boolean loggedOn;
    String station = "";
    Availability wanted = Availability.NOT_READY;
    String reason;
    Availability pending;
    String pendingReason;
    boolean afterCallWork;
    long afterCallWorkDue;
    long afterCallWorkUntil;
    final List<Party> legs = new ArrayList<>(2);

    /** What the desktop was told last. */
    AgentView shown;

    Availability availability = Availability.NOT_READY;
    String shownReason;
    long since;
    long epoch;

    /** Legs that are gone and not yet told of. */
    final Map<String, Cause> ended = new LinkedHashMap<>();

    /** A command runs: what happens meanwhile is told behind its reply. */
    boolean commanded;

    private final Map<String, Reply> replies = new LinkedHashMap<>();
    private final Map<String, Long> keptFrom = new LinkedHashMap<>();

    Agent(AsteriskSettings.AgentLine line) {
        id = line.id();
        name = line.name();
        extension = line.extension();
        queues = line.queues();
    }

    Party leg(String leg) {
        for (Party party : legs) {
            if (party.id.equals(leg)) {
                return party;
            }
        }
        return null;
    }

    /** Returns the phone's line, if the agent's phone is on any call. */
    Line line() {
        for (Party leg : legs) {
            if (leg.line != null && leg.line.phase != Line.Phase.GONE) {
                return leg.line;
            }
        }
        return null;
    }

    /** Returns whether a queue may offer a call. */
    boolean free() {
        return loggedOn && wanted == Availability.READY && legs.isEmpty() && !afterCallWork && !commanded;
    }

    /** Becomes what the same agent was on a board that is outdated, but for the calls. */
    void follow(Board board, Agent before) {
        loggedOn = before.loggedOn;
        station = before.station;
        wanted = before.wanted;
        reason = before.reason;
        pending = before.pending;
        pendingReason = before.pendingReason;
        afterCallWork = before.afterCallWork;
        afterCallWorkDue = before.afterCallWorkDue;
        afterCallWorkUntil = before.afterCallWorkUntil;
        shown = before.shown;
        availability = before.availability;
        shownReason = before.shownReason;
        since = before.since;
        epoch = before.epoch;
        replies.putAll(before.replies);
        keptFrom.putAll(before.keptFrom);
        if (loggedOn) {
            board.stations.put(station, this);
        }
    }

    /** A caller in a queue of Asterisk's own is not to come back to this agent, whatever the queue's strategy. */
    void keepFrom(String caller, long until) {
        keptFrom.put(caller, until);
        if (keptFrom.size() > KEPT_CALLERS) {
            keptFrom.remove(keptFrom.keySet().iterator().next());
        }
    }

    boolean isKeptFrom(String caller, long now) {
        return keptFrom.getOrDefault(caller, 0L) > now;
    }

    void remember(String command, Reply reply) {
        replies.put(command, reply);
        if (replies.size() > KEPT_REPLIES) {
            replies.remove(replies.keySet().iterator().next());
        }
    }

    Map<String, Reply> replies() {
        return replies;
    }
}
