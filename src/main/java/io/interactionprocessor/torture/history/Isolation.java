package io.interactionprocessor.torture.history;

import java.util.Set;

/**
 * Some nodes could not talk to the majority.
 *
 * @param urls of these nodes, for clients
 * @param from when it began, microseconds since 1970-01-01 UTC
 * @param to when it ended
 * @param lease how long such a node may go on, microseconds
 */
public record Isolation(Set<String> urls, long from, long to, long lease) {
    public Isolation {
        urls = Set.copyOf(urls);
    }

    /** Returns when it had to be silent. */
    public Window afterLease() {
        return new Window(from + lease, to);
    }
}
