package io.interactionprocessor.cti.simulated;

/** Something that waits for a moment: at most one at a time. Set through {@link Timers} only. */
abstract class Timed {
    /** What is to happen. */
    enum Timer {
        /** A dialled number is reached, or not. */
        SETUP,
        /** An outside party answers. */
        ANSWER,
        /** An outside party has rung long enough. */
        NO_ANSWER,
        /** An outside party declines. */
        REJECT,
        /** An outside party hangs up. */
        HANG_UP,
        /** An agent has not answered in time. */
        RING_TIMEOUT,
        /** A failed leg has been shown long enough. */
        CLEAN_UP,
        /** After-call work ends. */
        AFTER_CALL_WORK,
        /** A rejected call may be offered to the same agent again. */
        OFFER_AGAIN,
        /** A customer calls in. */
        ARRIVAL
    }

    /** What happens at {@link #due}, or null. */
    Timer timer;

    /** When, in milliseconds since 1970-01-01 UTC. */
    long due;

    /** Orders what is due at the same moment, and names the owner. */
    abstract String key();
}
