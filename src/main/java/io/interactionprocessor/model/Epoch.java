package io.interactionprocessor.model;

/**
 * The fencing number of an agent's session (protocol 6.2, design 5). It grows with every claim and with every take-over
 * by another node, for as long as the agent is known to the directory. Whoever sees a higher one refuses the lower.
 *
 * @param value 0 is before any session
 */
public record Epoch(long value) implements Comparable<Epoch> {
    /** Before any session: lower than every granted epoch. */
    public static final Epoch NONE = new Epoch(0);

    /**
     * Returns the lowest for an agent whom the directory does not know, or no longer: the time in milliseconds, which outruns
     * any number of log-ins.
     */
    public static Epoch first(long now) {
        return new Epoch(Math.max(1, now));
    }

    /** Returns the epoch that follows this one. */
    public Epoch next() {
        return new Epoch(value + 1);
    }

    /** Returns whether this epoch has been overtaken by {@code other}. */
    public boolean isOlderThan(Epoch other) {
        return value < other.value;
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
