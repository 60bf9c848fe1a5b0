package io.interactionprocessor.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How a session leaves this node: another owner has it, or another session of its agent has taken its place. Its client is
 * told which, since that decides whether it comes back (protocol 1): after 1012 it does, after 4001 and 4002 it does not.
 */
final class Departure {
    private final HostPorts ports;
    private final Session session;
    private final Ownership ownership;
    private final Outbox outbox;
    private final BoundClient client;
    private final Turnstile turnstile;
    private final Runnable drop;
    /** The connection of this node for which the session is being taken anew, or nothing. */
    private String asker = "";

    /**
     * Nothing has happened yet.
     *
     * @param drop lets go of the session, as soon as its client has been told
     */
    Departure(
            HostPorts ports,
            Session session,
            Ownership ownership,
            Outbox outbox,
            BoundClient client,
            Turnstile turnstile,
            Runnable drop) {
        this.ports = ports;
        this.session = session;
        this.ownership = ownership;
        this.outbox = outbox;
        this.client = client;
        this.turnstile = turnstile;
        this.drop = drop;
    }

    /**
     * Another owner has acted, or another session has replaced this one: the directory says which. What arrives until then is
     * kept, and goes with the session.
     */
    void ask() {
        ownership.over();
        if (turnstile.isOpen()) {
            turnstile.suspend();
        }
        ports.directory().find(session.origin().agent()).whenComplete((entry, failure) -> {
            if (failure == null) {
                says(entry);
            } else {
                leave(false);
            }
        });
    }

    /**
     * What the directory says of the agent, whose session this is no longer, or not this node's. Whom a client has bound
     * elsewhere is that client's newer connection; an owner that adopted it has no client.
     */
    void says(Optional<DirectoryEntry> entry) {
        if (ownership.hasSession(entry)) {
            leave(!entry.get().adopted() && !ownership.isOurs(entry) && !client.isAt(asker));
            return;
        }
        // a binding that waits for what is told now comes to nothing
        turnstile.close();
        if (session.phase() == SessionState.Phase.ENDED) {
            // it has told its end, which somebody has removed before it was stored
            outbox.deliverUnstored();
        } else if (entry.filter(DirectoryEntry::occupied).isPresent()) {
            tellOverridden("");
        } else {
            client.moved(true);
        }
        // whoever has overridden it may not have known of it
        Ownership.remove(ports, session.id(), session.epoch());
        drop.run();
    }

    /**
     * Another session has replaced this one.
     *
     * @param by the connection that asked for it, if it is of this node: it goes on, even if it had this session
     * @param told completes when the client has been told
     */
    void overridden(String by, CompletableFuture<Void> told) {
        turnstile.close();
        tellOverridden(by);
        told.complete(null);
        drop.run();
    }

    private void tellOverridden(String by) {
        outbox.deliverUnstored();
        Transcript last = session.transcribe(session.overridden());
        client.deliver(last.frames(), last.answered());
        client.overridden(by);
    }

    /**
     * Another owner has the session; whoever still has it here is told.
     *
     * @param forClient whether its client asked for it, over another connection
     */
    void leave(boolean forClient) {
        if (forClient) {
            client.taken();
        } else {
            client.moved(false);
        }
        drop.run();
    }

    /**
     * A connection of this node wants the session from its new owner. Should it be the one that has it, it is not to be told
     * that another has: it comes again.
     */
    void askedBy(String connection) {
        if (!connection.isEmpty()) {
            asker = connection;
        }
    }

    /** Everything is stored, and another owner goes on. */
    void handedOver() {
        if (client.connection() == null || client.isAt(asker)) {
            leave(false);
        } else {
            ask();
        }
    }
}
