package io.interactionprocessor.auth;

import io.vertx.core.Future;

/**
 * Counts failed logins, each key within a window that slides; for the whole cluster if the implementation does. Keys are
 * opaque. Each method is atomic for its key, completes on the caller's context, and fails if the count cannot be trusted.
 */
public interface Attempts {
    /** Returns for how many milliseconds {@code limit} failures are not yet older than {@code windowMillis}; 0: free. */
    Future<Long> waitMillis(String key, int limit, long windowMillis);

    /**
     * Counts one failure more, unless there are {@code limit} within {@code windowMillis} already.
     *
     * @return 0 if it was counted, else how long to wait in milliseconds
     */
    Future<Long> take(String key, int limit, long windowMillis);

    /**
     * Forgets the failures of a key, unless there are {@code limit} within {@code windowMillis}.
     *
     * @return 0 if there are none any more, else how long to wait in milliseconds
     */
    Future<Long> forgive(String key, int limit, long windowMillis);
}
