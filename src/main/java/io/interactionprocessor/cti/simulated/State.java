package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.cti.simulated.SimulatedSettings.AgentLine;
import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.ConversationState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that the switch knows, and what of it has changed. Collections are ordered, so that equal inputs give equal runs. */
final class State {
    final SimulatedSettings settings;
    final NumberPlan plan;
    final History history;
    final Timers timers = new Timers();
    final Traffic traffic;

    final Map<String, Agent> agents = new TreeMap<>();
    final Map<String, Call> calls = new LinkedHashMap<>();
    final Map<String, Party> parties = new HashMap<>();

    /** Logged-on agents by station. */
    final Map<String, Agent> stations = new HashMap<>();

    /** Queues' parties without an agent, by place. */
    final TreeMap<Long, Party> waiting = new TreeMap<>();

    /** Agents who can be offered a call, the one idle longest first. */
    final TreeSet<Agent> ready =
            new TreeSet<>(Comparator.comparingLong((Agent agent) -> agent.since).thenComparing(agent -> agent.id));

    long now;
    boolean linkUp = true;
    long counter;

    final Set<Agent> touched = new LinkedHashSet<>();
    final Set<Agent> changedAgents = new HashSet<>();
    final Set<Agent> changedReplies = new HashSet<>();
    final Set<Call> changedCalls = new HashSet<>();
    final Set<String> endedCalls = new HashSet<>();
    boolean changed;

    State(SimulatedSettings settings) {
        this.settings = settings;
        plan = new NumberPlan(settings);
        history = new History(settings.historySize());
        traffic = new Traffic(settings.seed());
        for (AgentLine line : settings.agents()) {
            agents.put(line.id(), new Agent(line.id(), line.name(), line.extension(), line.queues()));
        }
    }

    /** Returns an agent, also one that the configuration no longer names while the grid still does. */
    Agent knownAgent(String id) {
        return agents.computeIfAbsent(id, gone -> new Agent(gone, gone, gone, Set.of()));
    }

    long nextNumber() {
        changed = true;
        return ++counter;
    }

    Call newCall(String from, String to) {
        Call call = new Call(nextNumber(), from, to, now);
        calls.put(call.id(), call);
        changedCalls.add(call);
        return call;
    }

    Party newParty(Call call, Party.Kind kind, String address, String name, ConversationState state) {
        Party party = new Party(numberFor(call), kind, address, name, now);
        party.call = call;
        party.state = state;
        call.parties.add(party);
        parties.put(party.id(), party);
        return party;
    }

    /** Whoever dialled knows already what the party that he called is numbered. */
    private long numberFor(Call call) {
        for (Party party : call.parties) {
            if (party.calling && party.reserved != 0 && !parties.containsKey(Party.id(party.reserved))) {
                return party.reserved;
            }
        }
        return nextNumber();
    }

    Party newAgentParty(Call call, Agent agent, ConversationState state) {
        Party party = newParty(call, Party.Kind.AGENT, agent.station, agent.name, state);
        party.agent = agent;
        agent.legs.add(party);
        // At once, not when the step ends: nobody may offer this agent a second call within the same step.
        ready.remove(agent);
        return party;
    }

    /** A call has changed, for everybody on it. */
    void touch(Call call) {
        changedCalls.add(call);
        for (Party party : call.parties) {
            if (party.agent != null) {
                touched.add(party.agent);
            }
        }
    }

    void touch(Agent agent) {
        touched.add(agent);
        changedAgents.add(agent);
    }

    void setTimer(Timed owner, Timed.Timer timer, long after) {
        timers.set(owner, timer, now + after);
    }

    /** Keeps {@link #ready} true to an agent's state. To be called before and after {@code since} changes. */
    void indexReady(Agent agent, boolean in) {
        ready.remove(agent);
        if (in && agent.loggedOn && agent.availability == Availability.READY) {
            ready.add(agent);
        }
    }
}
