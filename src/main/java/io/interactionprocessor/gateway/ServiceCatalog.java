package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.ServiceEvent;
import io.interactionprocessor.protocol.ServiceObject;
import io.interactionprocessor.protocol.ServiceObject.NodeStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The services of this node as clients see them (protocol 4), and who is told when one changes. The root package says which
 * services there are and what the cluster says of them; connections say what they have bound.
 *
 * <p>A change of status, of who accepts clients or of the set of nodes is told at once; one of client counts alone at most
 * once in 5 s for each service.
 *
 * <p>Thread-safe: all event loops share it. Subscribers are called under its lock, so that each sees the changes in their
 * order and none that its list had already; they must only note the text for their own thread.
 */
public final class ServiceCatalog {
    /** The service that is always there. */
    public static final String SERVICE_MONITOR = "ServiceMonitor";

    /** The name of the switch's version in a service's {@code info} (protocol 4). */
    public static final String CTI_VERSION = "cti-version";

    static final String SERVICE_MONITOR_TYPE = "serviceMonitor";
    static final String PROCESSOR_TYPE = "interactionProcessor";
    static final long COUNTS_AT_MOST_EVERY_MILLIS = 5000;

    private final Function<ServiceEvent, String> writer;
    private final LongSupplier clock;
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Set<Consumer<String>> subscribers = new LinkedHashSet<>();
    private Set<String> younger = Set.of();
    private String url;
    private NodePhase phase = NodePhase.STARTING;
    private boolean accepting = true;

    /** Where this node is in its life. */
    public enum NodePhase {
        /** Coming up. */
        STARTING,
        /** Working. */
        SERVING,
        /** Draining. */
        STOPPING
    }

    /**
     * Knows the {@code ServiceMonitor} only; the node is {@link NodePhase#STARTING}.
     *
     * @param url this node's WebSocket, as clients reach it
     * @param writer renders an event
     * @param clock milliseconds on any clock that does not go back
     */
    public ServiceCatalog(String url, Function<ServiceEvent, String> writer, LongSupplier clock) {
        this.url = url;
        this.writer = writer;
        this.clock = clock;
        Service monitor = new Service(SERVICE_MONITOR, SERVICE_MONITOR, SERVICE_MONITOR_TYPE, Map.of());
        monitor.working = true;
        services.put(SERVICE_MONITOR, monitor);
        remember();
    }

    /**
     * There is a service on this node, or it has other words about itself.
     *
     * @param info vendor, version, cti-vendor, cti-version, instance-domain
     */
    public synchronized void register(String id, String name, Map<String, String> info) {
        if (id.equals(SERVICE_MONITOR)) {
            throw new IllegalArgumentException("the id " + SERVICE_MONITOR + " is taken");
        }
        Service known = services.get(id);
        Service service = new Service(id, name, PROCESSOR_TYPE, info);
        if (known == null) {
            services.put(id, service);
            service.told = service.object();
            tell(new ServiceEvent.ServiceRegistered(service.told));
        } else {
            service.takeOver(known);
            services.put(id, service);
            changed(service);
        }
    }

    /** A service is gone from this node. */
    public synchronized void unregister(String id) {
        Service gone = id.equals(SERVICE_MONITOR) ? null : services.remove(id);
        if (gone != null) {
            tell(new ServiceEvent.ServiceUnregistered(gone.object()));
        }
    }

    /**
     * What the cluster says of a service.
     *
     * @param working whether some node holds a working CTI link
     * @param others the other nodes of the instance-domain; this node's own entry, if it is among them, is left out
     */
    public synchronized void cluster(String id, boolean working, List<NodeStatus> others) {
        Service service = services.get(id);
        if (service != null) {
            service.working = working;
            service.others =
                    others.stream().filter(node -> !node.url().equals(url)).toList();
            changed(service);
        }
    }

    /** What the node that holds a service's link has learnt of its switch's version; empty while it knows nothing. */
    public synchronized void ctiVersion(String id, String version) {
        Service service = services.get(id);
        if (service != null && !version.isEmpty() && !version.equals(service.info.get(CTI_VERSION))) {
            Map<String, String> info = new LinkedHashMap<>(service.info);
            info.put(CTI_VERSION, version);
            service.info = info;
            changed(service);
        }
    }

    /** The URLs of the nodes that have joined the cluster after this one. */
    public synchronized void younger(Set<String> urls) {
        younger = urls;
    }

    synchronized boolean isYounger(NodeStatus node) {
        return younger.contains(node.url());
    }

    /** This node's WebSocket has another address, for example the port it was given in the end. */
    public synchronized void url(String now) {
        url = now;
        services.values().forEach(this::changed);
    }

    /** This node starts, serves, or drains. */
    public synchronized void phase(NodePhase now) {
        phase = now;
        services.values().forEach(this::changed);
    }

    /** Whether this node takes new clients as far as the cluster is concerned: not while it is cut off. */
    public synchronized void accepting(boolean may) {
        accepting = may;
        services.values().forEach(this::changed);
    }

    /** Returns how many clients have bound a service on this node, for the cluster to know. */
    public synchronized int clientCount(String id) {
        Service service = services.get(id);
        return service == null ? 0 : service.clients;
    }

    /** Returns whether this node takes new clients, for the cluster to know. */
    public synchronized boolean acceptingClients() {
        return phase == NodePhase.SERVING && accepting;
    }

    /** Returns all services, or those of one type. */
    public synchronized List<ServiceObject> services(Optional<String> type) {
        List<ServiceObject> list = new ArrayList<>();
        for (Service service : services.values()) {
            if (type.isEmpty() || type.get().equals(service.type)) {
                list.add(service.object());
            }
        }
        return list;
    }

    /** Returns the other nodes of all services, each once. */
    synchronized List<NodeStatus> otherNodes() {
        Map<String, NodeStatus> nodes = new LinkedHashMap<>();
        services.values().forEach(service -> service.others.forEach(node -> nodes.putIfAbsent(node.url(), node)));
        return List.copyOf(nodes.values());
    }

    synchronized boolean has(String id) {
        return services.containsKey(id);
    }

    /** A client has bound a service. */
    synchronized void bound(String id) {
        count(id, 1);
    }

    /** A client that had bound a service has unbound it, or is gone. */
    synchronized void unbound(String id) {
        count(id, -1);
    }

    /** Returns the {@code serviceList} event; every later change goes to {@code subscriber}, rendered. */
    synchronized String subscribe(Consumer<String> subscriber) {
        if (subscribers.isEmpty()) {
            remember();
        }
        subscribers.add(subscriber);
        return writer.apply(new ServiceEvent.ServiceList(services(Optional.empty())));
    }

    synchronized void unsubscribe(Consumer<String> subscriber) {
        subscribers.remove(subscriber);
    }

    synchronized int subscriberCount() {
        return subscribers.size();
    }

    /** Tells changes of counts that had to wait. */
    synchronized void tick() {
        if (!subscribers.isEmpty()) {
            services.values().forEach(this::changed);
        }
    }

    private void count(String id, int change) {
        Service service = services.get(id);
        if (service != null) {
            service.clients = Math.max(0, service.clients + change);
            changed(service);
        }
    }

    private void changed(Service service) {
        if (subscribers.isEmpty()) {
            return;
        }
        ServiceObject now = service.object();
        if (now.equals(service.told)) {
            return;
        }
        boolean countsOnly = withoutCounts(now).equals(withoutCounts(service.told));
        // Who looks at the monitor would change what he sees: its own count is no news.
        boolean mayWait = countsOnly
                && (service.id.equals(SERVICE_MONITOR)
                        || clock.getAsLong() - service.countsToldAt < COUNTS_AT_MOST_EVERY_MILLIS);
        if (!mayWait) {
            service.told = now;
            service.countsToldAt = clock.getAsLong();
            tell(new ServiceEvent.ServiceStatusChanged(now));
        }
    }

    private void tell(ServiceEvent event) {
        if (!subscribers.isEmpty()) {
            String text = writer.apply(event);
            subscribers.forEach(subscriber -> subscriber.accept(text));
        }
    }

    private void remember() {
        services.values().forEach(service -> service.told = service.object());
    }

    private static ServiceObject withoutCounts(ServiceObject service) {
        ServiceObject.ServiceStatus status = service.serviceStatus();
        List<NodeStatus> nodes = status.nodes().stream()
                .map(node -> new NodeStatus(node.url(), node.acceptingClients(), 0))
                .toList();
        return new ServiceObject(
                service.id(),
                service.name(),
                service.type(),
                service.info(),
                new ServiceObject.ServiceStatus(status.status(), status.acceptingClients(), 0, nodes));
    }

    /** One service; guarded by the catalogue's lock. */
    private final class Service {
        private final String id;
        private final String name;
        private final String type;
        private Map<String, String> info;
        private boolean working;
        private List<NodeStatus> others = List.of();
        private int clients;
        private ServiceObject told;
        private long countsToldAt = clock.getAsLong() - COUNTS_AT_MOST_EVERY_MILLIS;

        Service(String id, String name, String type, Map<String, String> info) {
            this.id = id;
            this.name = name;
            this.type = type;
            this.info = info;
        }

        void takeOver(Service older) {
            working = older.working;
            others = older.others;
            clients = older.clients;
            told = older.told;
            countsToldAt = older.countsToldAt;
        }

        ServiceObject object() {
            boolean open = acceptingClients();
            List<NodeStatus> nodes = new ArrayList<>();
            nodes.add(new NodeStatus(url, open, clients));
            nodes.addAll(others);
            return new ServiceObject(
                    id, name, type, info, new ServiceObject.ServiceStatus(status(), open, clients, nodes));
        }

        private ServiceObject.Status status() {
            return switch (phase) {
                case STARTING -> ServiceObject.Status.Starting;
                case STOPPING -> ServiceObject.Status.Stopping;
                case SERVING -> working ? ServiceObject.Status.InService : ServiceObject.Status.OutOfService;
            };
        }
    }
}
