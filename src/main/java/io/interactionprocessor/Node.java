package io.interactionprocessor;

import io.interactionprocessor.cluster.Addresses;
import io.interactionprocessor.cluster.Administration;
import io.interactionprocessor.cluster.Backups;
import io.interactionprocessor.cluster.BusCodecs;
import io.interactionprocessor.cluster.ClusterNode;
import io.interactionprocessor.cluster.HazelcastDirectory;
import io.interactionprocessor.cluster.LinkLeases;
import io.interactionprocessor.cluster.NodeInfo;
import io.interactionprocessor.cluster.NodeRegistry;
import io.interactionprocessor.cluster.Quorum;
import io.interactionprocessor.cluster.TwinMessage;
import io.interactionprocessor.config.NodeConfig;
import io.interactionprocessor.config.Processor;
import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.cti.LinkMessages;
import io.interactionprocessor.gateway.Gateway;
import io.interactionprocessor.gateway.GatewaySettings;
import io.interactionprocessor.gateway.ServiceCatalog;
import io.interactionprocessor.model.csta.LinkEvent;
import io.interactionprocessor.ops.ManagementServer;
import io.interactionprocessor.ops.Metrics;
import io.interactionprocessor.ops.SessionAdmin;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.MessageReader;
import io.interactionprocessor.protocol.MessageWriter;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.ReadLimits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running node: the only place that wires the parts together. Started and stopped from any thread. */
public final class Node {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    /** How long a starting node waits for a majority and its links before it says that it serves clients. */
    private static final long SETTLE_MS = 8_000;

    private static final long SETTLE_LOOK_MS = 20;

    /**
     * From the beginning of a drain until sessions are no longer handed over: the last clients are closed after 5 s and come
     * back within 2.5 s, and leaving the cluster has 2 s of the 9.5 s that a stop may take. Who was cut off is not on its way.
     */
    private static final long HANDING_OVER_MS = 7_500;

    /** Nothing blocks them, so more than there are processors would only wake each other (docs/performance.md). */
    private static final int EVENT_LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final NodeConfig config;
    private final ClusterNode cluster;
    private final Vertx vertx;
    private final Metrics metrics;
    private final Promise<Void> drainRequested = Promise.promise();
    private final Map<String, String> domains;
    private final InstanceDomains sessions;
    private final MessageWriter writer = new MessageWriter();
    private final Quorum quorum;
    private final Backups backups;
    private final LinkLeases leases;
    private final NodeRegistry registry;
    private final SwitchLinks links;
    private final ManagementServer management;
    private final ServiceCatalog catalog;
    private final Gateway gateway;
    private final ServiceStatusFeed feed;
    private final HeapPressure pressure;
    private final WarmUp warmUp;
    private volatile boolean draining;
    private volatile String url = "";
    private volatile String managementUrl = "";

    private Node(NodeConfig config, ClusterNode cluster, Metrics metrics, Seams seams, MessageReader reader) {
        this.config = config;
        this.cluster = cluster;
        this.vertx = cluster.vertx();
        this.metrics = metrics;
        quorum = new Quorum(cluster);
        backups = new Backups(cluster);
        leases = new LinkLeases(cluster, quorum);
        registry = new NodeRegistry(cluster);
        links = new SwitchLinks(cluster, leases, registry, config, seams);
        sessions = new InstanceDomains(config, cluster, links, seams);
        domains = sessions.byService();
        management = new ManagementServer(vertx, metrics, drainRequested::tryComplete);
        catalog = new ServiceCatalog("", writer::serviceEvent, Node::monotonicMillis);
        GatewaySettings edge = SettingsMapping.gateway(config, EVENT_LOOPS);
        gateway = new Gateway(vertx, edge, catalog, reader, writer, this::sessionAddress);
        warmUp = new WarmUp(registry::nodes, cluster.nodeId(), sessions::rehearse);
        pressure = new HeapPressure(vertx, high -> roomChanged());
        feed = new ServiceStatusFeed(
                vertx, registry, catalog, domains, this::self, quorum::hasQuorum, cluster.membership()::younger);
    }

    /** Starts a node; completes when it serves, fails when it cannot, and the process should then end. */
    public static Future<Node> start(NodeConfig config) {
        return start(config, Seams.NONE);
    }

    static Future<Node> start(NodeConfig config, Seams seams) {
        Metrics metrics = new Metrics();
        VertxOptions options =
                new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setMetricsOptions(Metrics.vertxOptions());
        // A promise without a context: after a failure there is no event loop left to complete one with.
        Promise<Node> started = Promise.promise();
        try {
            mustBeFree("cluster.port", config.cluster().host(), config.cluster().port());
            mustBeFree(
                    "cluster.bus-port",
                    config.cluster().host(),
                    config.cluster().busPort());
        } catch (IllegalStateException taken) {
            return Future.failedFuture(taken);
        }
        // its JSON parser takes a while to load, and most of Hazelcast's start is one thread's work
        CompletableFuture<MessageReader> reader = CompletableFuture.supplyAsync(() -> reader(config));
        ClusterNode.start(SettingsMapping.cluster(config), options, builder -> builder.withMetrics(metrics.vertx()))
                .onFailure(started::fail)
                .onSuccess(cluster -> Future.fromCompletionStage(
                                reader, cluster.vertx().getOrCreateContext())
                        .onFailure(failure -> cluster.close().onComplete(left -> started.fail(failure)))
                        .onSuccess(parser -> {
                            Node node = new Node(config, cluster, metrics, seams, parser);
                            node.run()
                                    .onSuccess(serving -> started.complete(node))
                                    .onFailure(failure -> node.drain().onComplete(drained -> started.fail(failure)));
                        }));
        return started.future();
    }

    private static MessageReader reader(NodeConfig config) {
        ReadLimits usual = ReadLimits.DEFAULT;
        ReadLimits read = new ReadLimits(
                config.limits().jsonDepth(),
                usual.stringLength(),
                usual.nameLength(),
                usual.numberLength(),
                usual.attachedData());
        return new MessageReader(read, config.echoCredentials());
    }

    /** What this node runs on. */
    Vertx vertx() {
        return vertx;
    }

    private Future<Void> run() {
        metrics.addProcess();
        BusCodecs.local(vertx.eventBus(), Inbound.class);
        BusCodecs.local(vertx.eventBus(), Outbound.class);
        BusCodecs.wire(vertx.eventBus(), TwinMessage.class, TwinMessage::encode, TwinMessage::decode);
        LinkMessages.register(vertx.eventBus());
        management.readiness("draining", () -> draining ? Optional.of("this node is draining") : Optional.empty());
        management.readiness("majority", () -> quorum.hasQuorum() ? Optional.empty() : Optional.of("cut off"));
        management.readiness("links", this::linksThatAreDown);
        management.readiness("backups", this::backupsThatLack);
        management.readiness("rehearsal", warmUp::lacks);
        links.mount(vertx, management.router());
        new SessionAdmin(new Administration(vertx, new HazelcastDirectory(cluster))::end).mount(management.router());
        EdgeMetrics.bind(metrics.registry(), gateway.figures());
        return leases.start()
                .compose(v -> registry.start(self()))
                .compose(v -> sessions.deploy(
                        quorum,
                        registry,
                        () -> !draining && !pressure.isHigh(),
                        gateway::isOpen,
                        new OperatorAudit(metrics.registry(), config.exposeStackTraces()),
                        this::linkChanged))
                .compose(v -> links.deploy())
                .compose(v -> listening(
                        "management",
                        config.management().port(),
                        management.listen(
                                config.management().host(), config.management().port())))
                .compose(port -> {
                    managementUrl = "http://" + config.management().host() + ':' + port;
                    return listening("http", config.http().port(), gateway.start());
                })
                .compose(this::serve);
    }

    /** Hazelcast and the event bus would find out too, but say so in a hundred lines, or do not say which port. */
    private static void mustBeFree(String key, String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    key + ' ' + port + " of cluster.host " + host + " cannot be had (" + e.getMessage()
                            + "); set another",
                    e);
        }
    }

    /** The system's own words do not say which port it is about. */
    private static Future<Integer> listening(String group, int port, Future<Integer> started) {
        return started.recover(failure -> Future.failedFuture(new IllegalStateException(
                group + ".port " + port + " cannot be had (" + failure.getMessage()
                        + "); set another, or 0 for a free one",
                failure)));
    }

    private Future<Void> serve(int port) {
        String scheme = config.http().tls().enabled() ? "wss" : "ws";
        url = config.http()
                .advertisedUrl()
                .orElseGet(() -> scheme + "://" + host(config.http().host()) + ':' + port + "/ws");
        catalog.url(url);
        config.processors().forEach(this::register);
        catalog.phase(ServiceCatalog.NodePhase.SERVING);
        feed.start();
        feed.tell();
        quorum.listen(this::quorumChanged);
        pressure.start();
        return settled().onComplete(settled -> warmUp.begin());
    }

    /** A node that is cut off tells its clients so, then sends them to the others: it must not act, and they are not. */
    private void quorumChanged(boolean has) {
        roomChanged();
        feed.refresh();
        if (!has) {
            gateway.sendAway("this node is cut off");
        }
    }

    /** There is room for new clients, or there is not, as far as quorum and memory go. */
    private void roomChanged() {
        gateway.full(pressure.isHigh());
        catalog.accepting(quorum.hasQuorum() && !pressure.isHigh());
        feed.tell();
    }

    /** An address that stands for all is none to connect to; this machine's name is, within its network. */
    private static String host(String host) {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                LOG.warn("this machine's name is not known, so clients are told {}: set http.advertised-url", host);
            }
        }
        return host.contains(":") ? '[' + host + ']' : host;
    }

    private void register(Processor processor) {
        Connector connector = links.connector(processor.id());
        Map<String, String> info = new LinkedHashMap<>();
        info.put("vendor", "Interaction Processor");
        info.put("version", Version.number());
        info.put("cti-vendor", connector.vendor());
        info.put(ServiceCatalog.CTI_VERSION, connector.version());
        info.put("instance-domain", processor.instanceDomain());
        catalog.register(processor.id(), processor.name(), info);
    }

    /** Waits a while until there is a majority and every link is up; then it serves, whether or not they are. */
    private Future<Void> settled() {
        Promise<Void> settled = Promise.promise();
        long until = monotonicMillis() + SETTLE_MS;
        vertx.setPeriodic(SETTLE_LOOK_MS, timer -> {
            Optional<String> missing =
                    quorum.hasQuorum() ? linksThatAreDown() : Optional.of("no majority of the cluster yet");
            if (missing.isEmpty() || monotonicMillis() > until) {
                vertx.cancelTimer(timer);
                missing.ifPresent(what -> LOG.warn("serving, but {}: sessions are refused until then", what));
                settled.complete();
            }
        });
        return settled.future();
    }

    private Optional<String> linksThatAreDown() {
        List<String> down =
                domains.keySet().stream().filter(link -> !links.available(link)).toList();
        return down.isEmpty() ? Optional.empty() : Optional.of("no working CTI link of " + String.join(", ", down));
    }

    private Optional<String> backupsThatLack() {
        return backups.whole()
                ? Optional.empty()
                : Optional.of("not everything has its backup yet since this node came: do not stop another one now");
    }

    private void linkChanged(LinkEvent event) {
        links.heard(event);
        feed.tell();
    }

    private String sessionAddress(String service) {
        String domain = domains.get(service);
        return domain == null ? null : Addresses.sessions(domain);
    }

    private NodeInfo self() {
        Map<String, NodeInfo.ServiceInfo> services = new HashMap<>();
        NodeInfo.Phase phase = draining ? NodeInfo.Phase.STOPPING : NodeInfo.Phase.IN_SERVICE;
        domains.forEach((service, domain) ->
                services.put(service, new NodeInfo.ServiceInfo(domain, phase, catalog.clientCount(service))));
        return new NodeInfo(cluster.nodeId(), url, managementUrl, catalog.acceptingClients(), services, links.held());
    }

    /** Returns where clients connect. */
    public String url() {
        return url;
    }

    /** Completes when somebody has asked the management port to drain the node; the process should then stop it. */
    public Future<Void> drainRequested() {
        return drainRequested.future();
    }

    /**
     * Drains: no new sessions, clients get 1012 and resume elsewhere, links are handed over, and sessions as their clients
     * come for them on other nodes; then nothing is served any more.
     * {@link #leave()} comes next. Never fails.
     */
    public Future<Void> drain() {
        long until = monotonicMillis() + HANDING_OVER_MS;
        draining = true;
        catalog.phase(ServiceCatalog.NodePhase.STOPPING);
        feed.tell();
        return gateway.drain("this node is draining")
                .transform(drained -> links.undeploy())
                .transform(undeployed -> gateway.stop())
                .transform(closed ->
                        othersAccept() ? sessions.clientsGone(until - monotonicMillis()) : Future.succeededFuture())
                .transform(gone -> sessions.undeploy())
                .transform(undeployed -> {
                    feed.stop();
                    pressure.stop();
                    quorum.close();
                    backups.close();
                    leases.stop();
                    return registry.stop();
                })
                .transform(stopped -> management.close())
                .transform(closed -> Future.succeededFuture());
    }

    /** Returns whether clients can go on anywhere else. */
    private boolean othersAccept() {
        return registry.nodes().stream()
                .anyMatch(node -> node.acceptingClients() && !node.node().equals(cluster.nodeId()));
    }

    /** Leaves the cluster and ends Vert.x; to be called from a thread that is not Vert.x's, which ends with it. */
    public Future<Void> leave() {
        return cluster.close();
    }

    private static long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
