package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.asterisk.AsteriskSettings.AnswerMode;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import java.util.List;
import java.util.Map;

/** What happens to a call when one of its parties calls, rings, answers, fails or leaves. */
final class Connections {
    private static final int USER_BUSY = 17;

    private final Board board;
    private final AgentStates agentStates;

    Connections(Board board, AgentStates agentStates) {
        this.board = board;
        this.agentStates = agentStates;
    }

    /** Returns why a number cannot be reached, as far as that is known before calling it; null if it can be tried. */
    Cause obstacle(String number) {
        NumberPlan.Target target = board.plan.of(number);
        if (target instanceof NumberPlan.Nowhere) {
            return Cause.INVALID_DESTINATION;
        }
        return target instanceof NumberPlan.ToAgent to && !to.agent().legs.isEmpty() ? Cause.BUSY : null;
    }

    /** Takes an agent's phone off hook, or his line that is there already, and calls a number. */
    Party dial(Agent agent, String number, Line own) {
        Call call = board.newCall(agent.station, number);
        Party leg = board.newAgentParty(call, agent);
        leg.calling = true;
        leg.from = agent.station;
        leg.to = number;
        leg.direction = board.plan.of(number) instanceof NumberPlan.Outside ? Direction.OUTBOUND : Direction.INTERNAL;
        leg.state = ConversationState.INITIATED;
        leg.join(own == null ? board.newLine(board.settings.stations().endpoint(agent.station)) : own);
        Cause obstacle = obstacle(number);
        if (obstacle == null) {
            Party called = call(call, number, agent.station, Direction.INTERNAL);
            leg.calledId = called == null ? board.ids.party(board.ids.next()) : called.id;
            if (called == null || called.agent != null) {
                callersRing(call);
            }
        } else {
            leg.calledId = board.ids.party(board.ids.next());
            fail(leg, obstacle);
        }
        board.touch(call);
        return leg;
    }

    /**
     * Adds the party behind a number, to be called as soon as somebody is on the line. Only where there is no obstacle.
     *
     * @return null if the number is a queue's: the call waits
     */
    Party call(Call call, String number, String from, Direction direction) {
        NumberPlan.Target target = board.plan.of(number);
        if (target instanceof NumberPlan.ToAgent to) {
            Party leg = ring(call, to.agent(), from, number, direction);
            leg.deadline = board.now + board.settings.times().agentRing();
            return leg;
        }
        if (target instanceof NumberPlan.ToQueue to) {
            board.wait(call, to.queue().number());
            return null;
        }
        boolean outside = target instanceof NumberPlan.Outside;
        String endpoint =
                outside ? ((NumberPlan.Outside) target).endpoint() : ((NumberPlan.ToStation) target).endpoint();
        Party party = board.newParty(call, outside ? Party.Kind.OUTSIDE : Party.Kind.STATION, null, number, number);
        party.from = from;
        party.to = number;
        party.direction = direction;
        party.state = call.live().stream().anyMatch(other -> other.state == ConversationState.INITIATED)
                ? ConversationState.INITIATED
                : ConversationState.ALERTING;
        party.join(board.newLine(endpoint));
        return party;
    }

    /** Lets an agent's station ring. The caller sets the deadline. */
    Party ring(Call call, Agent agent, String from, String to, Direction direction) {
        Party leg = board.newAgentParty(call, agent);
        leg.from = from;
        leg.to = to;
        leg.direction = direction;
        leg.state = ConversationState.ALERTING;
        leg.join(board.newLine(board.settings.stations().endpoint(agent.station)));
        board.touch(call);
        return leg;
    }

    static AnswerMode mode(Board board, Party leg) {
        return board.settings.stations().answer(leg.address);
    }

    /** A called phone rings: whoever calls hears it. */
    void rings(Party party) {
        if (party.state == ConversationState.INITIATED) {
            change(party, ConversationState.ALERTING, Cause.NORMAL);
        }
        callersRing(party.call);
    }

    /** Whoever has called from a phone that is off hook hears ringing. */
    void callersRing(Call call) {
        for (Party other : call.parties) {
            if (other.calling && other.state == ConversationState.INITIATED && other.line != null && other.line.up()) {
                change(other, ConversationState.ALERTING, Cause.NORMAL);
            }
        }
    }

    /** A called party answers; whoever was waiting for that is connected too. */
    void answered(Party party) {
        Call call = party.call;
        if (call.waitingIn != null && party.agent != null) {
            board.stopWaiting(call);
        }
        connect(party);
        for (Party other : List.copyOf(call.parties)) {
            if (other.calling && other.state != ConversationState.FAILED) {
                connect(other);
            }
        }
    }

    private void connect(Party party) {
        party.deadline = 0;
        party.calling = false;
        party.answered = true;
        party.movedRinging = false;
        workAfter(party);
        // An agent who has taken the held call back while the consulted party still rang talks to one of them only.
        boolean talks = party.agent != null
                && party.agent.legs.stream().anyMatch(leg -> leg != party && leg.state == ConversationState.CONNECTED);
        change(party, talks ? ConversationState.HELD : ConversationState.CONNECTED, Cause.NORMAL);
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
        boolean offered = party.offered;
        remove(party, cause);
        if (offered && call.pbxQueue != null) {
            if (cause == Cause.REJECTED && !call.pbxCaller.isEmpty()) {
                party.agent.keepFrom(
                        call.pbxCaller, board.now + board.settings.times().reofferAfter());
            }
            giveBack(call, cause);
            return;
        }
        if (call.waitingIn != null) {
            keepFrom(call, party.agent);
            board.touch(call);
            return;
        }
        List<Party> live = call.live();
        if (live.size() == 1 && !call.rings() && live.get(0).calling && live.get(0).agent != null) {
            fail(live.get(0), cause);
        } else {
            settle(call, cause);
        }
    }

    /** Ends our side of a call that Asterisk's own queue has offered: busy, and the queue tries somebody else. */
    private void giveBack(Call call, Cause cause) {
        for (Party party : List.copyOf(call.parties)) {
            if (party.line != null) {
                party.line.reason = USER_BUSY;
            }
            remove(party, cause);
        }
        end(call);
    }

    void keepFrom(Call call, Agent agent) {
        call.keptFrom.put(agent.id, board.now + board.settings.times().reofferAfter());
    }

    void fail(Party caller, Cause cause) {
        change(caller, ConversationState.FAILED, cause);
        caller.deadline = board.now + board.settings.times().failedKept();
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
            board.touch(call);
        }
    }

    private static boolean keepsAlone(Party party) {
        return party.state == ConversationState.FAILED;
    }

    /** Takes a party off its call, and nothing else; its line is hung up when nobody is left on it. */
    void remove(Party party, Cause cause) {
        Call call = party.call;
        board.touch(call);
        call.parties.remove(party);
        if (party.line != null) {
            party.line.parties.remove(party);
        }
        party.state = ConversationState.DISCONNECTED;
        party.cause = cause;
        if (party.agent != null) {
            removeLeg(party.agent, party, cause);
        }
    }

    private void removeLeg(Agent agent, Party leg, Cause cause) {
        agent.legs.remove(leg);
        agent.ended.put(leg.id, cause);
        for (Party other : agent.legs) {
            if (leg.id.equals(other.consultOf)) {
                other.consultOf = null;
                board.touch(other.call);
            }
        }
        if (leg.answered) {
            workAfter(leg);
        }
        if (agent.legs.isEmpty()) {
            agentStates.lastLegGone(agent);
        }
        board.touch(agent);
    }

    /** Notes the work that follows a queue's call: as soon as it is answered, for its end may go unseen. */
    private void workAfter(Party party) {
        AsteriskSettings.QueueLine queue = party.queue == null ? null : board.plan.queue(party.queue);
        if (party.agent != null && queue != null) {
            party.agent.afterCallWorkDue = Math.max(party.agent.afterCallWorkDue, queue.afterCallWorkMs());
        }
    }

    void end(Call call) {
        board.calls.remove(call.id);
        board.waiting.remove(call.id);
        board.touchedCalls.add(call);
    }

    void change(Party party, ConversationState next, Cause cause) {
        party.state = next;
        party.cause = cause;
        board.touch(party.call);
    }

    /** Moves everybody from one call to another, whose id stays: the customer's side knows the call by it. */
    void join(Call call, Call from) {
        String caller = call.live().isEmpty() ? call.from : call.live().get(0).address;
        for (Party party : List.copyOf(from.parties)) {
            from.parties.remove(party);
            party.call = call;
            call.parties.add(party);
            if (!party.live()) {
                party.movedRinging = true;
                party.from = caller;
                party.direction = call.direction();
            }
        }
        for (Map.Entry<String, Object> entry : from.data.entrySet()) {
            call.data.putIfAbsent(entry.getKey(), entry.getValue());
        }
        if (from.waitingIn != null) {
            board.wait(call, from.waitingIn);
        }
        end(from);
        board.touch(call);
    }
}
