package io.interactionprocessor.torture.history;

import java.util.ArrayList;
import java.util.List;

/**
 * The switch's own history as it was read, piece by piece. A piece may overlap the one before; then what it says again must
 * be the same, and no number may be missing: else the switch has lost its memory. Safe for several threads.
 */
public final class SwitchHistory {
    private static final int OVERLAP = 64;

    private final List<SwitchEntry> entries = new ArrayList<>();
    private final List<Violation> broken = new ArrayList<>();

    /** Returns the number after which to read next: a little before the end, so that what changed there shows. */
    public synchronized long readAfter() {
        return Math.max(0, last() - OVERLAP);
    }

    /** Returns the number of the last entry. */
    public synchronized long last() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).number();
    }

    /**
     * Adds a piece.
     *
     * @param end the switch's last number, as told with the piece
     * @param at when it was read
     */
    public synchronized void add(List<SwitchEntry> piece, long end, long at) {
        if (end < last()) {
            broken.add(new Violation(at, "switch", "went back from entry " + last() + " to " + end));
            entries.removeIf(entry -> entry.number() > end);
        }
        for (SwitchEntry entry : piece) {
            if (entry.number() <= last()) {
                compare(entry, at);
            } else {
                if (entry.number() != last() + 1 && last() > 0) {
                    broken.add(new Violation(
                            at, "switch", "entries " + (last() + 1) + " to " + (entry.number() - 1) + " are missing"));
                }
                entries.add(entry);
            }
        }
    }

    private void compare(SwitchEntry again, long at) {
        if (entries.isEmpty() || again.number() < entries.get(0).number()) {
            return;
        }
        int index = (int) (again.number() - entries.get(0).number());
        if (index < entries.size() && !entries.get(index).equals(again)) {
            broken.add(new Violation(
                    at,
                    "switch",
                    "entry " + again.number() + " was " + entries.get(index).detail() + " and is now "
                            + again.detail()));
            entries.set(index, again);
        }
    }

    /** Returns everything so far. */
    public synchronized List<SwitchEntry> all() {
        return List.copyOf(entries);
    }

    /** Returns where the history was not continued. */
    public synchronized Verdict continuity(Window window) {
        return new Verdict(
                entries.stream().filter(entry -> window.has(entry.at())).count(),
                "entries",
                broken.stream().filter(each -> window.has(each.at())).toList());
    }
}
