package io.interactionprocessor.session;

import io.interactionprocessor.session.SessionState.Phase;

/** Whether a client is there, and what its absence leads to when (protocol 4.1, 6.1). */
final class Presence {
    /** How soon an end that the switch refused is tried again. */
    static final long END_RETRY = 5_000;

    private final SessionSettings settings;
    private final long since;
    private Phase phase;
    private String resumeKeyHash;
    private long detachedAt;
    private boolean notReadySent;
    private long retryEndAt;

    Presence(SessionSettings settings, SessionState state) {
        this.settings = settings;
        this.since = state.since();
        this.phase = state.phase();
        this.resumeKeyHash = state.resumeKeyHash();
        this.detachedAt = state.detachedAt();
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
        notReadySent = false;
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
        }
        return was;
    }

    void ended() {
        phase = Phase.ENDED;
    }

    /** The end could not be brought about: it is tried again later. */
    void endFailed(long now) {
        retryEndAt = now + END_RETRY;
    }

    /** Returns whether the channels have to go not ready now; says so once for each absence. */
    boolean goesNotReady(long now, boolean started) {
        if (phase != Phase.DETACHED || !started || notReadySent || now < detachedAt + settings.notReadyAfter()) {
            return false;
        }
        notReadySent = true;
        return true;
    }

    /** Returns whether the session has to end now: nobody has bound it, or nobody has resumed it and no call is up. */
    boolean expires(long now, boolean callIsUp) {
        return now >= endsAt(callIsUp);
    }

    /** Returns when something is due; {@code Long.MAX_VALUE} for never. */
    long deadline(boolean started, boolean callIsUp) {
        boolean waits = phase == Phase.DETACHED && started && !notReadySent;
        return Math.min(endsAt(callIsUp), waits ? detachedAt + settings.notReadyAfter() : Long.MAX_VALUE);
    }

    private long endsAt(boolean callIsUp) {
        return switch (phase) {
            case PREPARED -> since + settings.bindTimeout();
            case DETACHED -> callIsUp ? Long.MAX_VALUE : Math.max(retryEndAt, detachedAt + settings.endAfter());
            default -> Long.MAX_VALUE;
        };
    }
}
