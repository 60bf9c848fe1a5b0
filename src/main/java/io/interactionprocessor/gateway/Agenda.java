package io.interactionprocessor.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is to be looked at when: each at a time of its own, so that those for whom nothing is due cost nothing, however many
 * they are. Used on one context.
 */
final class Agenda<T> {
    /** No time at all. */
    static final long NEVER = Long.MAX_VALUE / 2;

    private final long resolutionMillis;
    private final Map<T, Long> slotOf = new LinkedHashMap<>();
    private final NavigableMap<Long, Set<T>> slots = new TreeMap<>();

    /** Nobody yet; times are rounded up to {@code resolutionMillis}. */
    Agenda(long resolutionMillis) {
        this.resolutionMillis = resolutionMillis;
    }

    /** Looks at somebody then, and no longer at the time that was set before. */
    void set(T somebody, long atMillis) {
        long slot = Math.floorDiv(atMillis + resolutionMillis - 1, resolutionMillis);
        Long before = slotOf.put(somebody, slot);
        if (before != null) {
            leave(before, somebody);
        }
        slots.computeIfAbsent(slot, any -> new HashSet<>()).add(somebody);
    }

    void remove(T somebody) {
        Long slot = slotOf.remove(somebody);
        if (slot != null) {
            leave(slot, somebody);
        }
    }

    private void leave(long slot, T somebody) {
        slots.computeIfPresent(slot, (any, there) -> there.remove(somebody) && there.isEmpty() ? null : there);
    }

    /** Returns those whose time has come; they stay on the agenda, without a time until the next is set. */
    List<T> due(long nowMillis) {
        List<T> due = new ArrayList<>();
        while (!slots.isEmpty() && slots.firstKey() * resolutionMillis <= nowMillis) {
            due.addAll(slots.pollFirstEntry().getValue());
        }
        return due;
    }

    /** Returns all, in the order in which they came. */
    List<T> all() {
        return List.copyOf(slotOf.keySet());
    }

    boolean isEmpty() {
        return slotOf.isEmpty();
    }
}
