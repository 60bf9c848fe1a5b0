package io.interactionprocessor.cluster;

import io.interactionprocessor.testkit.Canary;
import java.util.LinkedHashSet;
import java.util.Set;

/** Where secrets were found that must be nowhere, and marks that are no secrets. */
final class CanarySearch {
    private final Set<String> leaks = new LinkedHashSet<>();
    private final Set<String> marks = new LinkedHashSet<>();

    /** Looks into bytes of a place; the detail is for whoever has to mend it. */
    void forSecret(String what, Canary secret, String place, String detail, byte[] bytes) {
        for (String guise : secret.guisesIn(bytes)) {
            leaks.add(what + " as " + guise + " in " + place + (detail.isEmpty() ? "" : ", " + detail));
        }
    }

    void forMark(String what, Canary mark, String place, byte[] bytes) {
        String found = what + " in " + place;
        if (!marks.contains(found) && !mark.guisesIn(bytes).isEmpty()) {
            marks.add(found);
        }
    }

    Set<String> leaks() {
        return leaks;
    }

    Set<String> marks() {
        return marks;
    }
}
