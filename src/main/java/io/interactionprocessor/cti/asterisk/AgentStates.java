package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import java.util.Objects;

/** Agents' availability: what follows what, and the events that tell of it. */
final class AgentStates {
    static final String RING_NO_ANSWER = "ringNoAnswer";

    /** So many versions has a lease; the next lease's begin above. */
    private static final int LEASE_BITS = 36;

    private final Board board;
    private long version;

    private AgentStates(Board board) {
        this.board = board;
    }

    AgentStates(Board board, long lease) {
        this.board = board;
        version = lease << LEASE_BITS;
    }

    /** Returns the same for another board, on which versions go on where they are. */
    AgentStates on(Board other) {
        AgentStates next = new AgentStates(other);
        next.version = version;
        return next;
    }

    void logOn(Agent agent, String station) {
        agent.loggedOn = true;
        agent.station = station;
        agent.wanted = Availability.NOT_READY;
        agent.reason = null;
        board.stations.put(station, agent);
        board.touch(agent);
    }

    void logOff(Agent agent) {
        board.stations.remove(agent.station);
        agent.loggedOn = false;
        agent.station = "";
        agent.wanted = Availability.NOT_READY;
        agent.reason = null;
        agent.pending = null;
        agent.pendingReason = null;
        agent.afterCallWork = false;
        agent.afterCallWorkDue = 0;
        board.touch(agent);
    }

    /** Changes what the agent wants: at once, or pending while there is a leg or after-call work. */
    void want(Agent agent, Availability wanted, String reason) {
        if (agent.legs.isEmpty() && !agent.afterCallWork) {
            become(agent, wanted, reason);
        } else {
            agent.pending = wanted;
            agent.pendingReason = reason;
        }
        board.touch(agent);
    }

    private static void become(Agent agent, Availability wanted, String reason) {
        agent.wanted = wanted;
        agent.reason = wanted == Availability.NOT_READY ? reason : null;
    }

    /** The agent let it ring: takes nothing more until he says so. */
    void ringNoAnswer(Agent agent) {
        agent.pending = null;
        agent.pendingReason = null;
        become(agent, Availability.NOT_READY, RING_NO_ANSWER);
        board.touch(agent);
    }

    /** The agent's last leg has gone. */
    void lastLegGone(Agent agent) {
        if (agent.afterCallWorkDue > 0) {
            agent.afterCallWork = true;
            agent.afterCallWorkUntil = board.now + agent.afterCallWorkDue;
            agent.afterCallWorkDue = 0;
        }
        if (!agent.afterCallWork) {
            followPending(agent);
        }
    }

    /** An agent who is on no call when a holder begins: the last one may have ended unseen. */
    void resume(Agent agent) {
        if (agent.loggedOn && agent.legs.isEmpty()) {
            lastLegGone(agent);
        }
    }

    void endAfterCallWork(Agent agent) {
        agent.afterCallWork = false;
        if (agent.legs.isEmpty()) {
            followPending(agent);
        }
        board.touch(agent);
    }

    private static void followPending(Agent agent) {
        if (agent.pending != null) {
            Availability next = agent.pending;
            String reason = agent.pendingReason;
            agent.pending = null;
            agent.pendingReason = null;
            become(agent, next, reason);
        }
    }

    /** Returns the event that tells of what has changed of an agent since the last one, or null if nothing has. */
    AgentEvent tell(Agent agent, String commandId) {
        refresh(agent);
        AgentView view = Views.of(agent, agent.shown.version());
        if (view.equals(agent.shown) && agent.ended.isEmpty()) {
            return null;
        }
        agent.shown = Views.of(agent, ++version);
        AgentEvent event = new AgentEvent(agent.shown, agent.ended, commandId);
        agent.ended.clear();
        return event;
    }

    /** To be called for every agent when a holder begins: what is shown first. */
    void begin(Agent agent) {
        refresh(agent);
        agent.ended.clear();
        agent.shown = Views.of(agent, ++version);
    }

    private void refresh(Agent agent) {
        Availability availability = agent.wanted;
        if (!agent.legs.isEmpty()) {
            availability = Availability.BUSY;
        } else if (agent.afterCallWork) {
            availability = Availability.AFTER_CALL_WORK;
        }
        String reason = availability == Availability.NOT_READY ? agent.reason : null;
        boolean loggedOnBefore = agent.shown == null ? agent.loggedOn : agent.shown.loggedOn();
        if (agent.since == 0
                || availability != agent.availability
                || !Objects.equals(reason, agent.shownReason)
                || loggedOnBefore != agent.loggedOn) {
            agent.availability = availability;
            agent.shownReason = reason;
            agent.since = board.now;
        }
    }
}
