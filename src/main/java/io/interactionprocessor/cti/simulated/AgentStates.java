package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Agents' availability: what follows what, and the events that tell of it. */
final class AgentStates {
    static final String RING_NO_ANSWER = "ringNoAnswer";

    private final State state;
    private final List<AgentEvent> events = new ArrayList<>();

    AgentStates(State state) {
        this.state = state;
    }

    void logOn(Agent agent, String station) {
        agent.loggedOn = true;
        agent.station = station;
        agent.wanted = Availability.NOT_READY;
        agent.reason = null;
        state.stations.put(station, agent);
        state.touch(agent);
    }

    void logOff(Agent agent) {
        state.stations.remove(agent.station);
        state.timers.cancel(agent);
        agent.loggedOn = false;
        agent.station = "";
        agent.wanted = Availability.NOT_READY;
        agent.reason = null;
        agent.pending = null;
        agent.pendingReason = null;
        agent.afterCallWork = false;
        agent.afterCallWorkDue = 0;
        state.touch(agent);
    }

    /** Changes what the agent wants: at once, or pending while there is a leg or after-call work. */
    void want(Agent agent, Availability wanted, String reason) {
        if (agent.legs.isEmpty() && !agent.afterCallWork) {
            become(agent, wanted, reason);
        } else {
            agent.pending = wanted;
            agent.pendingReason = reason;
        }
        state.touch(agent);
    }

    private void become(Agent agent, Availability wanted, String reason) {
        if (wanted == Availability.READY && agent.wanted != Availability.READY) {
            agent.timesReady++;
        }
        agent.wanted = wanted;
        agent.reason = wanted == Availability.NOT_READY ? reason : null;
    }

    /** The agent let it ring: takes nothing more until he says so. */
    void ringNoAnswer(Agent agent) {
        agent.pending = null;
        agent.pendingReason = null;
        become(agent, Availability.NOT_READY, RING_NO_ANSWER);
        state.touch(agent);
    }

    /** The agent's last leg has gone. */
    void lastLegGone(Agent agent) {
        if (agent.afterCallWorkDue > 0) {
            agent.afterCallWork = true;
            state.setTimer(agent, Timed.Timer.AFTER_CALL_WORK, agent.afterCallWorkDue);
            agent.afterCallWorkDue = 0;
        }
        if (!agent.afterCallWork) {
            followPending(agent);
        }
    }

    void endAfterCallWork(Agent agent) {
        state.timers.cancel(agent);
        agent.afterCallWork = false;
        if (agent.legs.isEmpty()) {
            followPending(agent);
        }
        state.touch(agent);
    }

    private void followPending(Agent agent) {
        if (agent.pending != null) {
            Availability next = agent.pending;
            String reason = agent.pendingReason;
            agent.pending = null;
            agent.pendingReason = null;
            become(agent, next, reason);
        }
    }

    /**
     * Ends a step: every agent whose view has changed gets one event.
     *
     * @param by the agent whose command it was, or null
     */
    void tell(Agent by, String commandId) {
        for (Agent agent : state.touched) {
            refresh(agent);
            AgentView view = Views.of(agent, agent.version);
            if (view.equals(agent.shown) && agent.ended.isEmpty()) {
                continue;
            }
            agent.version++;
            agent.shown = Views.of(agent, agent.version);
            state.changedAgents.add(agent);
            events.add(new AgentEvent(agent.shown, agent.ended, agent == by ? commandId : null));
            agent.ended.clear();
        }
        state.touched.clear();
    }

    List<AgentEvent> drain() {
        List<AgentEvent> drained = List.copyOf(events);
        events.clear();
        return drained;
    }

    /** To be called once for each agent when the state has been loaded. */
    void loaded(Agent agent) {
        agent.shown = Views.of(agent, agent.version);
        state.indexReady(agent, agent.legs.isEmpty());
    }

    private void refresh(Agent agent) {
        Availability availability = agent.wanted;
        if (!agent.legs.isEmpty()) {
            availability = Availability.BUSY;
        } else if (agent.afterCallWork) {
            availability = Availability.AFTER_CALL_WORK;
        }
        String reason = availability == Availability.NOT_READY ? agent.reason : null;
        boolean loggedOnBefore = agent.shown != null && agent.shown.loggedOn();
        if (availability == agent.availability
                && Objects.equals(reason, agent.shownReason)
                && loggedOnBefore == agent.loggedOn) {
            state.indexReady(agent, true);
            return;
        }
        state.indexReady(agent, false);
        agent.availability = availability;
        agent.shownReason = reason;
        agent.since = state.now;
        state.indexReady(agent, true);
        state.history.add(
                state.now,
                "agent",
                "agent",
                agent.id,
                "loggedOn",
                agent.loggedOn,
                "availability",
                availability.wire(),
                "reason",
                reason);
    }
}
