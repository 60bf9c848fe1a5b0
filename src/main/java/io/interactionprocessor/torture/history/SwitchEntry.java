package io.interactionprocessor.torture.history;

import java.util.Map;

/**
 * One thing that the switch did, as its own history tells it.
 *
 * @param number 1, 2, 3 ... for the life of the switch
 * @param at microseconds since 1970-01-01 UTC, exact to a millisecond
 * @param what {@code command}, {@code agent}, {@code connection}, {@code call}, ...
 * @param detail values by name
 */
public record SwitchEntry(long number, long at, String what, Map<String, Object> detail) {
    public SwitchEntry {
        detail = Map.copyOf(detail);
    }

    /** Returns a value as text, or null. */
    public String text(String name) {
        Object value = detail.get(name);
        return value == null ? null : value.toString();
    }

    /** Returns a number, or -1. */
    public long number(String name) {
        return detail.get(name) instanceof Number number ? number.longValue() : -1;
    }

    /** Returns whether it is a command that was carried out. */
    public boolean isExecuted() {
        return what.equals("command") && "accepted".equals(detail.get("result"));
    }
}
