package io.interactionprocessor.session.simulation;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.Tally;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What {@link io.interactionprocessor.session.Ports.Directory} promises, in memory and at once. */
public class MemoryDirectory {
    private final Map<AgentKey, DirectoryEntry> entries = new TreeMap<>();

    /** One atomic entry operation. */
    public DirectoryEntry.Outcome change(AgentKey agent, Change change) {
        DirectoryEntry.Outcome outcome = change.apply(entries.get(agent));
        if (outcome.granted()) {
            entries.put(agent, outcome.after());
        }
        return outcome;
    }

    /** Claims, takes over or releases. */
    public interface Change {
        /** Returns what is to be made of what is there. */
        DirectoryEntry.Outcome apply(DirectoryEntry before);
    }

    /** Reads an entry. */
    public Optional<DirectoryEntry> find(AgentKey agent) {
        return Optional.ofNullable(entries.get(agent));
    }

    /** Counts the sessions by the node that owns them. */
    public Map<String, Tally> survey() {
        Map<String, Tally> tallies = new TreeMap<>();
        for (DirectoryEntry entry : entries.values()) {
            if (entry.occupied()) {
                tallies.computeIfAbsent(entry.node(), node -> new Tally()).add(entry.session(), entry.epoch());
            }
        }
        return tallies;
    }

    /** Returns the entries of the sessions that a node owns, in these slices. */
    public Map<AgentKey, DirectoryEntry> ownedBy(String node, long slices) {
        Map<AgentKey, DirectoryEntry> owned = new TreeMap<>(entries);
        owned.values()
                .removeIf(entry ->
                        !entry.occupied() || !entry.node().equals(node) || !Tally.isIn(entry.session(), slices));
        return owned;
    }

    /** Returns all entries. */
    public Map<AgentKey, DirectoryEntry> all() {
        return entries;
    }

    /** Changes an entry behind everybody's back. */
    public void force(AgentKey agent, UnaryOperator<DirectoryEntry> change) {
        entries.compute(agent, (key, entry) -> change.apply(entry));
    }
}
