package io.interactionprocessor.protocol;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.Member;
import io.interactionprocessor.model.Role;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One {@code resourceEvent} of a session (protocol 7.2).
 *
 * @param target the dotted path of the object it is about
 * @param sequence its place in the session's events: 1, 2, 3 ...
 * @param requestId the request that caused it, or null
 * @param body what happened
 */
public record Event(String target, long sequence, String requestId, Body body) {

    /** What happened: one record for each event name. */
    public sealed interface Body {
        /** Returns the event's name on the wire, for example {@code conversation.created}. */
        String name();
    }

    /** {@code channelgroup.created}, {@code channel.created}, {@code interaction.created}, {@code conversation.created}. */
    public record Created(ObjectFields fields, Actions actions) implements Body {
        @Override
        public String name() {
            return fields.kind().wire() + ".created";
        }
    }

    /** {@code interaction.preview}: offered, before acceptance. */
    public record Preview(ObjectFields.Interaction fields, Actions actions) implements Body {
        @Override
        public String name() {
            return "interaction.preview";
        }
    }

    /** {@code ….initialized}: the object and everything in it has been told. */
    public record Initialized(ObjectKind kind) implements Body {
        @Override
        public String name() {
            return kind.wire() + ".initialized";
        }
    }

    /** {@code ….disposed}: the object is gone. */
    public record Disposed(ObjectKind kind) implements Body {
        @Override
        public String name() {
            return kind.wire() + ".disposed";
        }
    }

    /** {@code state.updated}; {@code state} and {@code previous} are the words of the object's kind. */
    public record StateUpdated(String state, String previous, Cause cause, Actions actions) implements Body {
        @Override
        public String name() {
            return "state.updated";
        }
    }

    /** {@code channel.infochanged}; {@code reason}, {@code pending} and {@code pendingReason} may be null. */
    public record InfoChanged(
            Availability availability,
            String reason,
            long since,
            Availability pending,
            String pendingReason,
            Actions actions)
            implements Body {
        @Override
        public String name() {
            return "channel.infochanged";
        }
    }

    /** {@code interaction.datachanged}: all attached data as it is now, and which keys changed. */
    public record DataChanged(Map<String, Object> data, List<String> changed) implements Body {
        public DataChanged {
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
            changed = List.copyOf(changed);
        }

        @Override
        public String name() {
            return "interaction.datachanged";
        }
    }

    /** {@code interaction.focuschanged}: another conversation is attended to now; null for none. */
    public record FocusChanged(String focus) implements Body {
        @Override
        public String name() {
            return "interaction.focuschanged";
        }
    }

    /** {@code interaction.ended}: its last conversation is gone. */
    public record Ended(Cause cause) implements Body {
        @Override
        public String name() {
            return "interaction.ended";
        }
    }

    /** {@code conversation.member.added}. */
    public record MemberAdded(Member member) implements Body {
        @Override
        public String name() {
            return "conversation.member.added";
        }
    }

    /** {@code conversation.member.changed}. */
    public record MemberChanged(Member member) implements Body {
        @Override
        public String name() {
            return "conversation.member.changed";
        }
    }

    /** {@code conversation.member.removed}. */
    public record MemberRemoved(Member member) implements Body {
        @Override
        public String name() {
            return "conversation.member.removed";
        }
    }

    /** {@code conversation.attributeschanged}; the role is told since a consult can become the primary. */
    public record AttributesChanged(boolean muted, boolean recording, Role role) implements Body {
        @Override
        public String name() {
            return "conversation.attributeschanged";
        }
    }

    /** {@code actions.updated}: only what may be asked has changed. */
    public record ActionsUpdated(Actions actions) implements Body {
        @Override
        public String name() {
            return "actions.updated";
        }
    }

    /** {@code session.initialized}. */
    public record SessionInitialized() implements Body {
        @Override
        public String name() {
            return "session.initialized";
        }
    }

    /** {@code session.snapshot}: the whole tree, when the missed events are no longer there. */
    public record SessionSnapshot(Snapshot snapshot) implements Body {
        @Override
        public String name() {
            return "session.snapshot";
        }
    }

    /** {@code session.ended}: the last event of a session. */
    public record SessionEnded(SessionEndReason reason) implements Body {
        @Override
        public String name() {
            return "session.ended";
        }
    }
}
