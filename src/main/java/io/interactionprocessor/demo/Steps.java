package io.interactionprocessor.demo;

import io.interactionprocessor.client.RequestFailed;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Runs steps one by one and tells each in a line: number, who, where, what, how long, whether it was right. */
final class Steps {
    private final PrintWriter out;
    private final List<String> wrong = new ArrayList<>();
    private int number;
    private int failures;

    /** What a step does; it says what should have been different with {@link #expect}. */
    interface Body {
        void run() throws InterruptedException;
    }

    Steps(PrintWriter out) {
        this.out = out;
    }

    /** Runs a step. One that cannot be finished ends the demonstration, one with a wrong outcome does not. */
    void step(String who, String where, String what, Body body) throws InterruptedException {
        number++;
        wrong.clear();
        long start = System.nanoTime();
        DemoFailed stop = null;
        try {
            body.run();
        } catch (DemoFailed | RequestFailed e) {
            wrong.add(e.getMessage());
            stop = new DemoFailed("step " + number + " could not be finished: " + e.getMessage());
        }
        double millis = (System.nanoTime() - start) / 1e6;
        failures += wrong.isEmpty() ? 0 : 1;
        out.printf(
                "%3d  %-17s %-7s %-62s %8.1f ms  %s%n",
                number, who, where, what, millis, wrong.isEmpty() ? "ok" : "WRONG");
        wrong.forEach(line -> out.println("       " + line));
        out.flush();
        if (stop != null) {
            throw stop;
        }
    }

    /** Tells the reader something in the middle of a step. */
    void say(String what) {
        out.println("       " + what);
        out.flush();
    }

    /** What the protocol says; a wrong one is told below the step's line. */
    void expect(boolean right, String expectation) {
        if (!right) {
            wrong.add("expected: " + expectation);
        }
    }

    /** What the protocol says a value is. */
    void expectEqual(String what, Object actual, Object expected) {
        expect(expected.equals(actual), what + " is " + expected + ", not " + actual);
    }

    /** Returns how many steps there were. */
    int count() {
        return number;
    }

    /** Returns how many were wrong. */
    int failures() {
        return failures;
    }
}
