package io.interactionprocessor.session;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Outbound;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the session core needs of the world, as interfaces: the cluster implements them with Hazelcast, the event bus and
 * timers, the simulation test with maps and virtual time. Every stage completes on the thread (event loop context) that
 * called; a stage that fails means that the outcome is unknown.
 */
public final class Ports {
    private Ports() {}

    /** Who owns which agent's session: one for the whole cluster (design 5). Each method is one atomic entry operation. */
    public interface Directory {
        /** {@link DirectoryEntry#claim}. */
        CompletionStage<DirectoryEntry.Outcome> claim(
                AgentKey agent, SessionId session, String node, boolean override, long now);

        /** {@link DirectoryEntry#bind}. */
        CompletionStage<DirectoryEntry.Outcome> bind(AgentKey agent, SessionId session, String node, String keyHash);

        /** {@link DirectoryEntry#release}. */
        CompletionStage<DirectoryEntry.Outcome> release(AgentKey agent, SessionId session, Epoch epoch);

        /** Reads an entry. */
        CompletionStage<Optional<DirectoryEntry>> find(AgentKey agent);
    }

    /** Sessions' states, answers and events, outliving their owner (design 5, outbox). One for the whole cluster. */
    public interface SessionStore {
        /**
         * Appends what a session did. Replicated when the stage completes. Safe to repeat: an append whose {@code step} is
         * not higher than the stored one changes nothing and says {@code true}.
         *
         * @return false if a newer epoch owns the session, or it was removed: the caller must stop
         */
        CompletionStage<Boolean> append(SessionId session, StoredSession.Append append);

        /**
         * Makes {@code epoch} the session's and returns all that is stored. From then on appends of older epochs are
         * refused.
         *
         * @return empty if there is no such session, or a newer epoch owns it
         */
        CompletionStage<Optional<StoredSession>> fence(SessionId session, Epoch epoch);

        /** Reads what is stored, without fencing. */
        CompletionStage<Optional<StoredSession>> find(SessionId session);

        /** Removes a session that has ended or was overridden, unless a newer epoch owns it. */
        CompletionStage<Void> remove(SessionId session, Epoch epoch);
    }

    /** The switch side of this instance-domain: commands travel to whichever node holds the link. */
    public interface CallControl {
        /** Attaches a session to its agent; from then on the agent's events reach {@link SessionHost#agentChanged}. */
        CompletionStage<Attachment> attach(String processor, String agent, Epoch epoch);

        /** Sends a command. A stage that fails, or a {@code TIMEOUT}, means that the outcome is unknown. */
        CompletionStage<Reply> execute(String processor, AgentCommand command);

        /** Returns whether some node holds a working link to the processor's switch, as far as is known here. */
        boolean available(String processor);
    }

    /** This node and its place in the cluster. */
    public interface Place {
        /** Returns this node's id, under which it stands in the directory. */
        String node();

        /** Returns whether this node is in touch with a majority and may own sessions. */
        boolean quorum();

        /** Returns whether this node takes new sessions; false while draining. */
        boolean accepting();

        /** Returns a name of a node for people, for a {@code confirm}. */
        String nameOf(String node);
    }

    /** The twins of this host on other nodes. */
    public interface Peers {
        /**
         * Asks a session's present owner to stop, flush and let go (take-over, first phase). At most a second; an owner
         * that does not answer is fenced off by the store and the connector instead.
         */
        CompletionStage<Void> handOver(String node, SessionId session, Epoch newEpoch);

        /** Tells a session's owner that it has been overridden by {@code newEpoch}. */
        CompletionStage<Void> overridden(String node, SessionId session, Epoch newEpoch);
    }

    /** Delayed calls on the caller's context. */
    public interface Timers {
        /** Runs {@code task} once after {@code millis}; the returned action cancels it. */
        Runnable after(long millis, Runnable task);
    }

    /** The wall clock. */
    public interface Time {
        /** Milliseconds since 1970-01-01 UTC. */
        long now();
    }

    /** Unguessable ids. */
    public interface Ids {
        /** Returns 128 random bits as 22 characters of URL-safe base64: without a dot. */
        String next();

        /** Returns the SHA-256 of a text, in hexadecimal: what is stored of a resume key. */
        String hash(String text);
    }

    /** The client connections of this node. */
    public interface Clients {
        /** Sends to a connection, in order; a connection that is gone swallows it. */
        void send(String connection, Outbound message);
    }

    /** The operator's log of what was refused. */
    public interface Audit {
        /**
         * A login was refused.
         *
         * @param errorId also told to the client, as the failure's {@code context} (protocol 4.1)
         * @param agent as the client wrote it
         * @param remote the client's network address
         */
        void loginRefused(String errorId, FailureCode code, String processor, String agent, String remote);
    }

    /** Checks who an agent is. */
    public interface Credentials {
        /** A check's outcome. */
        enum Verdict {
            /** The right password. */
            VALID,
            /** Unknown agent or wrong password; the caller never learns which. */
            INVALID,
            /** Too many failures for this agent or network address: not checked. */
            TOO_MANY_ATTEMPTS
        }

        /**
         * An outcome.
         *
         * @param retryAfterSeconds for {@code TOO_MANY_ATTEMPTS}: how long to wait
         */
        record Result(Verdict verdict, int retryAfterSeconds) {}

        /** Verifies a password; takes the same time whether the agent is unknown or the password wrong. */
        CompletionStage<Result> verify(String processor, String agent, Secret password, String remote);

        /** Returns an agent's name for people; the id itself if none is known. */
        String nameOf(String processor, String agent);
    }
}
