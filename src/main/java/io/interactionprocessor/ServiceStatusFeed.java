package io.interactionprocessor;

import io.interactionprocessor.cluster.NodeInfo;
import io.interactionprocessor.cluster.NodeRegistry;
import io.interactionprocessor.gateway.ServiceCatalog;
import io.interactionprocessor.protocol.ServiceObject;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps the services that clients see and what the nodes tell each other in step: this node's figures go to the registry,
 * the registry's nodes and links go to the catalogue.
 */
final class ServiceStatusFeed {
    /** How often this node's client counts are told to the others, at most. */
    private static final long COUNT_INTERVAL_MS = 1_000;

    private final Vertx vertx;
    private final NodeRegistry registry;
    private final ServiceCatalog catalog;
    private final Map<String, String> domains;
    private final Supplier<NodeInfo> self;
    private final BooleanSupplier quorum;
    private final Supplier<Set<String>> younger;
    private long timer;

    /**
     * Creates a feed.
     *
     * @param domains from service id to instance-domain
     * @param self what this node has to say of itself now
     * @param younger the ids of the nodes that have come after this one
     */
    ServiceStatusFeed(
            Vertx vertx,
            NodeRegistry registry,
            ServiceCatalog catalog,
            Map<String, String> domains,
            Supplier<NodeInfo> self,
            BooleanSupplier quorum,
            Supplier<Set<String>> younger) {
        this.vertx = vertx;
        this.registry = registry;
        this.catalog = catalog;
        this.domains = Map.copyOf(domains);
        this.self = self;
        this.quorum = quorum;
        this.younger = younger;
    }

    void start() {
        registry.listen(this::refresh);
        timer = vertx.setPeriodic(COUNT_INTERVAL_MS, tick -> tell());
        refresh();
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    /** Tells the others what has changed here; cheap when nothing has. */
    void tell() {
        registry.update(self.get());
    }

    /** Brings the catalogue up to date; the registry's changes do so by themselves. */
    void refresh() {
        List<NodeInfo> nodes = registry.nodes();
        List<NodeInfo> reachable = reachable(nodes);
        Set<String> after = younger.get();
        catalog.younger(reachable.stream()
                .filter(node -> after.contains(node.node()))
                .map(NodeInfo::url)
                .collect(Collectors.toUnmodifiableSet()));
        Map<String, Boolean> working = new HashMap<>();
        for (NodeInfo node : nodes) {
            node.links().forEach((link, info) -> {
                working.merge(link, info.up(), Boolean::logicalOr);
                catalog.ctiVersion(link, info.version());
            });
        }
        domains.keySet().forEach(service -> {
            List<ServiceObject.NodeStatus> statuses = reachable.stream()
                    .filter(node -> node.services().containsKey(service))
                    .map(node -> new ServiceObject.NodeStatus(
                            node.url(),
                            node.acceptingClients(),
                            node.services().get(service).clientCount()))
                    .toList();
            catalog.cluster(service, quorum.getAsBoolean() && working.getOrDefault(service, false), statuses);
        });
    }

    /** Returns those that clients can go to: a node that is starting tells the others of itself before it listens. */
    static List<NodeInfo> reachable(List<NodeInfo> nodes) {
        return nodes.stream().filter(node -> !node.url().isEmpty()).toList();
    }
}
