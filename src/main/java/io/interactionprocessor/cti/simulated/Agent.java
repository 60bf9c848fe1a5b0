package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.csta.AgentView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An agent of the switch. Its timer ends after-call work. */
final class Agent extends Timed {
    final String id;
    final String name;
    final String extension;
    final Set<String> queues;

    /** The newest owner that has spoken. */
    long epoch;

    long version;
    boolean loggedOn;
    String station = "";

    /** Ready or not ready, whatever calls there are. */
    Availability wanted = Availability.NOT_READY;

    String reason;
    /** How often the agent has become ready. */
    long timesReady;

    Availability pending;
    String pendingReason;

    /** In after-call work; until the timer or {@code Complete}. */
    boolean afterCallWork;

    /** How long after-call work is to be when the last leg has gone; 0: none. */
    long afterCallWorkDue;

    /** What the view shows, and since when. */
    Availability availability = Availability.NOT_READY;

    String shownReason;
    long since;

    /** Oldest first. */
    final List<Party> legs = new ArrayList<>();

    final Replies replies = new Replies();

    /** The last view given out; the version in it is the agent's. */
    AgentView shown;

    /** Legs that have gone since the last view. */
    final Map<String, Cause> ended = new LinkedHashMap<>();

    Agent(String id, String name, String extension, Set<String> queues) {
        this.id = id;
        this.name = name;
        this.extension = extension;
        this.queues = queues;
    }

    @Override
    String key() {
        return "a" + id;
    }

    Party leg(String legId) {
        for (Party leg : legs) {
            if (leg.id().equals(legId)) {
                return leg;
            }
        }
        return null;
    }
}
