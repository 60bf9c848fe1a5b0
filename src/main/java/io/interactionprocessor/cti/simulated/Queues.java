package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.ConversationState;
import java.util.List;

/** Who gets which waiting call: the call that waits longest goes to the ready agent idle longest. */
final class Queues {
    private final State state;
    private final Connections connections;

    Queues(State state, Connections connections) {
        this.state = state;
        this.connections = connections;
    }

    /** Offers what can be offered. To be called when a step's events are told, so that they come one after the other. */
    void dispatch() {
        if (state.ready.isEmpty() || state.waiting.isEmpty()) {
            return;
        }
        for (Party place : List.copyOf(state.waiting.values())) {
            if (state.ready.isEmpty()) {
                return;
            }
            Agent agent = idleLongest(place);
            if (agent != null) {
                offer(place, agent);
            }
        }
    }

    private Agent idleLongest(Party place) {
        for (Agent agent : state.ready) {
            if (agent.queues.contains(place.address) && !keptFrom(place, agent)) {
                return agent;
            }
        }
        return null;
    }

    private static boolean keptFrom(Party place, Agent agent) {
        Party.Kept kept = place.keptFrom.get(agent.id);
        return kept != null && kept.timesReady() == agent.timesReady;
    }

    private void offer(Party place, Agent agent) {
        state.waiting.remove(place.place);
        Party leg = connections.ring(place.call, agent, place.from, place.to, place.direction);
        leg.queue = place.address;
        leg.offeredBy = place.id();
        place.offeredTo = leg.id();
        state.setTimer(
                leg, Timed.Timer.RING_TIMEOUT, state.plan.queue(place.address).ringMs());
        state.touch(place.call);
    }

    /** The agent has declined: the call is kept from him for a while. */
    void keepFrom(Party place, Agent agent) {
        long until = state.now + state.settings.times().reofferAfter();
        place.keptFrom.put(agent.id, new Party.Kept(until, agent.timesReady));
        setOfferAgain(place);
    }

    /** Some agent may be offered this call again. */
    void offerAgain(Party place) {
        place.keptFrom.values().removeIf(kept -> kept.until() <= state.now);
        setOfferAgain(place);
        state.changedCalls.add(place.call);
    }

    private void setOfferAgain(Party place) {
        state.timers.cancel(place);
        place.keptFrom.values().stream()
                .map(Party.Kept::until)
                .min(Long::compare)
                .ifPresent(until -> state.setTimer(place, Timed.Timer.OFFER_AGAIN, until - state.now));
    }

    /** Returns whether a party rings because a queue has offered it, so that its failure is not the call's. */
    boolean backToQueue(Party leg) {
        Party place = leg.offeredBy == null ? null : state.parties.get(leg.offeredBy);
        if (place == null) {
            return false;
        }
        place.offeredTo = null;
        // Its old place is before everybody who came later: that is the head again.
        state.waiting.put(place.place, place);
        return true;
    }

    /** Returns whether nobody is on the way to answering a waiting call. */
    static boolean waits(Party party) {
        return party.kind == Party.Kind.QUEUE && party.offeredTo == null && party.state == ConversationState.ALERTING;
    }
}
