package io.interactionprocessor.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Lets the inputs of a hosted session through in order, keeps them while it is being bound or handed over, and ends. */
final class Turnstile {
    private Deque<Runnable> kept;
    private boolean closed;
    /** Somebody waits for these; they fail when this node no longer owns the session. */
    private final List<CompletableFuture<Void>> promised = new ArrayList<>(0);

    void pass(Runnable input) {
        if (closed) {
            return;
        }
        if (kept != null) {
            kept.addLast(input);
        } else {
            input.run();
        }
    }

    void suspend() {
        kept = new ArrayDeque<>(2);
    }

    /** Lets what has been kept through, until something suspends again. */
    void resume() {
        Deque<Runnable> waiting = kept;
        kept = null;
        while (waiting != null && !waiting.isEmpty() && kept == null && !closed) {
            waiting.pollFirst().run();
        }
        if (waiting != null && !waiting.isEmpty() && kept != null) {
            kept.addAll(waiting);
        }
    }

    CompletableFuture<Void> promise() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        if (closed) {
            future.completeExceptionally(left());
        } else {
            promised.removeIf(CompletableFuture::isDone);
            promised.add(future);
        }
        return future;
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns whether inputs pass at once. */
    boolean isOpen() {
        return !closed && kept == null;
    }

    /** Nothing passes any more. */
    void close() {
        closed = true;
    }

    void breakPromises() {
        List.copyOf(promised).forEach(future -> future.completeExceptionally(left()));
    }

    private static CancellationException left() {
        return new CancellationException("this node no longer owns the session");
    }
}
