package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The simulated switch: agents, queues, calls, parties, timers, as a deterministic machine. The same settings, inputs and
 * times give the same history. It has no clock: every input says what time it is (milliseconds since 1970-01-01 UTC; time
 * does not run backwards, a lower value counts as the highest seen), and {@link #advance} makes happen what has become
 * due. Not thread-safe.
 *
 * <p>Every input may leave events and changed entries behind; whoever drives the switch drains both after each input.
 */
public final class SimulatedSwitch {
    /** More calls than this at once, and customers are turned away. */
    static final int MOST_CALLS = 20_000;

    private final State state;
    private final AgentStates agentStates;
    private final Connections connections;
    private final Commands commands;

    /** A new switch: nobody is logged on, no call is up. */
    public SimulatedSwitch(SimulatedSettings settings) {
        this(settings, Map.of());
    }

    /** A switch that goes on from what {@link #drainChanges} has given out. */
    public SimulatedSwitch(SimulatedSettings settings, Map<String, byte[]> entries) {
        state = new State(settings);
        agentStates = new AgentStates(state);
        connections = new Connections(state, agentStates);
        commands = new Commands(state, agentStates, connections);
        Persistence.load(state, entries);
        state.agents.values().forEach(agentStates::loaded);
    }

    /** Executes a command; the reply is also remembered, and a repeated id gets it again. */
    public Reply execute(AgentCommand command, long now) {
        advance(now);
        Reply reply = commands.execute(command);
        finish();
        return reply;
    }

    /** Makes {@code epoch} the lowest that may command this agent, and returns the agent's view. */
    public Attachment attach(String agentId, Epoch epoch, long now) {
        advance(now);
        Agent agent = state.agents.get(agentId);
        if (agent == null) {
            return Attachment.refused(Refusal.CTI_REJECTED, "the switch knows no agent " + agentId);
        }
        if (epoch.value() < agent.epoch) {
            return Attachment.refused(
                    Refusal.STALE_EPOCH, "a newer owner of this session (epoch " + agent.epoch + ") has spoken");
        }
        commands.adopt(agent, epoch.value());
        if (agent.since == 0) {
            // nobody has asked before: he is not ready since now, as far as anybody can tell
            agent.since = state.now;
            agent.shown = Views.of(agent, agent.version);
            state.changedAgents.add(agent);
        }
        return Attachment.of(agent.shown);
    }

    /** Returns the view of every agent who has ever done anything. */
    public List<AgentView> snapshotAll() {
        return state.agents.values().stream()
                .filter(agent -> agent.version > 0)
                .map(agent -> agent.shown)
                .toList();
    }

    /** Returns when something will become due by itself; empty if nothing will. */
    public OptionalLong nextDeadline() {
        return state.timers.next();
    }

    /** Makes happen what has become due by {@code now}, each thing at its own time. */
    public void advance(long now) {
        for (Timed due = state.timers.due(now); due != null; due = state.timers.due(now)) {
            state.now = Math.max(state.now, due.due);
            Timed.Timer timer = due.timer;
            state.timers.cancel(due);
            fire(due, timer);
            finish();
        }
        state.now = Math.max(state.now, now);
    }

    private void fire(Timed due, Timed.Timer timer) {
        if (due instanceof Agent agent) {
            agentStates.endAfterCallWork(agent);
        } else if (due instanceof Party party) {
            fire(party, timer);
        } else {
            arrival();
        }
    }

    private void fire(Party party, Timed.Timer timer) {
        switch (timer) {
            case SETUP -> connections.setUp(party);
            case ANSWER -> connections.answer(party);
            case NO_ANSWER -> connections.notReached(party, Cause.NO_ANSWER);
            case REJECT -> connections.notReached(party, Cause.REJECTED);
            case HANG_UP -> hangUp(party);
            case RING_TIMEOUT -> {
                agentStates.ringNoAnswer(party.agent);
                connections.notReached(party, Cause.NO_ANSWER);
            }
            case CLEAN_UP -> connections.hangUp(party, party.cause, Cause.NORMAL);
            case OFFER_AGAIN -> connections.queues().offerAgain(party);
            default -> throw new IllegalStateException("a party has no timer " + timer);
        }
    }

    private void arrival() {
        Traffic traffic = state.traffic;
        if (state.calls.size() < MOST_CALLS && !state.settings.queues().isEmpty()) {
            Party customer = customer(traffic.from(), traffic.to(state.settings.queues()), Map.of());
            if (customer != null) {
                customer.talk = traffic.talk;
                state.setTimer(
                        customer, Timed.Timer.HANG_UP, state.settings.times().patience());
            }
        }
        state.setTimer(traffic, Timed.Timer.ARRIVAL, traffic.gap());
        state.changed = true;
    }

    /**
     * A customer calls in.
     *
     * @param to an extension or a queue
     * @param hangUpAfter after how many milliseconds the customer hangs up, if still there; 0: stays
     * @return the call's id, which stays through transfers and conferences; null if the switch is full
     */
    public String customerCalls(String from, String to, Map<String, Object> data, long hangUpAfter, long now) {
        advance(now);
        if (state.calls.size() >= MOST_CALLS) {
            return null;
        }
        long number = state.counter + 1;
        Party customer = customer(from, to, data);
        if (customer != null && hangUpAfter > 0) {
            state.setTimer(customer, Timed.Timer.HANG_UP, hangUpAfter);
        }
        finish();
        return "k" + number;
    }

    private Party customer(String from, String to, Map<String, Object> data) {
        Call call = state.newCall(from, to);
        call.data.putAll(data);
        Party customer = state.newParty(call, Party.Kind.OUTSIDE, from, from, ConversationState.ALERTING);
        customer.calling = true;
        connections.log(customer);
        Cause obstacle = connections.obstacle(to);
        if (obstacle != null) {
            connections.hangUp(customer, obstacle, Cause.NORMAL);
            return null;
        }
        connections.call(call, to, from, Direction.INBOUND);
        return customer;
    }

    /**
     * The customer of a call hangs up.
     *
     * @return false if there is no such call, or no customer on it
     */
    public boolean customerHangsUp(String callId, long now) {
        advance(now);
        Call call = state.calls.get(callId);
        Party customer = call == null
                ? null
                : call.parties.stream()
                        .filter(party -> party.kind == Party.Kind.OUTSIDE && party.live())
                        .findFirst()
                        .orElse(null);
        if (customer == null) {
            return false;
        }
        hangUp(customer);
        finish();
        return true;
    }

    private void hangUp(Party customer) {
        connections.hangUp(customer, customer.calling ? Cause.ABANDONED : Cause.NORMAL, Cause.NORMAL);
    }

    /** Lets customers call in by themselves, each hanging up {@code talk} milliseconds after the answer; 0 calls: none. */
    public void setTraffic(int callsPerMinute, long talk, long now) {
        advance(now);
        state.traffic.callsPerMinute = callsPerMinute;
        state.traffic.talk = talk;
        state.timers.cancel(state.traffic);
        if (callsPerMinute > 0) {
            state.setTimer(state.traffic, Timed.Timer.ARRIVAL, state.traffic.gap());
        }
        state.changed = true;
    }

    /** Cuts or mends the link. The calls do not care. */
    public void setLink(boolean up, long now) {
        advance(now);
        if (state.linkUp != up) {
            state.linkUp = up;
            state.changed = true;
            state.history.add(state.now, "link", "state", up ? "up" : "down");
        }
    }

    /** Returns whether the link works. */
    public boolean linkUp() {
        return state.linkUp;
    }

    List<CallSummary> calls() {
        return state.calls.values().stream().map(CallSummary::of).toList();
    }

    /** Returns up to {@code limit} entries of the history with a number above {@code after}, in order. */
    public List<HistoryEntry> history(long after, int limit) {
        return state.history.after(after, limit);
    }

    /** Returns the number of the newest history entry; 0 if there is none. */
    public long lastHistoryNumber() {
        return state.history.last();
    }

    /** Returns the events since the last time, in order, and forgets them. */
    public List<AgentEvent> drainEvents() {
        return agentStates.drain();
    }

    /** Moves the entries that have changed since the last time into {@code puts} and {@code removes}. */
    public void drainChanges(Map<String, byte[]> puts, Set<String> removes) {
        Persistence.drain(state, puts, removes);
    }

    /** Tells what has changed, then offers waiting calls to whoever is free now, and tells that. */
    private void finish() {
        agentStates.tell(null, null);
        connections.queues().dispatch();
        agentStates.tell(null, null);
    }
}
