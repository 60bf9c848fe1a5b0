package io.interactionprocessor.torture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All scenarios, in the order of the specification. */
public final class Scenarios {
    private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

    static {
        for (Scenario each : List.of(
                new SteadyLoad(),
                new NodeKills(),
                new Cuts(),
                new Freezes(),
                new LinkLoss(),
                new DeafClients(),
                new RollingRestart(),
                new MalformedFrames(),
                new ConnectionFlood(),
                new LoginRaces())) {
            ALL.put(each.id(), each);
        }
    }

    private Scenarios() {}

    /** Returns the ids of all. */
    public static List<String> ids() {
        return List.copyOf(ALL.keySet());
    }

    static Scenario of(String id) {
        return ALL.get(id);
    }
}
