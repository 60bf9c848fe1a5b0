package io.interactionprocessor.protocol;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.ChannelType;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import io.interactionprocessor.model.InteractionState;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.Role;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects under a session with the fields they show a client (protocol 7, the table). All times are milliseconds since
 * 1970-01-01 UTC here and ISO-8601 on the wire.
 */
public sealed interface ObjectFields {
    /** Returns the object's id: the last part of its path. */
    String id();

    /** Returns which kind of object it is. */
    ObjectKind kind();

    /** A channel group; {@code channels} are the ids of its channels. */
    record Group(String id, String name, List<String> channels) implements ObjectFields {
        public Group {
            channels = List.copyOf(channels);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.CHANNEL_GROUP;
        }
    }

    /** A channel; {@code endpoint} is the station, {@code reason}, {@code pending} and {@code pendingReason} may be null. */
    record Channel(
            String id,
            String name,
            ChannelType type,
            ChannelState state,
            String endpoint,
            Availability availability,
            String reason,
            long since,
            Availability pending,
            String pendingReason)
            implements ObjectFields {
        @Override
        public ObjectKind kind() {
            return ObjectKind.CHANNEL;
        }
    }

    /** An interaction; {@code queue} and {@code focus} (the id of the conversation being attended to) may be null. */
    record Interaction(
            String id,
            ChannelType type,
            InteractionState state,
            Direction direction,
            String queue,
            String from,
            String to,
            Map<String, Object> data,
            String focus,
            long since)
            implements ObjectFields {
        public Interaction {
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.INTERACTION;
        }
    }

    /** A conversation; {@code cause} says why it is in its state. */
    record Conversation(
            String id,
            Role role,
            ConversationState state,
            boolean muted,
            boolean recording,
            List<Member> members,
            long since,
            Cause cause)
            implements ObjectFields {
        public Conversation {
            members = List.copyOf(members);
        }

        @Override
        public ObjectKind kind() {
            return ObjectKind.CONVERSATION;
        }
    }
}
