package io.interactionprocessor.cluster;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.spi.exception.RetryableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Brings the results of Hazelcast's operations back to the context that asked. The hop goes straight from Hazelcast's thread
 * to the context, not through the common pool: on two processors that costs a thread for each result.
 */
final class GridCalls {
    private static final long RETRY_DELAY_MS = 100;

    private final Vertx vertx;

    GridCalls(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Runs an operation; the future completes on the caller's context. */
    <T> Future<T> call(Supplier<CompletionStage<T>> operation) {
        Promise<T> promise = Promise.promise();
        run(vertx.getOrCreateContext(), operation, promise);
        return promise.future();
    }

    /** As {@link #call}, but fails with a {@link TimeoutException} after a while: what happened is unknown then. */
    <T> Future<T> within(long millis, Supplier<CompletionStage<T>> operation) {
        Promise<T> promise = Promise.promise();
        long timer = vertx.setTimer(
                millis,
                id -> promise.tryFail(new TimeoutException("no answer from the grid within " + millis + " ms")));
        run(vertx.getOrCreateContext(), operation, promise);
        return promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /**
     * As {@link #call}, for an operation that is safe to repeat: repeats it while its outcome is unknown (a member is silent
     * or gone), until {@code millis} are over.
     */
    <T> Future<T> repeating(long millis, Supplier<CompletionStage<T>> operation) {
        return repeatUntil(System.nanoTime() + millis * 1_000_000, operation);
    }

    /** As {@link #repeating}, but fails with a {@link TimeoutException} when the time is over, whatever is under way. */
    <T> Future<T> repeatingWithin(long millis, Supplier<CompletionStage<T>> operation) {
        return within(millis, () -> repeating(millis, operation).toCompletionStage());
    }

    private <T> Future<T> repeatUntil(long deadline, Supplier<CompletionStage<T>> operation) {
        return call(operation).recover(failure -> {
            if (!isUnknown(failure) || System.nanoTime() - deadline >= 0) {
                return Future.failedFuture(failure);
            }
            return vertx.timer(RETRY_DELAY_MS).compose(v -> repeatUntil(deadline, operation));
        });
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof IndeterminateOperationStateException
                || failure instanceof OperationTimeoutException
                || failure instanceof RetryableException;
    }

    /** Returns the caller's context. */
    Context caller() {
        return vertx.getOrCreateContext();
    }

    /** Runs what blocks on a worker. */
    <T> Future<T> blocking(Callable<T> task) {
        return vertx.executeBlocking(task, false);
    }

    private static <T> void run(Context context, Supplier<CompletionStage<T>> operation, Promise<T> promise) {
        try {
            operation
                    .get()
                    .whenCompleteAsync(
                            (result, failure) -> {
                                if (failure == null) {
                                    promise.tryComplete(result);
                                } else {
                                    promise.tryFail(cause(failure));
                                }
                            },
                            task -> context.runOnContext(v -> task.run()));
        } catch (RuntimeException e) {
            promise.tryFail(e);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
