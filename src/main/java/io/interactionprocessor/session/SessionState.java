package io.interactionprocessor.session;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.protocol.ObjectFields;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * All that a session is, at one moment: enough for another node to go on with it. Immutable; the owner's {@link Session}
 * produces one for each append.
 *
 * @param id the resource id
 * @param processor the service that prepared it
 * @param agent whose it is
 * @param agentName the agent's name for people
 * @param model the call model
 * @param since when it was prepared, milliseconds since 1970-01-01 UTC
 * @param phase where it is in its life (protocol 6.1)
 * @param started whether {@code session.start} has succeeded
 * @param resumeKeyHash hash of the resume key, or null before the first binding
 * @param station the station asked for at {@code session.start}; empty for the agent's own
 * @param sequence the last event's sequence
 * @param viewVersion the version of the last view of the agent that the objects show
 * @param interactions how many interactions there have been: numbers the next one
 * @param conversations how many conversations there have been
 * @param channel the telephony channel, or null before {@code session.start}
 * @param open the interactions that are not disposed of, oldest first
 * @param logoutRequest the request of a logout that waits until no interaction is open, or null
 * @param detachedAt since when no connection is bound, milliseconds since 1970-01-01 UTC; 0 while one is
 * @param busy ids of the interactions of which the client was told that an operation goes on
 */
public record SessionState(
        SessionId id,
        String processor,
        AgentKey agent,
        String agentName,
        String model,
        long since,
        Phase phase,
        boolean started,
        String resumeKeyHash,
        String station,
        long sequence,
        long viewVersion,
        int interactions,
        int conversations,
        ObjectFields.Channel channel,
        List<OpenInteraction> open,
        LogoutRequest logoutRequest,
        long detachedAt,
        Set<String> busy) {
    public SessionState {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(phase, "phase");
        open = List.copyOf(open);
        busy = Set.copyOf(busy);
    }

    /**
     * Returns this state as it is by the directory, which knows of a first binding before the store does.
     *
     * @param keyHash the resume key's hash there, or null if nobody has bound the session
     */
    SessionState boundBy(String keyHash) {
        if (resumeKeyHash != null || keyHash == null) {
            return this;
        }
        return new SessionState(
                id,
                processor,
                agent,
                agentName,
                model,
                since,
                Phase.BOUND,
                started,
                keyHash,
                station,
                sequence,
                viewVersion,
                interactions,
                conversations,
                channel,
                open,
                logoutRequest,
                detachedAt,
                busy);
    }

    /** Where a session is in its life (protocol 6.1). The names, in lower case, stand on the wire. */
    public enum Phase {
        /** Prepared, not bound by anybody yet. */
        PREPARED,
        /** Bound, {@code session.start} has not come. */
        BOUND,
        /** Started and bound. */
        ACTIVE,
        /** Has no connection at present. */
        DETACHED,
        /** Over. */
        ENDED
    }

    /** An interaction that is not disposed of, with its conversations, oldest first. */
    public record OpenInteraction(ObjectFields.Interaction fields, List<OpenConversation> conversations) {
        public OpenInteraction {
            conversations = List.copyOf(conversations);
        }
    }

    /**
     * A conversation that is not disposed of.
     *
     * @param leg the agent's connection on the switch that it shows
     */
    public record OpenConversation(ObjectFields.Conversation fields, String leg) {}

    /** A logout that has been answered and waits for the last interaction's end. */
    public record LogoutRequest(String requestId, String reason) {}
}
