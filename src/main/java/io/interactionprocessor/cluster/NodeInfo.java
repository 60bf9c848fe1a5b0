package io.interactionprocessor.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a node tells the others of itself.
 *
 * @param node its node id
 * @param url where clients reach it: {@code ws://host:port/path}
 * @param managementUrl where operators reach it
 * @param acceptingClients whether it takes new clients
 * @param services its services by id
 * @param links the CTI links that it <em>holds</em>, by name
 */
public record NodeInfo(
        String node,
        String url,
        String managementUrl,
        boolean acceptingClients,
        Map<String, ServiceInfo> services,
        Map<String, LinkInfo> links) {
    public NodeInfo {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(managementUrl, "managementUrl");
        services = Map.copyOf(services);
        links = Map.copyOf(links);
    }

    /** Where a service is in its life on one node. */
    public enum Phase {
        /** Coming up. */
        STARTING,
        /** Working, as far as this node is concerned. */
        IN_SERVICE,
        /** Going down. */
        STOPPING
    }

    /**
     * A service on this node.
     *
     * @param domain its instance-domain
     * @param clientCount the clients that have bound it here
     */
    public record ServiceInfo(String domain, Phase phase, int clientCount) {}

    /**
     * A link that this node holds.
     *
     * @param up whether the switch can be commanded
     * @param reason for people, when it is down
     * @param version the switch's version, empty while not known
     */
    public record LinkInfo(boolean up, String reason, String version) {}

    /** Returns whether the node serves an instance-domain and goes on to. */
    boolean hosts(String domain) {
        return services.keySet().stream().anyMatch(id -> hosts(domain, id));
    }

    /** Returns whether the node has a service of an instance-domain and goes on to. */
    boolean hosts(String domain, String id) {
        ServiceInfo service = services.get(id);
        return service != null && service.domain().equals(domain) && service.phase() != Phase.STOPPING;
    }

    /** Returns whether {@code other} says the same but for the numbers of clients. */
    boolean differsOnlyInCounts(NodeInfo other) {
        return withoutCounts().equals(other.withoutCounts());
    }

    private NodeInfo withoutCounts() {
        Map<String, ServiceInfo> bare = new HashMap<>();
        services.forEach((id, service) -> bare.put(id, new ServiceInfo(service.domain(), service.phase(), 0)));
        return new NodeInfo(node, url, managementUrl, acceptingClients, bare, links);
    }
}
