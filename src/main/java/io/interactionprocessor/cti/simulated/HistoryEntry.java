package io.interactionprocessor.cti.simulated;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that the switch did.
 *
 * @param number 1, 2, 3 ... without a gap for the life of the switch, whichever node held it
 * @param at when, milliseconds since 1970-01-01 UTC
 * @param what {@code command}, {@code agent}, {@code connection}, {@code call}, {@code dtmf}, {@code link}
 * @param detail JSON values by name
 */
public record HistoryEntry(long number, long at, String what, Map<String, Object> detail) {
    public HistoryEntry {
        detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }
}
