package io.interactionprocessor.cti;

import io.interactionprocessor.model.Epoch;
import java.util.HashMap;
import java.util.Map;

/**
 * Which node gets an agent's events, and the newest epoch seen of each agent: checked here too, so that no connector can
 * forget it.
 */
final class Routes {
    record Route(String eventAddress, Epoch epoch) {}

    private final Map<String, Route> routes = new HashMap<>();
    private final Map<String, Epoch> newest = new HashMap<>();

    /** Returns false if a newer owner has spoken already; else nobody older will be heard any more. */
    boolean admit(String agent, Epoch epoch) {
        Epoch seen = newest.getOrDefault(agent, Epoch.NONE);
        if (epoch.isOlderThan(seen)) {
            return false;
        }
        newest.put(agent, epoch);
        return true;
    }

    void attach(String agent, Route route) {
        if (!route.epoch().isOlderThan(newest.getOrDefault(agent, Epoch.NONE))) {
            routes.put(agent, route);
        }
    }

    /** Returns null if no session has attached since this node holds the link. */
    Route of(String agent) {
        return routes.get(agent);
    }

    void clear() {
        routes.clear();
        newest.clear();
    }
}
