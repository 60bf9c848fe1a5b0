package io.interactionprocessor.session;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Stores what a session says before its client hears it (design 5). While one append is under way, what follows gathers
 * and goes with the next: so the cost of replication is shared when a session is busy, and order is kept.
 */
final class Outbox {
    /** How soon an append whose outcome is unknown is repeated, at first and at last: it is safe to. */
    private static final long RETRY = 200;

    private static final long LONGEST_RETRY = 2_000;

    /** How long a state that can be told from elsewhere may wait for something that is stored anyway. */
    private static final long LATER = 500;

    /** Gets what has been stored, in order. */
    interface Delivery {
        /** Delivers frames; {@code answered} are the ids of the requests that some of them answer. */
        void deliver(List<String> frames, List<String> answered);
    }

    private final Ports.SessionStore store;
    private final Ports.Timers timers;
    private final SessionSettings settings;
    private final SessionId session;
    private final Epoch epoch;
    private final Delivery delivery;
    private final Runnable lost;
    private long step;
    private Batch gathering;
    private Batch underWay;
    private boolean stopped;
    private boolean over;
    private long retry = RETRY;

    private static final class Batch {
        final List<String> frames = new ArrayList<>(4);
        final List<String> answered = new ArrayList<>(1);
        final List<StoredAnswer> answers = new ArrayList<>(1);
        final List<StoredEvent> events = new ArrayList<>(4);
        final CompletableFuture<Void> done = new CompletableFuture<>();
        SessionState state;
    }

    /**
     * Creates an outbox.
     *
     * @param step the last stored append's number
     * @param lost runs once when the store says that another owner, or none, has the session
     */
    Outbox(
            Ports.SessionStore store,
            Ports.Timers timers,
            SessionSettings settings,
            SessionId session,
            Epoch epoch,
            long step,
            Delivery delivery,
            Runnable lost) {
        this.store = store;
        this.timers = timers;
        this.settings = settings;
        this.session = session;
        this.epoch = epoch;
        this.step = step;
        this.delivery = delivery;
        this.lost = lost;
    }

    /** Stores, then delivers. The stage completes when both have been done; never if another owner has the session. */
    CompletionStage<Void> add(Transcript transcript, SessionState state) {
        Batch batch = gathering();
        batch.frames.addAll(transcript.frames());
        batch.answers.addAll(transcript.newAnswers());
        batch.events.addAll(transcript.newEvents());
        batch.answered.addAll(transcript.answered());
        batch.state = state;
        next();
        return batch.done;
    }

    /** Stores a state with whatever is added next, or alone after a while. */
    void addLater(SessionState state) {
        gathering().state = state;
        timers.after(LATER, this::next);
    }

    private Batch gathering() {
        if (gathering == null) {
            gathering = new Batch();
        }
        return gathering;
    }

    /** Completes when nothing is under way any more. */
    CompletionStage<Void> flushed() {
        next();
        if (gathering != null) {
            return gathering.done;
        }
        return underWay != null ? underWay.done : CompletableFuture.completedFuture(null);
    }

    /**
     * Delivers at once what waits to be stored, and from now on without storing it: the session is over, and nobody can take it
     * over any more.
     */
    void deliverUnstored() {
        stopped = true;
        over = true;
        Batch first = underWay;
        underWay = null;
        deliver(first);
        next();
    }

    /** Nothing is stored any more, and nothing delivered but by {@link #deliverUnstored}. */
    void stop() {
        stopped = true;
    }

    private void next() {
        if (over) {
            Batch rest = gathering;
            gathering = null;
            deliver(rest);
            return;
        }
        if (underWay != null || gathering == null || stopped) {
            return;
        }
        underWay = gathering;
        gathering = null;
        step++;
        send(new StoredSession.Append(
                epoch,
                step,
                underWay.state,
                underWay.answers,
                underWay.events,
                settings.keepAnswers(),
                settings.keepEvents()));
    }

    private void deliver(Batch batch) {
        if (batch != null) {
            delivery.deliver(batch.frames, batch.answered);
            batch.done.complete(null);
        }
    }

    private void send(StoredSession.Append append) {
        store.append(session, append).whenComplete((stored, failure) -> {
            if (stopped) {
                return;
            }
            if (failure != null) {
                timers.after(retry, () -> {
                    if (!stopped) {
                        send(append);
                    }
                });
                retry = Math.min(LONGEST_RETRY, 2 * retry);
            } else if (stored) {
                retry = RETRY;
                Batch batch = underWay;
                underWay = null;
                delivery.deliver(batch.frames, batch.answered);
                next();
                batch.done.complete(null);
            } else {
                stopped = true;
                lost.run();
            }
        });
    }
}
