package io.interactionprocessor.bench;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Keeps connections busy: in a closed loop, each as fast as its answers come, or at a fixed rate, whoever is free.
 *
 * <p>At a fixed rate a time is measured from when the operation was due, not from when it could be sent: that is the
 * correction for coordinated omission, without an estimate. What has no answer at the end counts with the time that it
 * has waited by then: otherwise what waits longest would be missing.
 *
 * <p>What is refused counts as such, and in nothing else.
 */
final class Load implements Talker.Listener {
    private static final long TICK_NS = 1_000_000;
    private static final long LONGEST_S = 30;
    /** Part of the asked rate below which it was not reached: what is under way at both ends of a stretch is less. */
    private static final double REACHED = 0.99;

    private final Context context;
    private final List<? extends Talker> talkers;
    private final double perSecond;
    private final Histogram latency = new Histogram(3);
    private final ArrayDeque<Talker> free = new ArrayDeque<>();
    private final ArrayDeque<Long> late = new ArrayDeque<>();
    private final Promise<Void> idle = Promise.promise();
    private volatile boolean stopping;
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private int busy;

    /**
     * What was done meanwhile.
     *
     * @param operations that succeeded
     * @param failures operations that were refused
     * @param asked how many a second were to be; 0 in a closed loop
     * @param latency in nanoseconds
     * @param late how many operations were due and had found no free connection at the end
     */
    record Result(
            long operations, long events, long failures, double seconds, double asked, Histogram latency, int late) {
        double perSecond() {
            return operations / seconds;
        }

        double millis(double percentile) {
            return latency.getTotalCount() == 0 ? Double.NaN : latency.getValueAtPercentile(percentile) / 1e6;
        }

        /** Returns why nothing can be concluded from it; null if something can. */
        String doubt() {
            return Figure.tooManyRefused(failures, operations);
        }

        /** Returns what a reader must know of it. */
        List<String> notes() {
            List<String> notes = new ArrayList<>();
            if (failures > 0) {
                notes.add(failures + " of " + (operations + failures) + " operations were refused");
            }
            if (late > 0) {
                notes.add(late + " operations were due at the end and not sent yet, and count with their wait so far");
            }
            if (perSecond() < asked * REACHED) {
                notes.add("only " + Numbers.text(perSecond()) + "/s of " + Numbers.text(asked) + "/s were done");
            }
            return notes;
        }
    }

    /** What it stood at. */
    record Mark(long nanos, long operations, long events, long failures) {}

    /**
     * A load that has not begun.
     *
     * @param perSecond the rate; 0 for a closed loop
     */
    Load(Context context, List<? extends Talker> talkers, double perSecond) {
        this.context = context;
        this.talkers = List.copyOf(talkers);
        this.perSecond = perSecond;
    }

    void start() {
        context.runOnContext(begin -> {
            talkers.forEach(talker -> talker.listener(this));
            free.addAll(talkers);
            if (perSecond == 0) {
                long now = System.nanoTime();
                while (!free.isEmpty()) {
                    send(free.remove(), now);
                }
            } else {
                Thread pace = new Thread(this::pace, "pace");
                pace.setDaemon(true);
                pace.start();
            }
        });
    }

    /** Forgets what was measured until now. */
    Mark mark() throws InterruptedException {
        Promise<Mark> marked = Promise.promise();
        context.runOnContext(now -> {
            latency.reset();
            marked.complete(new Mark(System.nanoTime(), operations(), events.get(), failures.get()));
        });
        return await(marked);
    }

    /** Returns what was measured since the mark. */
    Result since(Mark mark) throws InterruptedException {
        Promise<Result> result = Promise.promise();
        context.runOnContext(now -> result.complete(new Result(
                operations() - mark.operations(),
                events.get() - mark.events(),
                failures.get() - mark.failures(),
                (System.nanoTime() - mark.nanos()) / 1e9,
                perSecond,
                latencyUntilNow(),
                late.size())));
        return await(result);
    }

    private Histogram latencyUntilNow() {
        Histogram all = new Histogram(3);
        all.add(latency);
        // In a closed loop there is always one under way on each connection, and none waits for another.
        if (!isClosed()) {
            long now = System.nanoTime();
            late.forEach(when -> all.recordValue(Math.max(0, now - when)));
            talkers.stream()
                    .filter(Talker::isWaiting)
                    .forEach(talker -> all.recordValue(Math.max(0, now - talker.due())));
        }
        return all;
    }

    /** Begins nothing more and waits for what is under way. */
    void stop() throws InterruptedException {
        stopping = true;
        context.runOnContext(now -> {
            late.clear();
            if (busy == 0) {
                idle.tryComplete();
            }
        });
        await(idle);
    }

    boolean isClosed() {
        return perSecond == 0;
    }

    /** Returns how many have succeeded. */
    long operations() {
        return ended.get() - failures.get();
    }

    long failures() {
        return failures.get();
    }

    /** Wakes the driver each millisecond; timers of the event loop are not as exact. */
    private void pace() {
        long start = System.nanoTime();
        for (long tick = 1; !stopping; tick++) {
            long due = start + tick * TICK_NS;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long from = (long) ((tick - 1) * perSecond / 1000);
            long to = (long) (tick * perSecond / 1000);
            if (to > from) {
                context.runOnContext(now -> due(to - from, due));
            }
        }
    }

    /** So many operations are due since then; on the context. */
    void due(long count, long when) {
        for (long i = 0; i < count && !stopping; i++) {
            Talker talker = free.poll();
            if (talker == null) {
                late.add(when);
            } else {
                send(talker, when);
            }
        }
    }

    private void send(Talker talker, long when) {
        busy++;
        talker.send(when);
    }

    @Override
    public void answered(Talker talker, boolean success) {
        talker.heard();
        if (success) {
            latency.recordValue(Math.max(0, System.nanoTime() - talker.due()));
        } else {
            failures.incrementAndGet();
        }
    }

    @Override
    public void event() {
        events.incrementAndGet();
    }

    @Override
    public void done(Talker talker) {
        ended.incrementAndGet();
        busy--;
        if (stopping) {
            free.add(talker);
            if (busy == 0) {
                idle.tryComplete();
            }
        } else if (perSecond == 0) {
            send(talker, System.nanoTime());
        } else {
            Long when = late.poll();
            if (when == null) {
                free.add(talker);
            } else {
                send(talker, when);
            }
        }
    }

    private static <T> T await(Promise<T> promise) throws InterruptedException {
        try {
            return promise.future().await(LONGEST_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new BenchFailed("operations without an answer after " + LONGEST_S + " s");
        }
    }
}
