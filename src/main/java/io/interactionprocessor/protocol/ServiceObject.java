package io.interactionprocessor.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service as clients see it (protocol 4).
 *
 * @param info vendor, version, cti-vendor, cti-version, instance-domain; empty for the {@code ServiceMonitor}
 */
public record ServiceObject(
        String id, String name, String type, Map<String, String> info, ServiceStatus serviceStatus) {
    public ServiceObject {
        // keeps the order, so that clients see the properties as the specification lists them
        info = Collections.unmodifiableMap(new LinkedHashMap<>(info));
    }

    /** The words of {@code status}. */
    public enum Status {
        /** No node holds a working CTI link. */
        OutOfService,
        /** Coming up. */
        Starting,
        /** Working. */
        InService,
        /** Going down. */
        Stopping
    }

    /**
     * How a service is.
     *
     * @param acceptingClients whether this node takes new clients
     * @param clientCount the clients that have bound the service on this node
     * @param nodes every node of the instance-domain
     */
    public record ServiceStatus(Status status, boolean acceptingClients, int clientCount, List<NodeStatus> nodes) {
        public ServiceStatus {
            nodes = List.copyOf(nodes);
        }
    }

    /** One node that hosts the service. */
    public record NodeStatus(String url, boolean acceptingClients, int clientCount) {}
}
