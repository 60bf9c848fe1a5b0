package io.interactionprocessor.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Does many things, but only a few at a time, so that what clients ask for meanwhile is not held up. One thread. */
final class Pace {
    private final int most;
    private final Deque<Supplier<? extends CompletionStage<?>>> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean going;

    Pace(int most) {
        this.most = most;
    }

    void add(Supplier<? extends CompletionStage<?>> work) {
        waiting.addLast(work);
        goOn();
    }

    private void goOn() {
        if (going) {
            return;
        }
        going = true;
        while (underWay < most && !waiting.isEmpty()) {
            underWay++;
            waiting.pollFirst().get().whenComplete((done, failure) -> {
                underWay--;
                goOn();
            });
        }
        going = false;
    }
}
