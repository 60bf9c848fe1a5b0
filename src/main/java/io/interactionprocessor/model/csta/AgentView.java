package io.interactionprocessor.model.csta;

import io.interactionprocessor.model.Availability;
import java.util.List;
import java.util.Objects;

/**
 * All that the switch knows of one agent at one moment: the truth a session is compared with.
 *
 * @param agent the agent's id
 * @param version grows with every change of this agent's view, over link take-overs too; a view with a lower version than
 *     one already seen is outdated
 * @param loggedOn whether the agent's station takes calls (the channel is {@code ACTIVE})
 * @param station the extension the agent uses, or, while not logged on, has of his own
 * @param availability what the agent can be given; {@code NOT_READY} while not logged on
 * @param reason why not ready, or null
 * @param pending the availability that follows when the call ends, or null
 * @param pendingReason the reason that goes with {@code pending}, or null
 * @param since when availability or reason changed last, milliseconds since 1970-01-01 UTC
 * @param legs the agent's connections, oldest first
 */
public record AgentView(
        String agent,
        long version,
        boolean loggedOn,
        String station,
        Availability availability,
        String reason,
        Availability pending,
        String pendingReason,
        long since,
        List<CallLeg> legs) {
    public AgentView {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(station, "station");
        Objects.requireNonNull(availability, "availability");
        legs = List.copyOf(legs);
    }

    /** Returns the view of an agent of whom the switch knows nothing but the name. */
    public static AgentView loggedOff(String agent, long version, long since) {
        return new AgentView(agent, version, false, "", Availability.NOT_READY, null, null, null, since, List.of());
    }
}
