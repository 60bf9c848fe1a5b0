package io.interactionprocessor.session.simulation;

import java.util.PriorityQueue;

/** Time that passes only as far as there is something to do. One thread; what is due at the same moment runs in order. */
public final class VirtualTime {
    /** An arbitrary start: 2026-01-01T00:00:00Z. */
    public static final long START = 1_767_225_600_000L;

    private static final class Due implements Comparable<Due> {
        final long at;
        final long number;
        final Runnable task;
        boolean cancelled;

        Due(long at, long number, Runnable task) {
            this.at = at;
            this.number = number;
            this.task = task;
        }

        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Due> pending = new PriorityQueue<>(512);
    private long now = START;
    private long count;

    /** Milliseconds since 1970-01-01 UTC. */
    public long now() {
        return now;
    }

    /** Runs {@code task} once after {@code millis}; the returned action cancels it. */
    public Runnable after(long millis, Runnable task) {
        Due due = new Due(now + Math.max(0, millis), ++count, task);
        pending.add(due);
        return () -> due.cancelled = true;
    }

    /** Does the next thing, if it is due by {@code end}; returns whether there was one. */
    public boolean step(long end) {
        while (!pending.isEmpty() && pending.peek().cancelled) {
            pending.poll();
        }
        if (pending.isEmpty() || pending.peek().at > end) {
            return false;
        }
        Due due = pending.poll();
        now = Math.max(now, due.at);
        due.task.run();
        return true;
    }

    /** Lets {@code millis} pass. */
    public void pass(long millis) {
        long end = now + millis;
        while (step(end)) {
            // until nothing is due any more
        }
        now = end;
    }
}
