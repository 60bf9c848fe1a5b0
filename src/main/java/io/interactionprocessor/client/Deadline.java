package io.interactionprocessor.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Answers that come in time, or count as none: a node that freezes, or is cut off, closes nothing. */
final class Deadline {
    private Deadline() {}

    static <T> Future<T> within(Vertx vertx, long millis, Future<T> answer) {
        return within(vertx, millis, answer, () -> {});
    }

    /**
     * Returns the answer, or fails with {@code noAnswer}. Not {@code Future.timeout}, which fires on a thread of its own where
     * the future has no context. On the client's context.
     *
     * @param late runs first if no answer has come in time
     */
    static <T> Future<T> within(Vertx vertx, long millis, Future<T> answer, Runnable late) {
        Promise<T> inTime = Promise.promise();
        long timer = vertx.setTimer(Math.max(1, millis), due -> {
            late.run();
            inTime.tryFail(new RequestFailed("noAnswer", "the node has not answered within " + millis + " ms"));
        });
        answer.onComplete(result -> {
            vertx.cancelTimer(timer);
            if (result.succeeded()) {
                inTime.tryComplete(result.result());
            } else {
                inTime.tryFail(result.cause());
            }
        });
        return inTime.future();
    }
}
