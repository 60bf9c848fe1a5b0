package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.SessionEndReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A session that this node owns: carries out the steps of its {@link Session} through the ports, in order, and knows which
 * connection has it bound. While it is suspended (being bound, handed over) what arrives for it waits.
 */
final class Hosted {
    private final Session session;
    private final HostPorts ports;
    private final Outbox outbox;
    private final Ownership ownership;
    private final Departure departure;
    private final Tally owned;
    private final Runnable gone;
    private final Turnstile turnstile = new Turnstile();
    private final BoundClient client;
    private final Alarm alarm;
    private final Attaching attaching;
    private boolean isOwner = true;
    private boolean dropped;

    /**
     * Hosts a session.
     *
     * @param step the number of its last stored append
     * @param owned counts the sessions that are this node's, this one from now on
     * @param left learns the connection that no longer has it bound
     * @param gone runs when this node no longer owns the session
     */
    Hosted(Session session, long step, HostPorts ports, Tally owned, Consumer<String> left, Runnable gone) {
        this.session = session;
        this.ports = ports;
        this.owned = owned.add(session.id(), session.epoch());
        this.gone = gone;
        this.alarm = new Alarm(ports, () -> turnstile.pass(() -> step(() -> session.tick(now()))));
        this.attaching = new Attaching(session, ports, turnstile, this::attached);
        this.client = new BoundClient(ports.clients(), session.id(), left);
        this.ownership = new Ownership(ports, session);
        this.outbox = new Outbox(
                ports.store(),
                ports.timers(),
                ports.settings(),
                session.id(),
                session.epoch(),
                step,
                client::deliver,
                this::lost);
        this.departure = new Departure(ports, session, ownership, outbox, client, turnstile, this::drop);
    }

    Session session() {
        return session;
    }

    String connection() {
        return client.connection();
    }

    boolean isDropped() {
        return turnstile.isClosed();
    }

    /** Returns whether the directory has to say that the session is this node's. */
    boolean isOwner() {
        return isOwner;
    }

    private void disown() {
        if (isOwner) {
            isOwner = false;
            owned.remove(session.id(), session.epoch());
        }
    }

    boolean isBoundTo(String address) {
        return client.isAt(address);
    }

    // ---- inputs

    void request(Request.Resource request) {
        turnstile.pass(() -> {
            try {
                step(() -> session.request(request, now()));
            } catch (RuntimeException fault) {
                failed(request, fault);
            }
        });
    }

    /** Every request gets an answer, also where this service is at fault; what the session is now the directory tells. */
    private void failed(Request.Resource request, RuntimeException fault) {
        String errorId = ports.ids().next();
        client.answer(Operations.faultOf(request, ports.audit().internalError(errorId, fault)));
    }

    void changed(AgentEvent event) {
        turnstile.pass(() -> step(() -> session.changed(event, now())));
    }

    /** The link is up anew: compare with the switch. */
    CompletionStage<Void> linkUp() {
        if (turnstile.isClosed() || !session.started()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> compared = new CompletableFuture<>();
        turnstile.pass(() -> {
            session.linkUp();
            attaching.attach().whenComplete((done, failure) -> compared.complete(null));
        });
        return turnstile.isOpen() ? compared : CompletableFuture.completedFuture(null);
    }

    /** The connection is gone, or has let go of the session. */
    void detach(String address) {
        turnstile.pass(() -> {
            if (client.isAt(address)) {
                client.gone();
                if (session.phase() == SessionState.Phase.ENDED) {
                    // its end is stored with its last events, or not at all
                    return;
                }
                session.detached(now());
                store(new Step());
            }
        });
    }

    /**
     * Another session has replaced this one; completes when its client has been told.
     *
     * @param by the connection that asked for it, if it is of this node: it goes on, even if it had this session
     */
    CompletionStage<Void> override(String by) {
        CompletableFuture<Void> done = turnstile.promise();
        turnstile.pass(() -> {
            if (session.phase() == SessionState.Phase.ENDED) {
                // its end is being told already
                return;
            }
            departure.overridden(by, done);
        });
        return done;
    }

    /** Ends the session, unless an interaction is open; completes with whether the end has begun. */
    CompletionStage<Boolean> endByAdministrator() {
        CompletableFuture<Void> decided = turnstile.promise();
        boolean[] idle = new boolean[1];
        turnstile.pass(() -> {
            idle[0] = session.openInteractions() == 0;
            decided.complete(null);
            if (idle[0]) {
                step(() -> session.endByAdministrator(now()));
            }
        });
        return decided.thenApply(ok -> idle[0]);
    }

    /**
     * Another owner takes over: nothing new is begun, and all that is under way is stored first.
     *
     * @param by the connection that asked for it, if it is of this node: should it be the one that has the session, it comes
     *     again
     */
    CompletionStage<Void> handOver(String by) {
        departure.askedBy(by);
        CompletableFuture<Void> done = turnstile.promise();
        turnstile.pass(() -> {
            turnstile.suspend();
            outbox.flushed().whenComplete((ok, failure) -> {
                done.complete(null);
                if (!turnstile.isClosed()) {
                    departure.handedOver();
                }
            });
        });
        return done;
    }

    // ---- binding

    /** Takes the session from its present connection, stores what is under way, and lets everything else wait. */
    CompletionStage<Void> beginBinding(String to) {
        CompletableFuture<Void> quiet = turnstile.promise();
        turnstile.pass(() -> {
            boolean isGone = !ports.clients().isOpen(to);
            if (session.phase() == SessionState.Phase.ENDED || isGone) {
                quiet.cancel(false);
                return;
            }
            turnstile.suspend();
            if (!client.isAt(to)) {
                client.taken();
            }
            outbox.flushed().whenComplete((ok, failure) -> {
                if (!turnstile.isClosed()) {
                    quiet.complete(null);
                }
            });
        });
        return quiet;
    }

    /** Gives the session to a connection; {@code first} is sent before anything else of the session. */
    void completeBinding(String to, String newKeyHash, Outbound.Bound first, boolean snapshot) {
        boolean isFirst = session.resumeKeyHash() == null;
        session.bound(newKeyHash, client.isAt(to));
        client.bind(to, first);
        if (isFirst && !snapshot) {
            arm();
            outbox.addLater(session.state()); // whoever takes over knows it from the directory
        } else {
            store(snapshot ? session.snapshotEvent() : new Step());
        }
        turnstile.resume();
    }

    /** The binding did not come about. */
    void abandonBinding() {
        if (client.connection() == null) {
            session.detached(now());
            store(new Step());
        }
        turnstile.resume();
    }

    /** Nobody is bound to a session that this node has just taken over: time runs for it. */
    void adoptDetached(long since) {
        session.detached(since);
        store(new Step());
        if (session.started()) {
            attaching.attach();
        }
    }

    void suspend() {
        turnstile.suspend();
    }

    Attaching attaching() {
        return attaching;
    }

    private void attached(Attachment outcome) {
        step(() -> session.attached(outcome, now()));
        if (outcome.refusal() == Refusal.STALE_EPOCH) {
            verify();
        }
    }

    /** Asks the directory whether this session is still the agent's and this node's, and lets go of it if not. */
    void verify() {
        ownership.verify(departure::says, departure::ask);
    }

    // ---- steps

    /** Nothing happens to a session while its end is being told. */
    private void step(Supplier<Step> input) {
        if (session.phase() != SessionState.Phase.ENDED) {
            run(input.get());
        }
    }

    private void run(Step step) {
        Transcript transcript = session.transcribe(step);
        SessionEndReason ended = step.ended();
        if (ended != null) {
            end(transcript, ended);
            return;
        }
        if (!transcript.isEmpty()) {
            outbox.add(transcript, session.state());
        }
        // after what has been told: a reply that is there at once leads to the next step
        step.orders().forEach(this::execute);
        if (step.wantsAttachment()) {
            attaching.attach();
        }
        arm();
    }

    /** Stores the session's state although the client may not hear anything of it. */
    private CompletionStage<Void> store(Step step) {
        arm();
        return outbox.add(session.transcribe(step), session.state());
    }

    /** Stores a new session for the first time. */
    CompletionStage<Void> begin() {
        CompletableFuture<Void> begun = turnstile.promise();
        store(new Step()).whenComplete((stored, failure) -> begun.complete(null));
        return begun;
    }

    private void execute(Step.Order order) {
        AgentCommand command =
                new AgentCommand(session.origin().agent().agent(), session.epoch(), order.id(), order.command());
        ports.calls().execute(session.origin().processor(), command).whenComplete((reply, failure) -> {
            if (turnstile.isClosed()) {
                return;
            }
            if (failure == null && reply.refusal() != Refusal.TIMEOUT) {
                turnstile.pass(() -> step(() -> session.replied(order.id(), reply, now())));
                if (reply.refusal() == Refusal.STALE_EPOCH) {
                    verify();
                }
            }
            // else the outcome is unknown: the session's own deadline answers, and asks the switch
        });
    }

    /** The directory lets go first, so that the client can log in again as soon as it hears of the end. */
    private void end(Transcript transcript, SessionEndReason reason) {
        alarm.cancel();
        disown();
        ownership.release(() -> outbox.add(transcript, session.state()).whenComplete((ok, failure) -> {
            client.ended(reason);
            drop();
            Ownership.remove(ports, session.id(), session.epoch());
        }));
    }

    /** The store says that this node no longer owns the session. */
    private void lost() {
        departure.ask();
    }

    /**
     * This node has taken the session over anew: what it had of it before is no longer right.
     *
     * @param forClient whether the client asked for it, over another connection
     */
    void superseded(boolean forClient) {
        departure.leave(forClient);
    }

    private void drop() {
        if (!dropped) {
            dropped = true;
            turnstile.close();
            disown();
            alarm.cancel();
            ownership.over();
            outbox.stop();
            gone.run();
            turnstile.breakPromises();
        }
    }

    // ---- time

    private void arm() {
        alarm.noLaterThan(session.deadline());
    }

    private long now() {
        return ports.time().now();
    }
}
