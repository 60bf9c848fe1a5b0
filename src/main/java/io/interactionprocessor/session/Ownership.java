package io.interactionprocessor.session;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import java.util.Optional;
import java.util.function.Consumer;

/** A session and the directory, which says whose it is (design 5): asks it, and lets go. What gets lost is asked again. */
final class Ownership {
    /** How soon the directory is asked again when the outcome is unknown. */
    private static final long RETRY = 2_000;

    private final HostPorts ports;
    private final Session session;
    private boolean over;

    Ownership(HostPorts ports, Session session) {
        this.ports = ports;
        this.session = session;
    }

    /** This node has let go of the session: it no longer asks whose it is. */
    void over() {
        over = true;
    }

    /**
     * Asks whether the session is still its agent's and this node's.
     *
     * @param lost is told what there is if it is not
     * @param succeeded runs if another owner has acted: what the directory says by then counts
     */
    void verify(Consumer<Optional<DirectoryEntry>> lost, Runnable succeeded) {
        if (over) {
            return;
        }
        ports.directory().find(agent()).whenComplete((entry, failure) -> {
            if (over) {
                return;
            }
            if (failure != null) {
                ports.timers().after(RETRY, () -> verify(lost, succeeded));
            } else if (session.phase() != SessionState.Phase.ENDED && !isOurs(entry)) {
                if (entry.isEmpty() || entry.get().epoch().isOlderThan(session.epoch())) {
                    reassert(lost);
                } else if (hasSession(entry)) {
                    unlessItIsToCome(entry.get(), lost, succeeded);
                } else {
                    lost.accept(entry);
                }
            }
        });
    }

    /**
     * The session goes on here until its new owner has acted: a binding may have been granted after its client had given it
     * up, and from where the client is now it must not be taken as if by itself. The new owner says so, or the next
     * comparison asks again.
     */
    private void unlessItIsToCome(DirectoryEntry granted, Consumer<Optional<DirectoryEntry>> lost, Runnable succeeded) {
        ports.store().find(session.id(), StoredSession.NO_EVENTS).whenComplete((stored, failure) -> {
            if (over) {
                return;
            }
            if (failure != null) {
                ports.timers().after(RETRY, () -> verify(lost, succeeded));
            } else if (stored.isEmpty() || !stored.get().epoch().isOlderThan(granted.epoch())) {
                succeeded.run();
            }
        });
    }

    /** The directory has forgotten what it granted: too many nodes were lost at once, or two clusters have merged. */
    private void reassert(Consumer<Optional<DirectoryEntry>> lost) {
        DirectoryEntry held = new DirectoryEntry(
                session.id(),
                ports.place().node(),
                session.epoch(),
                session.resumeKeyHash(),
                session.origin().since());
        ports.directory().reassert(agent(), held).whenComplete((outcome, failure) -> {
            Optional<DirectoryEntry> now = failure == null ? Optional.ofNullable(outcome.after()) : Optional.empty();
            // asked again because its answer was lost, it may find what a client has bound here meanwhile
            if (!over && failure == null && !outcome.granted() && !isOurs(now)) {
                lost.accept(now);
            }
        });
    }

    /** Returns whether an entry says that the session is this owner's. */
    boolean isOurs(Optional<DirectoryEntry> entry) {
        return hasSession(entry)
                && entry.filter(e -> session.epoch().equals(e.epoch())).isPresent();
    }

    /** Returns whether an entry names the session, though perhaps with another owner. */
    boolean hasSession(Optional<DirectoryEntry> entry) {
        return entry.filter(e -> session.id().equals(e.session())).isPresent();
    }

    /** Lets go of the session, then goes on. */
    void release(Runnable then) {
        ports.directory().release(agent(), session.id(), session.epoch()).whenComplete((released, failure) -> {
            if (failure != null) {
                ports.timers().after(RETRY, () -> release(then));
            } else {
                then.run();
            }
        });
    }

    /** Removes what is stored of a session that is over. */
    static void remove(HostPorts ports, SessionId session, Epoch epoch) {
        ports.store().remove(session, epoch).whenComplete((done, failure) -> {
            if (failure != null) {
                ports.timers().after(RETRY, () -> remove(ports, session, epoch));
            }
        });
    }

    private AgentKey agent() {
        return session.origin().agent();
    }
}
