package io.interactionprocessor.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting with a deadline, for what only asking again can tell (files, processes, HTTP). */
final class Await {

    private static final long PAUSE_MILLIS = 20;

    private Await() {}

    /** Asks until the answer is accepted; fails with the last answer when the time is up. */
    static <T> T until(String what, Duration within, Callable<T> ask, Predicate<? super T> accepted) {
        long deadline = System.nanoTime() + within.toNanos();
        Object last;
        do {
            try {
                T answer = ask.call();
                if (accepted.test(answer)) {
                    return answer;
                }
                last = answer;
            } catch (Exception notYet) {
                last = notYet;
            }
            pause(PAUSE_MILLIS);
        } while (System.nanoTime() < deadline);
        throw new AssertionError("no " + what + " within " + within + "; last: " + last);
    }

    /** Waits on a monitor until the supplier gives something; the monitor is notified whenever that may have changed. */
    static <T> T on(Object monitor, Duration within, Supplier<T> found, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + within.toNanos();
        synchronized (monitor) {
            while (true) {
                T value = found.get();
                if (value != null) {
                    return value;
                }
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError(otherwise.get());
                }
                try {
                    monitor.wait(left);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted; " + otherwise.get(), stop);
                }
            }
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }
}
