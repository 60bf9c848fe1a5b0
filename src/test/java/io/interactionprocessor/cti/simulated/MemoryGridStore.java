package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Epoch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A grid in memory, shared by the connectors of a test. Writes can be held back, or fail. */
public final class MemoryGridStore implements GridStore {
    private final Map<String, byte[]> entries = new HashMap<>();
    private final List<Runnable> heldBack = new ArrayList<>();
    private long lease;
    private int writes;
    private boolean holdingBack;
    private String failure;

    @Override
    public synchronized Future<Map<String, byte[]>> open(Epoch opener) {
        if (opener.value() < lease) {
            return Future.failedFuture("a newer lease has opened the store");
        }
        lease = opener.value();
        return later(Map.copyOf(entries), null);
    }

    @Override
    public synchronized Future<Void> write(Epoch writer, Map<String, byte[]> puts, Set<String> removes) {
        if (!holdingBack) {
            return later(null, apply(writer, puts, removes));
        }
        Promise<Void> promise = Promise.promise();
        heldBack.add(() -> later(null, apply(writer, puts, removes)).onComplete(done -> {
            if (done.succeeded()) {
                promise.complete();
            } else {
                promise.fail(done.cause());
            }
        }));
        return onCaller(promise.future());
    }

    private String apply(Epoch writer, Map<String, byte[]> puts, Set<String> removes) {
        if (writer.value() < lease) {
            return "a newer lease has opened the store";
        }
        if (failure != null) {
            return failure;
        }
        entries.keySet().removeAll(removes);
        entries.putAll(puts);
        writes++;
        return null;
    }

    /** Never at once: a real grid answers later, too. */
    private static <T> Future<T> later(T value, String failure) {
        Promise<T> promise = Promise.promise();
        Runnable complete = () -> {
            if (failure == null) {
                promise.complete(value);
            } else {
                promise.fail(failure);
            }
        };
        if (Vertx.currentContext() == null) {
            complete.run();
        } else {
            Vertx.currentContext().runOnContext(tick -> complete.run());
        }
        return promise.future();
    }

    private static <T> Future<T> onCaller(Future<T> future) {
        Context caller = Vertx.currentContext();
        if (caller == null) {
            return future;
        }
        Promise<T> promise = Promise.promise();
        future.onComplete(done -> caller.runOnContext(tick -> {
            if (done.succeeded()) {
                promise.complete(done.result());
            } else {
                promise.fail(done.cause());
            }
        }));
        return promise.future();
    }

    /** Holds writes back until {@link #letGo}. */
    synchronized void holdBack() {
        holdingBack = true;
    }

    /** Executes what was held back. */
    synchronized void letGo() {
        holdingBack = false;
        List.copyOf(heldBack).forEach(Runnable::run);
        heldBack.clear();
    }

    /** Makes writes fail from now on; null: no more. */
    synchronized void fail(String why) {
        failure = why;
    }

    synchronized int writes() {
        return writes;
    }

    synchronized int waiting() {
        return heldBack.size();
    }

    synchronized Map<String, byte[]> entries() {
        return Map.copyOf(entries);
    }
}
