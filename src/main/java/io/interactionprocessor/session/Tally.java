package io.interactionprocessor.session;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import java.util.Arrays;

/**
 * How many sessions there are, and for each of 64 slices, into which their ids are divided, a number that differs when its
 * sessions do: two who have the same tally have the same sessions under the same epochs, and of two who have not it tells
 * where to look. Not thread-safe.
 */
public final class Tally {
    /** All slices, one bit for each. */
    public static final long ALL = -1;

    private static final int SLICES = 64;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private int sessions;
    private final long[] digests;

    /** Of no session. */
    public Tally() {
        this(0, new long[SLICES]);
    }

    private Tally(int sessions, long[] digests) {
        this.sessions = sessions;
        this.digests = digests;
    }

    /** Returns what {@link #sessions} and {@link #digests} gave; the numbers are not copied. */
    public static Tally of(int sessions, long[] digests) {
        return new Tally(sessions, digests);
    }

    /** Counts one session more, and returns this. */
    public Tally add(SessionId session, Epoch epoch) {
        digests[slice(session)] += digest(session, epoch);
        sessions++;
        return this;
    }

    /** Counts a session that was counted no longer, and returns this. */
    public Tally remove(SessionId session, Epoch epoch) {
        digests[slice(session)] -= digest(session, epoch);
        sessions--;
        return this;
    }

    private static long digest(SessionId session, Epoch epoch) {
        long mixed = (session.value().hashCode() * SPREAD + epoch.value()) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 29);
    }

    /** Counts other sessions too, and returns this. */
    public Tally add(Tally other) {
        for (int i = 0; i < SLICES; i++) {
            digests[i] += other.digests[i];
        }
        sessions += other.sessions;
        return this;
    }

    /** Returns the slices in which two differ, one bit for each; 0 if they are the same. */
    public long differsFrom(Tally other) {
        long slices = 0;
        for (int i = 0; i < SLICES; i++) {
            if (digests[i] != other.digests[i]) {
                slices |= 1L << i;
            }
        }
        return slices == 0 && sessions != other.sessions ? ALL : slices;
    }

    /** Returns whether a session is in one of these slices. */
    public static boolean isIn(SessionId session, long slices) {
        return (slices & (1L << slice(session))) != 0;
    }

    private static int slice(SessionId session) {
        return (int) ((session.value().hashCode() * SPREAD) >>> 58);
    }

    /** Returns how many there are. */
    public int sessions() {
        return sessions;
    }

    /** Returns the slices' numbers, not copied. */
    public long[] digests() {
        return digests;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally that && sessions == that.sessions && Arrays.equals(digests, that.digests);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return sessions + " sessions";
    }
}
