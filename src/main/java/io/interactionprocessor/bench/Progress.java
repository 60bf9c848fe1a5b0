package io.interactionprocessor.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the terminal shows while it goes on. */
final class Progress {
    private static final long EVERY_MS = 5_000;

    private final PrintWriter out;
    private final long start = System.nanoTime();

    Progress(PrintWriter out) {
        this.out = out;
    }

    void tell(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, what);
        out.flush();
    }

    /** Lets the load go on for a while, telling how it goes. */
    void pause(Duration time, Supplier<String> state) throws InterruptedException {
        long left = time.toMillis();
        CountDownLatch never = new CountDownLatch(1);
        while (left > EVERY_MS) {
            await(never, EVERY_MS);
            left -= EVERY_MS;
            tell("    " + state.get());
        }
        await(never, left);
    }

    private static void await(CountDownLatch never, long millis) throws InterruptedException {
        if (never.await(millis, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts it down");
        }
    }
}
