package io.interactionprocessor.cti.simulated;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What is due when, as data: nothing runs here. */
final class Timers {
    private final TreeSet<Timed> pending =
            new TreeSet<>(Comparator.comparingLong((Timed timed) -> timed.due).thenComparing(Timed::key));

    void set(Timed owner, Timed.Timer timer, long due) {
        cancel(owner);
        owner.timer = timer;
        owner.due = due;
        pending.add(owner);
    }

    void cancel(Timed owner) {
        if (owner.timer != null) {
            pending.remove(owner);
            owner.timer = null;
            owner.due = 0;
        }
    }

    OptionalLong next() {
        return pending.isEmpty() ? OptionalLong.empty() : OptionalLong.of(pending.first().due);
    }

    /** Returns the first that is due by {@code now}, still set; null if none is. */
    Timed due(long now) {
        return pending.isEmpty() || pending.first().due > now ? null : pending.first();
    }
}
