package io.interactionprocessor.session;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import java.util.Objects;

/**
 * Who owns an agent's session: the value of the directory, keyed by {@link io.interactionprocessor.model.AgentKey}. The
 * changes are pure functions here; the cluster runs each of them as one atomic entry operation, the simulation on a
 * plain map.
 *
 * <p>An entry stays after its session has ended, vacant, since its epoch must go on growing: a late command of an earlier
 * session of the agent has to look old for ever. There are never more entries than agents.
 *
 * @param session the session, or null while the agent has none
 * @param node the node that owns it, or null
 * @param epoch the highest epoch granted for this agent
 * @param keyHash hash of the session's resume key, or null while nobody has bound it
 * @param since when the session was prepared, milliseconds since 1970-01-01 UTC
 * @param adopted whether its node took it from one that had gone, and no client has bound it since
 */
public record DirectoryEntry(SessionId session, String node, Epoch epoch, String keyHash, long since, boolean adopted) {
    public DirectoryEntry {
        Objects.requireNonNull(epoch, "epoch");
    }

    /** An entry of a session that its own node has claimed, or that a client has bound there. */
    public DirectoryEntry(SessionId session, String node, Epoch epoch, String keyHash, long since) {
        this(session, node, epoch, keyHash, since, false);
    }

    /** Returns whether the agent has a session. */
    public boolean occupied() {
        return session != null;
    }

    /**
     * A claim's or take-over's outcome.
     *
     * @param granted whether {@code after} is to be stored
     * @param before what was there, or null
     * @param after what is there now
     */
    public record Outcome(boolean granted, DirectoryEntry before, DirectoryEntry after) {
        /**
         * Returns the same of a claim, but for an agent whom the directory does not know no epoch below {@code first}: it may
         * have lost the entry, and the switch refuses what is lower than it has seen.
         */
        public Outcome notBelow(Epoch first) {
            return granted && before == null && after.epoch.isOlderThan(first)
                    ? new Outcome(
                            true,
                            null,
                            new DirectoryEntry(after.session, after.node, first, after.keyHash, after.since))
                    : this;
        }
    }

    /**
     * Claims the agent for a new session, if it has none.
     *
     * @param before the present entry, or null
     */
    public static Outcome claim(DirectoryEntry before, SessionId session, String node, long now) {
        return before != null && before.occupied() ? again(before, session) : taken(before, session, node, now);
    }

    /**
     * Claims the agent for a new session, whatever session it has. One that is sent again because its answer was lost does
     * so only if nothing was granted since the asker has looked: it must not destroy a session that has overridden its own.
     *
     * @param before the present entry, or null
     * @param seen for one that is sent again, the entry's epoch when it was read, {@link Epoch#NONE} if there was none; or
     *     null
     */
    public static Outcome override(DirectoryEntry before, Epoch seen, SessionId session, String node, long now) {
        return seen == null || epochOf(before).equals(seen)
                ? taken(before, session, node, now)
                : again(before, session);
    }

    /** Returns the highest epoch granted for an agent. */
    public static Epoch epochOf(DirectoryEntry entry) {
        return entry == null ? Epoch.NONE : entry.epoch;
    }

    private static Outcome taken(DirectoryEntry before, SessionId session, String node, long now) {
        Epoch epoch = epochOf(before).next();
        return new Outcome(true, before, new DirectoryEntry(session, node, epoch, null, now));
    }

    /** Refuses, unless it is the same claim again, whose first answer was lost. */
    private static Outcome again(DirectoryEntry before, SessionId session) {
        return new Outcome(before != null && session.equals(before.session), before, before);
    }

    /**
     * Binds a session to a client of a node (protocol 6.1, 6.3), if it is still the agent's session and the client is the
     * one that bound it before, or the first. A node that is not the owner becomes it, with the next epoch.
     *
     * @param before the present entry, or null
     * @param keyHash hash of the resume key that the client has, or, for a first binding, is given
     */
    public static Outcome bind(DirectoryEntry before, SessionId session, String node, String keyHash) {
        if (before == null
                || !session.equals(before.session)
                || (before.keyHash != null && !before.keyHash.equals(keyHash))) {
            return new Outcome(false, before, before);
        }
        Epoch epoch = node.equals(before.node) ? before.epoch : before.epoch.next();
        return new Outcome(true, before, new DirectoryEntry(session, node, epoch, keyHash, before.since));
    }

    /**
     * Ends a session: compare-and-remove, so that a late release cannot delete a newer owner.
     *
     * @param before the present entry, or null
     */
    public static Outcome release(DirectoryEntry before, SessionId session, Epoch epoch) {
        if (before == null || !session.equals(before.session) || !epoch.equals(before.epoch)) {
            return new Outcome(false, before, before);
        }
        return new Outcome(true, before, new DirectoryEntry(null, null, before.epoch, null, before.since));
    }

    /**
     * Takes a session from a node that has gone, if it has not been taken by anybody else: nobody has asked for it yet, but
     * time runs for it (protocol 6.1) and its agent's events must be heard.
     *
     * @param before the present entry, or null
     * @param from the node that has gone
     */
    public static Outcome adopt(DirectoryEntry before, SessionId session, String from, String node) {
        if (before == null || !session.equals(before.session)) {
            return new Outcome(false, before, before);
        }
        if (before.adopted && node.equals(before.node)) {
            // the same again: its first answer was lost
            return new Outcome(true, before, before);
        }
        if (!from.equals(before.node)) {
            return new Outcome(false, before, before);
        }
        return new Outcome(
                true,
                before,
                new DirectoryEntry(session, node, before.epoch.next(), before.keyHash, before.since, true));
    }

    /**
     * Says again what was granted, after entries may have been lost when clusters merged: the higher epoch stands.
     *
     * @param before the present entry, or null
     * @param held what the asking node was granted
     */
    public static Outcome reassert(DirectoryEntry before, DirectoryEntry held) {
        boolean lost = before == null || before.epoch.isOlderThan(held.epoch);
        return lost ? new Outcome(true, before, held) : new Outcome(before.equals(held), before, before);
    }
}
