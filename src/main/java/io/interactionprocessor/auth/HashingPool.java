package io.interactionprocessor.auth;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Few threads for hashing passwords, and a bounded queue before them: a flood of logins waits here, and in the end fails
 * here, and costs nobody else an event loop. Close it with the node.
 */
public final class HashingPool implements AutoCloseable {
    private static final int IDLE_SECONDS = 30;

    private final Vertx vertx;
    private final ThreadPoolExecutor threads;

    /**
     * Starts no thread before it is needed.
     *
     * @param size threads; half the processors is a good value
     * @param queue how many may wait; what would have to wait longer than a client does had better fail at once
     */
    public HashingPool(Vertx vertx, int size, int queue) {
        AtomicInteger number = new AtomicInteger();
        this.vertx = vertx;
        this.threads = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), work -> {
                    Thread thread = new Thread(work, "password-hashing-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs on a thread of the pool and completes on the caller's context; fails at once if too much waits already. */
    <T> Future<T> run(Callable<T> work) {
        Context caller = vertx.getOrCreateContext();
        Promise<T> done = Promise.promise();
        try {
            threads.execute(() -> {
                T result;
                try {
                    result = work.call();
                } catch (Exception e) {
                    caller.runOnContext(v -> done.fail(e));
                    return;
                }
                caller.runOnContext(v -> done.complete(result));
            });
        } catch (RejectedExecutionException e) {
            done.fail(new RejectedExecutionException("too many logins at once"));
        }
        return done.future();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
