package io.interactionprocessor.cti.simulated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call: its parties and its attached data. */
final class Call {
    /** CSTA switches have such limits; the protocol's readers may rely on this one. */
    static final int MOST_PARTIES = 16;

    final long number;
    final String from;
    final String to;
    final long since;
    final Map<String, Object> data = new LinkedHashMap<>();

    /** In the order in which they joined. */
    final List<Party> parties = new ArrayList<>();

    Call(long number, String from, String to, long since) {
        this.number = number;
        this.from = from;
        this.to = to;
        this.since = since;
    }

    String id() {
        return "k" + number;
    }

    List<Party> live() {
        return parties.stream().filter(Party::live).toList();
    }

    boolean rings() {
        return parties.stream().anyMatch(party -> !party.live());
    }

    int size() {
        return (int) parties.stream().filter(Party::visible).count();
    }
}
