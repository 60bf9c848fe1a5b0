package io.interactionprocessor.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The last of something that has been said, bounded in number and in size: who asks for large answers all the time does not
 * fill everybody's memory.
 */
public final class Recent<E> {
    /** How many bytes of packed answers are kept of one session, beside the limit of their number. */
    public static final int ANSWER_BYTES = 256 * 1024;
    /** So many are kept however large they are. */
    public static final int LEAST = 4;

    private final Deque<E> kept = new ArrayDeque<>(1);
    private final ToIntFunction<E> size;
    private final int bytes;
    private int total;

    private Recent(int bytes, ToIntFunction<E> size) {
        this.bytes = bytes;
        this.size = size;
    }

    /** No answers yet. */
    public static Recent<StoredSession.StoredAnswer> answers() {
        return new Recent<>(ANSWER_BYTES, answer -> answer.packed().bytes().length);
    }

    /** Adds some; the oldest of what is more than {@code most}, or too large in all, are forgotten. */
    public void add(List<E> more, int most) {
        for (E one : more) {
            kept.addLast(one);
            total += size.applyAsInt(one);
        }
        while (kept.size() > most || (total > bytes && kept.size() > LEAST)) {
            total -= size.applyAsInt(kept.removeFirst());
        }
    }

    /** Returns the newest, or null. */
    public E last() {
        return kept.peekLast();
    }

    /** Forgets all. */
    public void clear() {
        kept.clear();
        total = 0;
    }

    /** Returns them, oldest first. */
    public List<E> list() {
        return List.copyOf(kept);
    }
}
