package io.interactionprocessor.torture.history;

import java.util.Comparator;
import java.util.List;

/**
 * What a check has found.
 *
 * @param of how many things were checked: the denominator
 * @param unit what these things are, in the plural
 * @param violations those that were wrong, in the order of time
 */
public record Verdict(long of, String unit, List<Violation> violations) {
    public Verdict {
        violations = violations.stream()
                .sorted(Comparator.comparingLong(Violation::at))
                .toList();
    }

    /** Returns how many were wrong. */
    public int count() {
        return violations.size();
    }
}
