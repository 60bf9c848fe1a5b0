package io.interactionprocessor.torture.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What the terminal shows while a run goes on. Written on the load's event loop, read from anywhere. */
public final class Counters {
    final LongAdder commands = new LongAdder();
    final LongAdder answers = new LongAdder();
    final LongAdder events = new LongAdder();
    private final Map<String, Integer> refusals = new TreeMap<>();

    synchronized void refused(String what) {
        refusals.merge(what, 1, Integer::sum);
    }

    /** Returns how often each command was refused with each code. */
    public synchronized Map<String, Integer> refusals() {
        return new TreeMap<>(refusals);
    }

    /** Returns how many commands were given to sessions. */
    public long commands() {
        return commands.sum();
    }

    /** Returns how many of them have their answer. */
    public long answers() {
        return answers.sum();
    }

    /** Returns how many events of sessions came. */
    public long events() {
        return events.sum();
    }
}
