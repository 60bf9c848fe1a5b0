package io.interactionprocessor.session.simulation;

import io.interactionprocessor.cti.simulated.HistoryEntry;
import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.csta.AgentCommand;
import io.interactionprocessor.session.DirectoryEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The rules that hold always (design 2), as seen in the directory and at the switch. */
final class Checks {
    private final Map<String, Long> spokenEpoch = new HashMap<>();
    private final Map<String, String> sessionOfEpoch = new HashMap<>();
    private final Map<String, String> granted = new HashMap<>();
    private final Map<AgentKey, Long> directoryEpoch = new HashMap<>();
    /** Commands that the switch has accepted, by the beginning of their ids: session and request. */
    private final Map<String, Set<String>> acceptedOf = new HashMap<>();

    @SuppressWarnings("DoNotCallSuggester") // that is what it is for
    static void violated(String what) {
        throw new AssertionError(what);
    }

    /** The directory has made an entry of another. */
    void changed(AgentKey agent, DirectoryEntry before, DirectoryEntry after) {
        long epoch = after.epoch().value();
        if (epoch < directoryEpoch.getOrDefault(agent, 0L)) {
            violated("the epoch of " + agent + " went back: " + before + " -> " + after);
        }
        directoryEpoch.put(agent, epoch);
        if (after.occupied()) {
            String grant = after.session() + " on " + after.node();
            String other = granted.putIfAbsent(agent + "/" + epoch, grant);
            if (other != null && !other.equals(grant)) {
                violated("epoch " + epoch + " of " + agent + " granted to " + other + " and to " + grant);
            }
        }
    }

    void attached(String agent, Epoch epoch) {
        spoke(agent, epoch);
    }

    private void spoke(String agent, Epoch epoch) {
        long last = spokenEpoch.getOrDefault(agent, 0L);
        if (epoch.value() < last) {
            violated("agent " + agent + ": the switch obeys epoch " + epoch + " after " + last);
        }
        spokenEpoch.put(agent, epoch.value());
        if (!granted.containsKey(World.DOMAIN + '/' + agent + '/' + epoch)) {
            violated("agent " + agent + ": nobody was granted epoch " + epoch);
        }
    }

    /** The switch has accepted a command, now or when it came the first time. */
    void accepted(AgentCommand command) {
        spoke(command.agent(), command.epoch());
        String session = command.id().split("[:!]", 2)[0];
        String key = command.agent() + '/' + command.epoch();
        String other = sessionOfEpoch.putIfAbsent(key, session);
        if (other != null && !other.equals(session)) {
            violated("two effective sessions in one epoch of agent " + command.agent() + ": " + other + ", " + session);
        }
        int end = command.id().lastIndexOf(':');
        if (end > 0) {
            acceptedOf
                    .computeIfAbsent(command.id().substring(0, end), any -> new HashSet<>(2))
                    .add(command.id());
        }
    }

    /** How many different commands the switch has accepted for requests of this id. */
    int accepted(String session, String requestId) {
        return acceptedOf.getOrDefault(session + ':' + requestId, Set.of()).size();
    }

    /** No command was executed twice, by the switch's own history. */
    void history(Iterable<HistoryEntry> commands) {
        Set<String> executed = new HashSet<>();
        for (HistoryEntry entry : commands) {
            String id = (String) entry.detail().get("commandId");
            String first = id.indexOf('~') > 0 ? id.substring(0, id.indexOf('~')) : id;
            if ("accepted".equals(entry.detail().get("result")) && !executed.add(first)) {
                violated("executed twice: " + entry);
            }
        }
    }
}
