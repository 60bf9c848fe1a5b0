package io.interactionprocessor.torture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All scenarios, in the order of the specification. */
public final class Scenarios {
    private static final Map<String, Supplier<Scenario>> ALL = new LinkedHashMap<>();

    static {
        List<Supplier<Scenario>> all = List.of(
                SteadyLoad::new,
                NodeKills::new,
                Cuts::new,
                Freezes::new,
                LinkLoss::new,
                DeafClients::new,
                RollingRestart::new,
                MixedReleases::new,
                MalformedFrames::new,
                ConnectionFlood::new,
                Soak::new,
                LoginRaces::new,
                Shortage::new,
                RecoveryCurve::new);
        all.forEach(each -> ALL.put(each.get().id(), each));
    }

    private Scenarios() {}

    /** Returns the ids of all, the baseline's first. */
    public static List<String> ids() {
        List<String> ids = new ArrayList<>();
        ids.add(BarePlatform.ID);
        ids.addAll(ALL.keySet());
        return ids;
    }

    /** Returns a scenario that has not been run. */
    static Scenario of(String id) {
        return ALL.get(id).get();
    }
}
