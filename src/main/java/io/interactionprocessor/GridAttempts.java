package io.interactionprocessor;

import io.interactionprocessor.auth.Attempts;
import io.interactionprocessor.cluster.AttemptCounter;
import io.vertx.core.Future;

/** Failed logins, counted for the whole cluster. */
record GridAttempts(AttemptCounter counter) implements Attempts {
    @Override
    public Future<Long> waitMillis(String key, int limit, long windowMillis) {
        return counter.waitMillis(key, limit, windowMillis);
    }

    @Override
    public Future<Long> take(String key, int limit, long windowMillis) {
        return counter.take(key, limit, windowMillis);
    }

    @Override
    public Future<Long> forgive(String key, int limit, long windowMillis) {
        return counter.forgive(key, limit, windowMillis);
    }
}
