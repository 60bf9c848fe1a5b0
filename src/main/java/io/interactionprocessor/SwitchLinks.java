package io.interactionprocessor;

import io.interactionprocessor.cluster.Addresses;
import io.interactionprocessor.cluster.ClusterNode;
import io.interactionprocessor.cluster.GridByteStore;
import io.interactionprocessor.cluster.LinkLeases;
import io.interactionprocessor.cluster.NodeInfo;
import io.interactionprocessor.cluster.NodeRegistry;
import io.interactionprocessor.config.Cti;
import io.interactionprocessor.config.NodeConfig;
import io.interactionprocessor.config.Processor;
import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.cti.CtiVerticle;
import io.interactionprocessor.cti.LinkClient;
import io.interactionprocessor.cti.LinkSettings;
import io.interactionprocessor.cti.asterisk.AsteriskConnector;
import io.interactionprocessor.cti.simulated.SimulatedConnector;
import io.interactionprocessor.cti.simulated.SimulatedSwitchApi;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.LinkEvent;
import io.interactionprocessor.session.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The CTI links of the processors that this node hosts: a connector and a CTI verticle for each, and the ways to them. */
final class SwitchLinks {
    private final ClusterNode cluster;
    private final LinkLeases leases;
    private final LinkAvailability availability;
    private final Seams seams;
    private final long answerWithin;
    private final Map<String, Processor> processors = new LinkedHashMap<>();
    private final Map<String, Connector> connectors = new HashMap<>();
    private final LinkNews news = new LinkNews();
    private final List<String> deployments = new ArrayList<>();

    SwitchLinks(ClusterNode cluster, LinkLeases leases, NodeRegistry registry, NodeConfig config, Seams seams) {
        this.cluster = cluster;
        this.answerWithin = config.timeouts().command().toMillis();
        this.leases = leases;
        this.seams = seams;
        this.availability = new LinkAvailability(cluster.vertx(), leases, registry);
        for (Processor processor : config.processors()) {
            this.processors.put(processor.id(), processor);
            connectors.put(processor.id(), connector(processor));
        }
    }

    private Connector connector(Processor processor) {
        if (processor.cti() instanceof Cti.Simulated simulated) {
            return new SimulatedConnector(
                    cluster.vertx(),
                    SettingsMapping.simulated(processor, simulated),
                    new GridBridge(new GridByteStore(cluster, processor.id())),
                    System::currentTimeMillis);
        }
        if (processor.cti() instanceof Cti.Asterisk asterisk) {
            return new AsteriskConnector(
                    cluster.vertx(), SettingsMapping.asterisk(processor, asterisk), System::currentTimeMillis);
        }
        throw new IllegalArgumentException("no connector for the cti of processor " + processor.id());
    }

    /** What a processor's switch is and can do. */
    Connector connector(String processor) {
        return connectors.get(processor);
    }

    Future<Void> deploy() {
        return Future.all(processors.values().stream().map(this::deploy).toList())
                .mapEmpty();
    }

    private Future<Void> deploy(Processor processor) {
        String id = processor.id();
        CtiVerticle verticle = new CtiVerticle(
                LinkSettings.of(
                        id,
                        Addresses.cti(id, cluster.nodeId()),
                        Addresses.node(cluster.nodeId(), processor.instanceDomain()),
                        answerWithin),
                connectors.get(id),
                seams.lease().apply(new LeaseBridge(leases, id)),
                () -> sessionAddresses(processor.instanceDomain()));
        return cluster.vertx().deployVerticle(verticle).map(deployment -> {
            synchronized (deployments) {
                deployments.add(deployment);
            }
            return null;
        });
    }

    /** Every node's session verticle of a domain, as far as this node knows: this one's at least. */
    private List<String> sessionAddresses(String domain) {
        return cluster.membership().nodes().stream()
                .map(node -> Addresses.node(node, domain))
                .toList();
    }

    /** Gives all leases up, so that other nodes take the links over at once. */
    Future<Void> undeploy() {
        synchronized (deployments) {
            return Future.join(
                            deployments.stream().map(cluster.vertx()::undeploy).toList())
                    .otherwiseEmpty()
                    .mapEmpty();
        }
    }

    /**
     * The session core's call control; made on the context of the session verticle that uses it.
     *
     * @param changed is told there, with the processor, what commands have done to agents
     */
    Ports.CallControl calls(Vertx vertx, String domain, BiConsumer<String, AgentEvent> changed) {
        Map<String, LinkClient> clients = new HashMap<>();
        processors.values().stream()
                .filter(processor -> processor.instanceDomain().equals(domain))
                .forEach(processor -> clients.put(
                        processor.id(),
                        client(vertx, processor.id(), effect -> changed.accept(processor.id(), effect))));
        return seams.calls().apply(new LinkCalls(clients, Addresses.node(cluster.nodeId(), domain), availability));
    }

    private LinkClient client(Vertx vertx, String link, Consumer<AgentEvent> effects) {
        LinkClient client = new LinkClient(
                vertx,
                LinkClient.Settings.of(answerWithin),
                Addresses.cti(link, cluster.nodeId()),
                () -> holderAddress(link),
                effects);
        leases.listen((changed, holder) -> {
            if (changed.equals(link)) {
                client.holderChanged();
            }
        });
        return client;
    }

    private Optional<String> holderAddress(String link) {
        return leases.holderOf(link).map(holder -> Addresses.cti(link, holder.node()));
    }

    /** Adds the simulated switches' own side to the management port; the first configured has it. */
    void mount(Vertx vertx, Router router) {
        processors.values().stream()
                .filter(processor -> processor.cti() instanceof Cti.Simulated)
                .findFirst()
                .ifPresent(processor -> new SimulatedSwitchApi(
                                SettingsMapping.simulated(processor, (Cti.Simulated) processor.cti()),
                                client(vertx, processor.id(), effect -> {}))
                        .mount(router));
    }

    // ---- how the links are

    /** A link has told this node how it is. */
    void heard(LinkEvent event) {
        news.heard(event, connectors.get(event.processor()).version());
    }

    /** What this node tells the others: the links that it holds itself. */
    Map<String, NodeInfo.LinkInfo> held() {
        Map<String, NodeInfo.LinkInfo> held = new HashMap<>();
        processors
                .keySet()
                .forEach(link -> leases.holderOf(link)
                        .filter(holder -> holder.node().equals(cluster.nodeId()))
                        .flatMap(holder -> news.of(link, holder.lease()))
                        .ifPresent(info -> held.put(link, info)));
        return held;
    }

    /** Whether some node holds a working link. */
    boolean available(String link) {
        return availability.isUp(link);
    }
}
