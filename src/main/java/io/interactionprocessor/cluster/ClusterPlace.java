package io.interactionprocessor.cluster;

import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.Ports;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** This node's place in the cluster, as the session core sees it. Thread-safe. */
public final class ClusterPlace implements Ports.Place {
    private final Membership membership;
    private final Quorum quorum;
    private final NodeRegistry registry;
    private final String domain;
    private final BooleanSupplier accepting;

    /**
     * A place.
     *
     * @param domain the instance-domain whose sessions it is about
     * @param accepting whether this node takes new sessions
     */
    public ClusterPlace(
            ClusterNode node, Quorum quorum, NodeRegistry registry, String domain, BooleanSupplier accepting) {
        this.membership = node.membership();
        this.quorum = quorum;
        this.registry = registry;
        this.domain = domain;
        this.accepting = accepting;
    }

    @Override
    public String node() {
        return membership.self();
    }

    @Override
    public boolean quorum() {
        return quorum.hasQuorum();
    }

    @Override
    public boolean isMember(String node) {
        return membership.contains(node);
    }

    @Override
    public Ports.Share share() {
        return share(registry.nodes(), membership.self(), domain);
    }

    /** Only nodes that would take what is theirs have a share: what is a full or a leaving node's share would be nobody's. */
    static Ports.Share share(Collection<NodeInfo> all, String self, String domain) {
        List<String> nodes = all.stream()
                .filter(node -> node.hosts(domain) && node.acceptingClients())
                .map(NodeInfo::node)
                .toList();
        int place = nodes.indexOf(self);
        // who is not known yet takes all: each thing is taken once, whoever tries
        return place < 0 ? new Ports.Share(0, 1) : new Ports.Share(place, nodes.size());
    }

    @Override
    public Optional<String> hostOf(String processor, SessionId session) {
        return hostOf(registry.nodes(), domain, processor, session);
    }

    static Optional<String> hostOf(Collection<NodeInfo> all, String domain, String processor, SessionId session) {
        List<String> nodes = all.stream()
                .filter(node -> node.hosts(domain, processor) && node.acceptingClients())
                .map(NodeInfo::node)
                .toList();
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(nodes.get(Ports.Share.placeOf(session.value(), nodes.size())));
    }

    @Override
    public boolean accepting() {
        return accepting.getAsBoolean();
    }

    @Override
    public String nameOf(String node) {
        return registry.node(node).map(NodeInfo::url).orElse(node);
    }
}
