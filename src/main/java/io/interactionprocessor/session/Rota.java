package io.interactionprocessor.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The entries of a map by turns, some each time and as many however many there are: for what is only looked after because
 * word of a change can get lost.
 */
final class Rota<K, V> {
    private final Map<K, V> all;
    /** Whose turn is still to come; some will have gone by then. */
    private final Deque<K> turns = new ArrayDeque<>();

    Rota(Map<K, V> all) {
        this.all = all;
    }

    /** Shows the next ones, {@code most} at most, each once until all have had their turn. */
    void next(int most, Consumer<V> each) {
        if (turns.isEmpty()) {
            turns.addAll(all.keySet());
        }
        for (int shown = 0; shown < most && !turns.isEmpty(); ) {
            V next = all.get(turns.pollFirst());
            if (next != null) {
                shown++;
                each.accept(next);
            }
        }
    }
}
