package io.interactionprocessor.cti.asterisk;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** All agents, calls and lines of one Asterisk, and which of them this turn has changed. */
final class Board {
    final AsteriskSettings settings;
    final NumberPlan plan;
    final Ids ids;

    final Map<String, Agent> agents = new LinkedHashMap<>();
    final Map<String, Agent> stations = new HashMap<>();
    final Map<String, Call> calls = new LinkedHashMap<>();
    final Map<String, Line> lines = new HashMap<>();

    /** The calls that wait in a queue here, oldest first. */
    final Map<String, Call> waiting = new LinkedHashMap<>();

    final Set<Call> touchedCalls = new LinkedHashSet<>();
    final Set<Line> touchedLines = new LinkedHashSet<>();
    final Set<Agent> touchedAgents = new LinkedHashSet<>();

    /** Milliseconds since 1970-01-01 UTC; set at the beginning of a turn. */
    long now;

    Board(AsteriskSettings settings, Ids ids) {
        this.settings = settings;
        this.ids = ids;
        plan = new NumberPlan(settings, this);
        for (AsteriskSettings.AgentLine line : settings.agents()) {
            agents.put(line.id(), new Agent(line));
        }
    }

    Call newCall(String from, String to) {
        Call call = new Call(ids.call(), from, to, now);
        calls.put(call.id, call);
        touch(call);
        return call;
    }

    Party newAgentParty(Call call, Agent agent) {
        String address = agent.station;
        Party party = newParty(call, Party.Kind.AGENT, agent, address, agent.name);
        agent.legs.add(party);
        touch(agent);
        return party;
    }

    Party newParty(Call call, Party.Kind kind, Agent agent, String address, String name) {
        long number = ids.next();
        Party party = new Party(ids.party(number), number, kind, agent, address, name, now);
        party.call = call;
        call.parties.add(party);
        touch(call);
        return party;
    }

    /** A line that Asterisk is to create when its time has come. */
    Line newLine(String endpoint) {
        Line line = new Line(ids.line(), endpoint, Line.Phase.WANTED);
        lines.put(line.id, line);
        return line;
    }

    void wait(Call call, String queue) {
        call.waitingIn = queue;
        waiting.put(call.id, call);
        touch(call);
    }

    void stopWaiting(Call call) {
        call.waitingIn = null;
        waiting.remove(call.id);
        touch(call);
    }

    /** Says that a call has changed: its parties' agents are told, its lines are looked at. */
    void touch(Call call) {
        touchedCalls.add(call);
        for (Party party : call.parties) {
            if (party.agent != null) {
                touchedAgents.add(party.agent);
            }
            if (party.line != null) {
                touchedLines.add(party.line);
            }
        }
    }

    void touch(Agent agent) {
        touchedAgents.add(agent);
    }
}
