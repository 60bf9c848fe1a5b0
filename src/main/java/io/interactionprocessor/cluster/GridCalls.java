package io.interactionprocessor.cluster;

import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.spi.exception.RetryableException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Brings the results of Hazelcast's operations back to the context that asked. The hop goes straight from Hazelcast's thread
 * to the context, not through the common pool: on two processors that costs a thread for each result.
 */
final class GridCalls {
    private static final long RETRY_DELAY_MS = 100;
    /** For so long what Hazelcast itself repeats because a member has left may take. */
    private static final long AFTER_DEPARTURE_MS = 50;

    private final Vertx vertx;
    /** Attempts that need not be waited for once a member has left. */
    private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();

    GridCalls(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Calls for which {@link #hurrying} knows of members that leave. */
    GridCalls(ClusterNode node) {
        this(node.vertx());
        node.membership().listen(new Membership.Listener() {
            @Override
            public void left(String gone) {
                memberLeft();
            }
        });
    }

    /** Something that the grid is asked to do; the promise is completed on the context. */
    interface Operation<T> {
        /** Begins; may throw. */
        void begin(Context context, Promise<T> promise);
    }

    /** What a method of Hazelcast's begins. */
    static <T> Operation<T> of(Supplier<CompletionStage<T>> method) {
        return (context, promise) ->
                method.get().whenCompleteAsync((result, failure) -> complete(promise, result, failure), hopTo(context));
    }

    /**
     * An operation on one entry. {@code IMap.submitToKey} would complete on the common pool only: a change of threads more,
     * and a seventh of what a command costs. This is what lies below it.
     */
    static <V, R> Operation<R> on(IMap<String, V> map, String key, GridOperation<V, R> operation) {
        MapProxyImpl<String, V> proxy = (MapProxyImpl<String, V>) map;
        return (context, promise) -> {
            CompletionStage<Data> done = proxy.executeOnKeyInternal(key, operation);
            done.whenCompleteAsync(
                    (result, failure) -> {
                        try {
                            complete(promise, proxy.getNodeEngine().<R>toObject(result), failure);
                        } catch (RuntimeException unreadable) {
                            promise.tryFail(unreadable);
                        }
                    },
                    hopTo(context));
        };
    }

    /** Runs an operation; the future completes on the caller's context. */
    <T> Future<T> call(Operation<T> operation) {
        Promise<T> promise = Promise.promise();
        begin(operation, promise);
        return promise.future();
    }

    /** As {@link #call}, but fails with a {@link TimeoutException} after a while: what happened is unknown then. */
    <T> Future<T> within(long millis, Operation<T> operation) {
        return within(millis, call(operation));
    }

    private <T> Future<T> within(long millis, Future<T> result) {
        Promise<T> promise = Promise.promise();
        long timer = vertx.setTimer(
                millis,
                id -> promise.tryFail(new TimeoutException("no answer from the grid within " + millis + " ms")));
        result.onComplete(done -> {
            vertx.cancelTimer(timer);
            if (done.succeeded()) {
                promise.tryComplete(done.result());
            } else {
                promise.tryFail(done.cause());
            }
        });
        return promise.future();
    }

    /**
     * As {@link #call}, for an operation that is safe to repeat: repeats it while its outcome is unknown (a member is silent
     * or gone), until {@code millis} are over.
     */
    <T> Future<T> repeating(long millis, Operation<T> operation) {
        return repeatUntil(deadline(millis), () -> call(operation));
    }

    /** As {@link #repeating}, but fails with a {@link TimeoutException} when the time is over, whatever is under way. */
    <T> Future<T> repeatingWithin(long millis, Operation<T> operation) {
        return within(millis, repeating(millis, operation));
    }

    /**
     * As {@link #repeating}, for an operation that does no harm if it is done again, however late and whatever came between: it
     * is also repeated when a member has left while it was under way. Hazelcast itself goes on waiting for that member's backup,
     * until its backup timeout is over and it looks, which it does once a second.
     */
    <T> Future<T> hurrying(long millis, Operation<T> operation) {
        return repeatUntil(deadline(millis), () -> attempt(operation));
    }

    /** As {@link #hurrying}, but fails with a {@link TimeoutException} when the time is over, whatever is under way. */
    <T> Future<T> hurryingWithin(long millis, Operation<T> operation) {
        return within(millis, hurrying(millis, operation));
    }

    private static long deadline(long millis) {
        return System.nanoTime() + millis * 1_000_000;
    }

    private <T> Future<T> repeatUntil(long deadline, Supplier<Future<T>> attempt) {
        return attempt.get().recover(failure -> {
            if (!isUnknown(failure) || System.nanoTime() - deadline >= 0) {
                return Future.failedFuture(failure);
            }
            Future<?> pause = failure instanceof Departure ? Future.succeededFuture() : vertx.timer(RETRY_DELAY_MS);
            return pause.compose(v -> repeatUntil(deadline, attempt));
        });
    }

    /** Begins an operation that the departure of a member ends. */
    private <T> Future<T> attempt(Operation<T> operation) {
        Promise<T> promise = Promise.promise();
        Attempt attempt = new Attempt(caller(), promise);
        underWay.add(attempt);
        begin(operation, promise);
        return promise.future().onComplete(done -> underWay.remove(attempt));
    }

    /** Repeats what is under way now, unless it is over in a moment. */
    void memberLeft() {
        List<Attempt> waiting = List.copyOf(underWay);
        vertx.setTimer(AFTER_DEPARTURE_MS, later -> waiting.forEach(Attempt::giveUp));
    }

    /** What became of an attempt is not known. */
    private static final class Departure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Departure() {
            super("a member has left", null, false, false);
        }
    }

    /** Something that was begun, by whom, and what tells its outcome. */
    private record Attempt(Context caller, Promise<?> outcome) {
        void giveUp() {
            caller.runOnContext(hop -> outcome.tryFail(new Departure()));
        }
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof IndeterminateOperationStateException
                || failure instanceof OperationTimeoutException
                || failure instanceof Departure
                || failure instanceof RetryableException;
    }

    /** Returns the caller's context. */
    Context caller() {
        return vertx.getOrCreateContext();
    }

    /** Returns whether this thread does a context's work now, be it for this message or another. */
    static boolean isOn(Context context) {
        return Vertx.currentContext() instanceof ContextInternal now
                && now.unwrap() == ((ContextInternal) context).unwrap();
    }

    /** Runs what blocks on a worker. */
    <T> Future<T> blocking(Callable<T> task) {
        return vertx.executeBlocking(task, false);
    }

    private <T> void begin(Operation<T> operation, Promise<T> promise) {
        try {
            operation.begin(vertx.getOrCreateContext(), promise);
        } catch (RuntimeException e) {
            promise.tryFail(e);
        }
    }

    private static Executor hopTo(Context context) {
        return task -> context.runOnContext(v -> task.run());
    }

    private static <T> void complete(Promise<T> promise, T result, Throwable failure) {
        if (failure == null) {
            promise.tryComplete(result);
        } else {
            promise.tryFail(cause(failure));
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
