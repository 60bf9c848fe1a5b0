package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call: the parties that speak, are held or ring together; its id is the id of its bridge in Asterisk. */
final class Call {
    /** More than that no conference is good for. */
    static final int MOST_PARTIES = 8;

    final String id;
    final String from;
    final String to;
    final long since;
    final Map<String, Object> data = new LinkedHashMap<>();
    final List<Party> parties = new ArrayList<>(3);

    /** The number of the queue in which the call waits or is being offered; null once answered, or without a queue. */
    String waitingIn;

    /** The queue of Asterisk's own that has offered this call, or null: what is not answered goes back there. */
    String pbxQueue;

    /** The caller's channel in that queue; empty if it is not known. */
    String pbxCaller = "";

    /** That queue has ended its offer. */
    boolean takenBack;

    /** From whom the call is kept, by agent, until when. */
    final Map<String, Long> keptFrom = new HashMap<>();

    /** Counts the changes; the highest is the newest record of this call. */
    long revision;

    /** Whether Asterisk has the bridge. */
    boolean bridged;

    /** What was last written down. */
    String written = "";

    Call(String id, String from, String to, long since) {
        this.id = id;
        this.from = from;
        this.to = to;
        this.since = since;
    }

    /** Returns the parties that are on the line: they speak, are held, or wait for somebody to answer. */
    List<Party> live() {
        return parties.stream().filter(Party::live).toList();
    }

    /** Returns whether somebody's phone rings, or will. */
    boolean rings() {
        return waitingIn != null || parties.stream().anyMatch(party -> !party.live());
    }

    /** Returns the party to whom a queue offers the call, or null. */
    Party offered() {
        for (Party party : parties) {
            if (party.offered && !party.live()) {
                return party;
            }
        }
        return null;
    }

    Direction direction() {
        return parties.stream().anyMatch(party -> party.live() && party.kind == Party.Kind.OUTSIDE)
                ? Direction.INBOUND
                : Direction.INTERNAL;
    }
}
