package io.interactionprocessor.gateway;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What one connection has bound: services, and resources, each of which belongs to a service. */
final class Bindings {
    private static final int ENDED_KEPT = 64;

    // Small, since there are tens of thousands of these, most of which bind one service and one resource and end none.
    private Set<String> services = Set.of();
    private final Map<String, String> resources = new HashMap<>(2);
    private Set<String> ended = Collections.emptySet();

    /** How a resource stands to this connection. */
    enum Standing {
        /** Bound here, and to this service. */
        BOUND,
        /** It has ended on this connection, or is bound here as another service's: there is no such resource. */
        UNKNOWN,
        /** Not bound here: only the sessions' side can say whether there is such a resource. */
        ELSEWHERE
    }

    /** Returns whether the service was not bound before. */
    boolean bindService(String serviceId) {
        if (services.contains(serviceId)) {
            return false;
        }
        Set<String> more = new HashSet<>(services);
        more.add(serviceId);
        services = Set.copyOf(more);
        return true;
    }

    /** Returns whether the service was bound before. */
    boolean unbindService(String serviceId) {
        if (!services.contains(serviceId)) {
            return false;
        }
        Set<String> fewer = new HashSet<>(services);
        fewer.remove(serviceId);
        services = Set.copyOf(fewer);
        return true;
    }

    boolean hasService(String serviceId) {
        return services.contains(serviceId);
    }

    Set<String> services() {
        return services;
    }

    /** The resource is bound to this connection from now on. */
    void bindResource(String serviceId, String resourceId) {
        resources.put(resourceId, serviceId);
        if (!ended.isEmpty()) {
            ended.remove(resourceId);
        }
    }

    /** The resource is not bound here any more; if it ended, that is remembered for as long as there is room. */
    void unbindResource(String resourceId, boolean hasEnded) {
        resources.remove(resourceId);
        if (hasEnded) {
            ended = ended.isEmpty() ? new LinkedHashSet<>() : ended;
            if (ended.add(resourceId) && ended.size() > ENDED_KEPT) {
                ended.remove(ended.iterator().next());
            }
        }
    }

    Standing standing(String serviceId, String resourceId) {
        if (ended.contains(resourceId)) {
            return Standing.UNKNOWN;
        }
        String boundAs = resources.get(resourceId);
        if (boundAs == null) {
            return Standing.ELSEWHERE;
        }
        return boundAs.equals(serviceId) ? Standing.BOUND : Standing.UNKNOWN;
    }
}
