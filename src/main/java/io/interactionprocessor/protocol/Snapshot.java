package io.interactionprocessor.protocol;

import java.util.List;

/**
 * A session's whole tree at one moment (protocol 7.2, {@code session.snapshot}).
 *
 * @param id the session's resource id
 * @param agentId the agent
 * @param agentName the agent's name
 * @param model the call model
 * @param state {@code prepared}, {@code bound}, {@code active}, {@code detached} or {@code ended}
 * @param since when the session was prepared, milliseconds since 1970-01-01 UTC
 * @param actions what may be asked of the session itself
 * @param groups its channel groups with all that is in them
 * @param sequence the next event is the one after it
 */
public record Snapshot(
        String id,
        String agentId,
        String agentName,
        String model,
        String state,
        long since,
        Actions actions,
        List<GroupNode> groups,
        long sequence) {
    public Snapshot {
        groups = List.copyOf(groups);
    }

    /** A channel group with its channels. */
    public record GroupNode(ObjectFields.Group fields, Actions actions, List<ChannelNode> channels) {
        public GroupNode {
            channels = List.copyOf(channels);
        }
    }

    /** A channel with its interactions. */
    public record ChannelNode(ObjectFields.Channel fields, Actions actions, List<InteractionNode> interactions) {
        public ChannelNode {
            interactions = List.copyOf(interactions);
        }
    }

    /** An interaction with its conversations. */
    public record InteractionNode(
            ObjectFields.Interaction fields, Actions actions, List<ConversationNode> conversations) {
        public InteractionNode {
            conversations = List.copyOf(conversations);
        }
    }

    /** A conversation. */
    public record ConversationNode(ObjectFields.Conversation fields, Actions actions) {}
}
