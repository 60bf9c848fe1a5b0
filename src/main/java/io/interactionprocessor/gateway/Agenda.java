package io.interactionprocessor.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Who is to be looked at when: each at a time of its own, so that those for whom nothing is due cost nothing, however many
 * they are. Used on one context.
 */
final class Agenda<T> {
    /** No time at all. */
    static final long NEVER = Long.MAX_VALUE / 2;

    private static final long NO_SLOT = Long.MIN_VALUE;

    private final long resolutionMillis;
    private final Map<T, Place<T>> places = new LinkedHashMap<>();
    private final NavigableMap<Long, List<Place<T>>> slots = new TreeMap<>();

    /** Somebody, and in which slot. */
    private static final class Place<T> {
        final T somebody;
        long slot = NO_SLOT;

        Place(T somebody) {
            this.somebody = somebody;
        }
    }

    /** Nobody yet; times are rounded up to {@code resolutionMillis}. */
    Agenda(long resolutionMillis) {
        this.resolutionMillis = resolutionMillis;
    }

    /** Looks at somebody then, and no longer at the time that was set before. */
    void set(T somebody, long atMillis) {
        Place<T> place = places.computeIfAbsent(somebody, Place::new);
        leave(place);
        place.slot = Math.floorDiv(atMillis + resolutionMillis - 1, resolutionMillis);
        slots.computeIfAbsent(place.slot, any -> new ArrayList<>()).add(place);
    }

    void remove(T somebody) {
        Place<T> place = places.remove(somebody);
        if (place != null) {
            leave(place);
        }
    }

    /** As a rule it has come due and is in none; and of tens of thousands some hundred are in one. */
    private void leave(Place<T> place) {
        if (place.slot != NO_SLOT) {
            slots.computeIfPresent(place.slot, (any, there) -> there.remove(place) && there.isEmpty() ? null : there);
            place.slot = NO_SLOT;
        }
    }

    /** Returns those whose time has come; they stay on the agenda, without a time until the next is set. */
    List<T> due(long nowMillis) {
        List<T> due = new ArrayList<>();
        while (!slots.isEmpty() && slots.firstKey() * resolutionMillis <= nowMillis) {
            for (Place<T> place : slots.pollFirstEntry().getValue()) {
                place.slot = NO_SLOT;
                due.add(place.somebody);
            }
        }
        return due;
    }

    /** Returns all, in the order in which they came. */
    List<T> all() {
        return List.copyOf(places.keySet());
    }

    boolean isEmpty() {
        return places.isEmpty();
    }
}
