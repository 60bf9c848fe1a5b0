package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import java.util.List;

/** What happens to a call when one of its parties rings, answers, fails or leaves. */
final class Connections {
    private final State state;
    private final AgentStates agentStates;
    private final Queues queues;

    Connections(State state, AgentStates agentStates) {
        this.state = state;
        this.agentStates = agentStates;
        queues = new Queues(state, this);
    }

    Queues queues() {
        return queues;
    }

    /** Returns why a number cannot be reached, as far as that is known before dialling it; null if it rings. */
    Cause obstacle(String number) {
        return switch (state.plan.kindOf(number)) {
            case INVALID -> Cause.INVALID_DESTINATION;
            case BUSY -> Cause.BUSY;
            case UNREACHABLE -> Cause.UNREACHABLE;
            case EXTENSION -> {
                Agent agent = state.stations.get(number);
                yield agent == null ? Cause.UNREACHABLE : agent.legs.isEmpty() ? null : Cause.BUSY;
            }
            default -> null;
        };
    }

    /** Adds the party behind a number, ringing. Only where there is no {@link #obstacle}. */
    void call(Call call, String number, String from, Direction direction) {
        SimulatedSettings.Times times = state.settings.times();
        NumberPlan.Kind kind = state.plan.kindOf(number);
        if (kind == NumberPlan.Kind.EXTENSION) {
            Party leg = ring(call, state.stations.get(number), from, number, direction);
            state.setTimer(leg, Timed.Timer.RING_TIMEOUT, times.agentRing());
        } else if (kind == NumberPlan.Kind.QUEUE) {
            String name = state.plan.queue(number).name();
            Party place = state.newParty(call, Party.Kind.QUEUE, number, name, ConversationState.ALERTING);
            place.from = from;
            place.to = number;
            place.direction = direction;
            place.place = place.number;
            state.waiting.put(place.place, place);
            log(place);
        } else {
            Party party = state.newParty(call, Party.Kind.OUTSIDE, number, number, ConversationState.ALERTING);
            switch (kind) {
                case SILENT -> state.setTimer(party, Timed.Timer.NO_ANSWER, times.noAnswer());
                case REJECTS -> state.setTimer(party, Timed.Timer.REJECT, times.reject());
                case ANSWERS_LATE -> state.setTimer(party, Timed.Timer.ANSWER, times.slowAnswer());
                default -> state.setTimer(party, Timed.Timer.ANSWER, times.answer());
            }
            if (kind == NumberPlan.Kind.HANGS_UP) {
                party.talk = times.shortTalk();
            }
            log(party);
        }
        state.touch(call);
    }

    /** Lets an agent's station ring. The caller sets the timer. */
    Party ring(Call call, Agent agent, String from, String to, Direction direction) {
        Party leg = state.newAgentParty(call, agent, ConversationState.ALERTING);
        leg.from = from;
        leg.to = to;
        leg.direction = direction;
        log(leg);
        return leg;
    }

    /** Takes an agent's station off hook and dials; the number is reached a little later. */
    Party dial(Agent agent, String number) {
        Call call = state.newCall(agent.station, number);
        Party leg = state.newAgentParty(call, agent, ConversationState.INITIATED);
        leg.calling = true;
        leg.reserved = state.nextNumber();
        leg.from = agent.station;
        leg.to = number;
        leg.direction = switch (state.plan.kindOf(number)) {
            case EXTENSION, QUEUE -> Direction.INTERNAL;
            default -> Direction.OUTBOUND;
        };
        state.setTimer(leg, Timed.Timer.SETUP, state.settings.times().setup());
        log(leg);
        state.touch(call);
        return leg;
    }

    /** A dialled number is reached, or not. */
    void setUp(Party caller) {
        Cause obstacle = obstacle(caller.to);
        if (obstacle != null) {
            fail(caller, obstacle);
            return;
        }
        call(caller.call, caller.to, caller.from, Direction.INTERNAL);
        change(caller, ConversationState.ALERTING, Cause.NORMAL);
    }

    /** A ringing party answers; whoever was waiting for that is connected too. */
    void answer(Party party) {
        Party place = party.offeredBy == null ? null : state.parties.get(party.offeredBy);
        if (place != null) {
            party.offeredBy = null;
            place.offeredTo = null;
            remove(place, Cause.NORMAL);
        }
        connect(party);
        for (Party other : List.copyOf(party.call.parties)) {
            if (other.calling && other.state == ConversationState.ALERTING) {
                connect(other);
            }
        }
    }

    private void connect(Party party) {
        if (party.timer != Timed.Timer.HANG_UP) {
            state.timers.cancel(party);
        }
        party.calling = false;
        party.answered = true;
        // An agent who has taken the held call back while the consulted party still rang talks to one of them only.
        boolean talks = party.agent != null && talks(party.agent);
        change(party, talks ? ConversationState.HELD : ConversationState.CONNECTED, Cause.NORMAL);
        if (party.talk > 0) {
            state.setTimer(party, Timed.Timer.HANG_UP, party.talk);
        }
    }

    static boolean talks(Agent agent) {
        return agent.legs.stream().anyMatch(leg -> leg.state == ConversationState.CONNECTED);
    }

    /** A party on the call hangs up. */
    void hangUp(Party party, Cause own, Cause others) {
        Call call = party.call;
        remove(party, own);
        settle(call, others);
    }

    /** A called party is not reached. */
    void notReached(Party party, Cause cause) {
        Call call = party.call;
        remove(party, cause);
        if (queues.backToQueue(party)) {
            state.touch(call);
            return;
        }
        List<Party> live = call.live();
        if (live.size() == 1 && !call.rings() && live.get(0).calling && live.get(0).agent != null) {
            fail(live.get(0), cause);
        } else {
            settle(call, cause);
        }
    }

    private void fail(Party caller, Cause cause) {
        change(caller, ConversationState.FAILED, cause);
        state.setTimer(caller, Timed.Timer.CLEAN_UP, state.settings.times().failedKept());
    }

    /** Ends what must not go on after a party has left: ringing for nobody, talking to nobody. */
    void settle(Call call, Cause cause) {
        List<Party> live = call.live();
        if (live.isEmpty()) {
            for (Party ringing : List.copyOf(call.parties)) {
                remove(ringing, Cause.ABANDONED);
            }
        } else if (live.size() == 1 && !call.rings() && !keepsAlone(live.get(0))) {
            remove(live.get(0), cause);
        }
        if (call.parties.isEmpty()) {
            end(call);
        } else {
            state.touch(call);
        }
    }

    private static boolean keepsAlone(Party party) {
        return party.state == ConversationState.FAILED || party.state == ConversationState.INITIATED;
    }

    /** Takes a party off its call, and nothing else. */
    void remove(Party party, Cause cause) {
        Call call = party.call;
        state.touch(call);
        state.timers.cancel(party);
        call.parties.remove(party);
        state.parties.remove(party.id());
        if (party.kind == Party.Kind.QUEUE) {
            state.waiting.remove(party.place);
        }
        party.state = ConversationState.DISCONNECTED;
        party.cause = cause;
        log(party);
        if (party.agent != null) {
            removeLeg(party.agent, party, cause);
        }
    }

    private void removeLeg(Agent agent, Party leg, Cause cause) {
        agent.legs.remove(leg);
        agent.ended.put(leg.id(), cause);
        for (Party other : agent.legs) {
            if (leg.id().equals(other.consultOf)) {
                other.consultOf = null;
                state.changedCalls.add(other.call);
            }
        }
        if (leg.answered && leg.queue != null) {
            long work = state.plan.queue(leg.queue).afterCallWorkMs();
            agent.afterCallWorkDue = Math.max(agent.afterCallWorkDue, work);
        }
        if (agent.legs.isEmpty()) {
            agentStates.lastLegGone(agent);
        }
        state.touch(agent);
    }

    void end(Call call) {
        state.calls.remove(call.id());
        state.changedCalls.remove(call);
        state.endedCalls.add(call.id());
        state.history.add(state.now, "call", "call", call.id(), "ended", true);
    }

    void change(Party party, ConversationState next, Cause cause) {
        party.state = next;
        party.cause = cause;
        log(party);
        state.touch(party.call);
    }

    void log(Party party) {
        state.history.add(
                state.now,
                "connection",
                "call",
                party.call.id(),
                "connection",
                party.id(),
                "address",
                party.address,
                "agent",
                party.agent == null ? null : party.agent.id,
                "state",
                party.state.wire(),
                "cause",
                party.cause.wire());
    }
}
