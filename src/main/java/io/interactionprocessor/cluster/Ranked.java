package io.interactionprocessor.cluster;

/** A value of the grid of which, between two that exist for one key, the newer can be told. */
interface Ranked {
    /** Returns the epoch: the higher is the newer. */
    long epoch();

    /** Returns what tells two of the same epoch apart. */
    long rank();

    /** Returns whether this is newer than {@code other}. */
    default boolean isNewerThan(Ranked other) {
        return epoch() != other.epoch() ? epoch() > other.epoch() : rank() > other.rank();
    }
}
