package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Asks the switch for the agent's view: for {@code session.start}, which attaches to the agent, and to compare the session
 * with it.
 */
final class Attaching {
    /** How soon the switch is asked again. */
    private static final long RETRY = 2_000;

    private final Session session;
    private final HostPorts ports;
    private final Turnstile turnstile;
    private final Consumer<Attachment> outcome;
    private int attempts;

    /**
     * Nothing is asked yet.
     *
     * @param turnstile that views pass to the session
     * @param outcome takes them there
     */
    Attaching(Session session, HostPorts ports, Turnstile turnstile, Consumer<Attachment> outcome) {
        this.session = session;
        this.ports = ports;
        this.turnstile = turnstile;
        this.outcome = outcome;
    }

    /** Attaches to the agent and compares: the answer to {@code session.start}, or a resync. */
    CompletionStage<Void> attach() {
        int attempt = ++attempts;
        return ask().handle((attachment, failure) -> {
            Attachment known = failure == null
                    ? attachment
                    : Attachment.refused(Refusal.CTI_UNAVAILABLE, "the CTI did not answer; try again");
            turnstile.pass(() -> {
                tell(known);
                if (!known.accepted() && known.refusal() != Refusal.STALE_EPOCH && session.started()) {
                    // without it the session would hear nothing of its agent any more
                    ports.timers().after(RETRY, () -> {
                        if (attempt == attempts) {
                            turnstile.pass(this::attach);
                        }
                    });
                }
            });
            return null;
        });
    }

    /** Compares with the switch, in case its word of a change was lost on the way and no other has come since. */
    CompletionStage<Void> compare() {
        if (turnstile.isClosed() || !session.started() || !session.isQuiet()) {
            return CompletableFuture.completedFuture(null);
        }
        return ask().thenAccept(view -> turnstile.pass(() -> {
            // what a request has changed is told after its answer, not by this
            if (view.accepted() && session.isQuiet()) {
                tell(view);
            }
        }));
    }

    private CompletionStage<Attachment> ask() {
        return ports.calls()
                .attach(session.origin().processor(), session.origin().agent().agent(), session.epoch());
    }

    private void tell(Attachment view) {
        boolean compares = session.started();
        long before = session.sequence();
        outcome.accept(view);
        if (compares && session.sequence() > before) {
            ports.audit().happened(Ports.Audit.Happening.RESYNCED);
        }
    }
}
