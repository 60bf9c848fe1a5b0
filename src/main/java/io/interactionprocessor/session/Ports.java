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
import java.util.Map;
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
        /** {@link DirectoryEntry#claim}. Who asks says whether to ask again: a refusal means something else then. */
        CompletionStage<DirectoryEntry.Outcome> claim(AgentKey agent, SessionId session, String node, long now);

        /**
         * {@link DirectoryEntry#override}; not asked again either.
         *
         * @param again whether it was asked before and the outcome is unknown
         */
        CompletionStage<DirectoryEntry.Outcome> override(
                AgentKey agent, Epoch seen, boolean again, SessionId session, String node, long now);

        /** {@link DirectoryEntry#bind}. */
        CompletionStage<DirectoryEntry.Outcome> bind(AgentKey agent, SessionId session, String node, String keyHash);

        /** {@link DirectoryEntry#release}. */
        CompletionStage<DirectoryEntry.Outcome> release(AgentKey agent, SessionId session, Epoch epoch);

        /** {@link DirectoryEntry#adopt}. */
        CompletionStage<DirectoryEntry.Outcome> adopt(AgentKey agent, SessionId session, String from, String node);

        /** {@link DirectoryEntry#reassert}. */
        CompletionStage<DirectoryEntry.Outcome> reassert(AgentKey agent, DirectoryEntry held);

        /** Reads an entry. */
        CompletionStage<Optional<DirectoryEntry>> find(AgentKey agent);

        /**
         * Counts the sessions of an instance-domain by the node that owns them; nodes that own none are left out.
         *
         * @param anew whether nothing may be used that has been kept of an earlier count
         */
        CompletionStage<Map<String, Tally>> survey(String domain, boolean anew);

        /** Reads the entries of the sessions of an instance-domain that a node owns, in these slices of {@link Tally}. */
        CompletionStage<Map<AgentKey, DirectoryEntry>> ownedBy(String domain, String node, long slices);
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
         * Makes {@code epoch} the session's and returns what is stored. From then on appends of older epochs are refused.
         *
         * @param eventsAfter events with higher sequences are returned, {@link StoredSession#NO_EVENTS}: none
         * @return empty if there is no such session, or a newer epoch owns it
         */
        CompletionStage<Optional<StoredSession>> fence(SessionId session, Epoch epoch, long eventsAfter);

        /** Reads what is stored, without fencing; {@code eventsAfter} as there. */
        CompletionStage<Optional<StoredSession>> find(SessionId session, long eventsAfter);

        /** Removes a session that has ended or was overridden, unless a newer epoch owns it. */
        CompletionStage<Void> remove(SessionId session, Epoch epoch);
    }

    /** The switch side of this instance-domain: commands travel to whichever node holds the link. */
    public interface CallControl {
        /** Attaches a session to its agent; from then on the agent's events reach {@link SessionHost#agentChanged}. */
        CompletionStage<Attachment> attach(String processor, String agent, Epoch epoch);

        /** Sends a command. A stage that fails, or a {@code TIMEOUT}, means that the outcome is unknown. */
        CompletionStage<Reply> execute(String processor, AgentCommand command);

        /**
         * Tells whether some node holds a working link to the processor's switch, as far as is known here. While the link is
         * on its way from one node to another it waits a little for that; a link that is down is down at once.
         */
        CompletionStage<Boolean> available(String processor);
    }

    /** This node and its place in the cluster. */
    public interface Place {
        /** Returns this node's id, under which it stands in the directory. */
        String node();

        /** Returns whether this node is in touch with a majority and may own sessions. */
        boolean quorum();

        /** Returns whether a node is in the cluster, as this one sees it. */
        boolean isMember(String node);

        /** Returns this node's place among those in the cluster, from 0, and how many there are: to share work. */
        Share share();

        /** Returns a node that takes sessions of a processor of this instance-domain, if there is one, for each session one. */
        Optional<String> hostOf(String processor, SessionId session);

        /** Returns whether this node takes new sessions; false while draining. */
        boolean accepting();

        /** Returns a name of a node for people, for a {@code confirm}. */
        String nameOf(String node);
    }

    /** One of several who share a work: each thing belongs to exactly one of them. */
    public record Share(int place, int of) {
        /** Returns whether a thing is this one's. */
        public boolean has(Object thing) {
            return placeOf(thing, of) == place;
        }

        /** Returns whose a thing is, of so many. */
        public static int placeOf(Object thing, int of) {
            return Math.floorMod(thing.hashCode() * 0x9E3779B1, of);
        }
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

        /** Returns the id of a new session: as {@link #next}, and perhaps where the store will keep it. */
        default String nextSession() {
            return next();
        }

        /** Returns the SHA-256 of a text, in hexadecimal: what is stored of a resume key. */
        String hash(String text);
    }

    /** The client connections of this node. */
    public interface Clients {
        /** Sends to a connection, in order; a connection that is gone swallows it. */
        void send(String connection, Outbound message);

        /** Returns whether there is such a connection. */
        boolean isOpen(String connection);
    }

    /** What the operator is told: a log of what was refused or went wrong, and figures. */
    public interface Audit {
        /** What sessions go through, to be counted. */
        enum Happening {
            /** A client has taken a session from another node with it. */
            TAKEN_OVER,
            /** This node has taken a session from one that has gone. */
            ADOPTED,
            /** A session has been compared with the switch and differed. */
            RESYNCED
        }

        /** Something has happened to a session. */
        void happened(Happening what);

        /** A comparison of the directory with the sessions that are here, so many, has been made. */
        void compared(int sessions, Discrepancies found);

        /**
         * A request could not be dealt with for a fault of this service.
         *
         * @param errorId for the log and the client
         * @return what the client is told as the failure's context
         */
        String internalError(String errorId, Throwable fault);

        /**
         * A login was refused.
         *
         * @param errorId also told to the client, as the failure's {@code context} (protocol 4.1)
         * @param agent empty if there is no such agent: what was typed may be a password
         * @param remote the client's network address
         */
        void loginRefused(String errorId, FailureCode code, String processor, Optional<String> agent, String remote);
    }

    /**
     * In what directory, sessions and connections differ; all zero when all is well.
     *
     * @param onlyInDirectory sessions that the directory says are here, and are not
     * @param onlyHere sessions that are here, and the directory says otherwise
     * @param withoutConnection sessions that believe in a connection which is not there
     */
    public record Discrepancies(int onlyInDirectory, int onlyHere, int withoutConnection) {
        /** None. */
        public static final Discrepancies NONE = new Discrepancies(0, 0, 0);

        /** Returns how many there are in all. */
        public int count() {
            return onlyInDirectory + onlyHere + withoutConnection;
        }
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

        /** Returns an agent's name for people; empty if there is no such agent. */
        Optional<String> nameOf(String processor, String agent);
    }
}
