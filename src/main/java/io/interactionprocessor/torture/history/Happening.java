package io.interactionprocessor.torture.history;

/** One thing that a client did or saw. Times are microseconds since 1970-01-01 UTC of one monotonic clock. */
public sealed interface Happening {
    /** Returns when. */
    long at();

    /** To whom a request goes. */
    enum Level {
        CORE,
        SERVICE,
        SESSION
    }

    /**
     * A request went out; the same id again: it was sent again.
     *
     * @param target of a request to a session, else null
     * @param token what makes the request's effect at the switch recognizable, or null
     */
    record Sent(long at, String url, Level level, String requestId, String command, String target, String token)
            implements Happening {}

    /**
     * An answer came in.
     *
     * @param result {@code success}, {@code failure}, {@code confirm}, or {@code error} for a Core-, Service- or ResourceError
     * @param code of a failure or an error, else null
     */
    record Answered(long at, String url, String requestId, String result, String code) implements Happening {
        /** Returns whether it says that the request was done. */
        public boolean success() {
            return result.equals("success");
        }
    }

    /**
     * An event of the session came in.
     *
     * @param requestId of the request that caused it, or null
     * @param state of the object, where the event tells it, else null
     */
    record Event(long at, String url, long sequence, String name, String target, String requestId, String state)
            implements Happening {}

    /**
     * A session was granted.
     *
     * @param sentAt when it was asked for
     */
    record Granted(long at, String url, long sentAt, String session) implements Happening {}

    /** The session was bound to this connection. */
    record Bound(long at, String url, String session, long epoch, boolean resumed) implements Happening {}

    /** A connection ended; 1006: without a closing frame. */
    record Closed(long at, String url, int code, String reason) implements Happening {}

    /**
     * The client will not come back.
     *
     * @param wanted whether the harness meant it to end
     */
    record Ended(long at, String why, boolean wanted) implements Happening {}
}
