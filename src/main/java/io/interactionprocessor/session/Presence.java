package io.interactionprocessor.session;

import io.interactionprocessor.session.SessionState.Phase;

/** Whether a client is there, and what its absence leads to when (protocol 4.1, 6.1). */
final class Presence {
    /** How soon what the switch refused is tried again. */
    static final long RETRY = 5_000;

    private final SessionSettings settings;
    private final long since;
    private Phase phase;
    private String resumeKeyHash;
    private long detachedAt;
    private long notReadyAt;
    private long retryEndAt;

    Presence(SessionSettings settings, SessionState state) {
        this.settings = settings;
        this.since = state.since();
        this.phase = state.phase();
        this.resumeKeyHash = state.resumeKeyHash();
        this.detachedAt = state.detachedAt();
        this.notReadyAt = detachedAt + settings.notReadyAfter();
    }

    Phase phase() {
        return phase;
    }

    String resumeKeyHash() {
        return resumeKeyHash;
    }

    long detachedAt() {
        return detachedAt;
    }

    /** A client has bound the session; {@code newKeyHash} is kept if it is the first. */
    void bound(String newKeyHash, boolean started) {
        if (resumeKeyHash == null) {
            resumeKeyHash = newKeyHash;
        }
        phase = started ? Phase.ACTIVE : Phase.BOUND;
        detachedAt = 0;
    }

    void started() {
        if (phase == Phase.BOUND) {
            phase = Phase.ACTIVE;
        }
    }

    /** The connection is gone; returns whether there was one. */
    boolean detached(long now) {
        boolean was = phase == Phase.BOUND || phase == Phase.ACTIVE;
        if (was) {
            phase = Phase.DETACHED;
            detachedAt = now;
            notReadyAt = now + settings.notReadyAfter();
        }
        return was;
    }

    void ended() {
        phase = Phase.ENDED;
    }

    /** The end could not be brought about: it is tried again later. */
    void endFailed(long now) {
        retryEndAt = now + RETRY;
    }

    /**
     * Returns whether the channels have to go not ready now; says so again after a while as long as they have not.
     *
     * @param takesInteractions whether the agent is given interactions as things are
     */
    boolean goesNotReady(long now, boolean takesInteractions) {
        if (phase != Phase.DETACHED || !takesInteractions || now < notReadyAt) {
            return false;
        }
        notReadyAt = now + RETRY;
        return true;
    }

    /** Returns whether the session has to end now: nobody has bound it, or nobody has resumed it and no call is up. */
    boolean expires(long now, boolean callIsUp) {
        return now >= endsAt(callIsUp);
    }

    /** Returns when something is due; {@code Long.MAX_VALUE} for never. */
    long deadline(boolean takesInteractions, boolean callIsUp) {
        boolean waits = phase == Phase.DETACHED && takesInteractions;
        return Math.min(endsAt(callIsUp), waits ? notReadyAt : Long.MAX_VALUE);
    }

    private long endsAt(boolean callIsUp) {
        return switch (phase) {
            case PREPARED -> since + settings.bindTimeout();
            case DETACHED -> callIsUp ? Long.MAX_VALUE : Math.max(retryEndAt, detachedAt + settings.endAfter());
            default -> Long.MAX_VALUE;
        };
    }
}
