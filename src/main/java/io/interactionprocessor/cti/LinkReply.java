package io.interactionprocessor.cti;

import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Reply;
import java.util.Objects;

/** What the holder of a link answers. */
public sealed interface LinkReply {

    /** To {@link LinkRequest.Attach}. */
    record Attached(Attachment attachment) implements LinkReply {
        public Attached {
            Objects.requireNonNull(attachment, "attachment");
        }
    }

    /**
     * To {@link LinkRequest.Execute}.
     *
     * @param effect how the agent stands now, if the switch has told it together with its reply to the session that asked,
     *     which is not told otherwise then; else null
     */
    record Executed(Reply reply, AgentEvent effect) implements LinkReply {
        public Executed {
            Objects.requireNonNull(reply, "reply");
        }

        /** A reply whose effect comes by itself, if there is any. */
        public Executed(Reply reply) {
            this(reply, null);
        }
    }

    /**
     * To {@link LinkRequest.OperateSwitch}.
     *
     * @param status as in HTTP
     */
    record Side(int status, String json) implements LinkReply {
        public Side {
            Objects.requireNonNull(json, "json");
        }
    }

    /**
     * To anything: this node does not hold the link (any more, or not yet). The caller finds out who holds it now and asks
     * there; a command with the same id, so that it is executed once only.
     *
     * @param maybeExecuted whether this node has lost hold of the link while it was executing
     */
    record NotHolder(boolean maybeExecuted) implements LinkReply {}
}
