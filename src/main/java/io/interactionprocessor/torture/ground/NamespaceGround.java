package io.interactionprocessor.torture.ground;

import io.interactionprocessor.nodes.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Each node in a network namespace of its own, all on one bridge, the harness at the bridge's own address. A cut is a rule in
 * the receiver's namespace that drops what comes from the sender's address. Clients reach every node whatever is cut.
 */
public final class NamespaceGround implements Ground {
    private static final Ports PORTS = new Ports(8080, 8081, 5701);
    private static final int FIRST_HOST = 11;
    private static final int SUBNETS = 250;

    /** A process may have several, also at the same time. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String tag = tag();
    private final String bridge = "ipb" + tag;
    private final boolean nft = Shell.succeeds("nft", "--version");
    private final List<Place> places = new ArrayList<>();

    /** Returns whether this process may make namespaces, by making one. */
    public static boolean isPossible() {
        String name = "ipx" + tag();
        if (!Shell.succeeds("ip", "netns", "add", name)) {
            return false;
        }
        boolean firewall = Shell.succeeds("ip", "netns", "exec", name, "nft", "--version")
                || Shell.succeeds("ip", "netns", "exec", name, "iptables", "-L");
        Shell.succeeds("ip", "netns", "del", name);
        return firewall;
    }

    /** Short: a device's name has 15 characters at most. */
    private static String tag() {
        return Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX) + 'x' + COUNT.incrementAndGet();
    }

    /** Makes the bridge and a namespace for each node. */
    public NamespaceGround(int nodes) {
        try {
            String subnet = addBridge();
            for (int i = 0; i < nodes; i++) {
                add(i, subnet + '.' + (FIRST_HOST + i));
            }
        } catch (Shell.Failed e) {
            close();
            throw e;
        }
    }

    private void add(int index, String address) {
        String namespace = namespace(index);
        String outer = outer(index);
        Shell.run("ip", "netns", "add", namespace);
        Shell.run("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        Shell.run("ip", "link", "set", outer, "master", bridge, "up");
        in(namespace, "ip", "link", "set", "lo", "up");
        in(namespace, "ip", "addr", "add", address + "/24", "dev", "eth0");
        in(namespace, "ip", "link", "set", "eth0", "up");
        if (nft) {
            in(namespace, "nft", "add", "table", "ip", "cut");
            in(namespace, "nft", "add", "chain", "ip", "cut", "in", "{ type filter hook input priority 0 ; }");
        }
        places.add(new Place(address, PORTS, List.of("ip", "netns", "exec", namespace)));
    }

    private String addBridge() {
        synchronized (NamespaceGround.class) {
            String subnet = freeSubnet();
            Shell.run("ip", "link", "add", bridge, "type", "bridge");
            Shell.run("ip", "addr", "add", subnet + ".1/24", "dev", bridge);
            Shell.run("ip", "link", "set", bridge, "up");
            return subnet;
        }
    }

    private static String freeSubnet() {
        String taken = Shell.run("ip", "-4", "addr");
        int first = (int) (ProcessHandle.current().pid() % SUBNETS);
        for (int i = 0; i < SUBNETS; i++) {
            String subnet = "10.213." + (first + i) % SUBNETS;
            if (!taken.contains(subnet + '.')) {
                return subnet;
            }
        }
        throw new Shell.Failed("no free network in 10.213.0.0/16");
    }

    private String namespace(int index) {
        return "ipn" + tag + '-' + index;
    }

    private String outer(int index) {
        return "ipv" + tag + index;
    }

    private static void in(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        Shell.run(all);
    }

    @Override
    public String name() {
        return "network namespaces";
    }

    @Override
    public List<Place> places() {
        return List.copyOf(places);
    }

    @Override
    public boolean isLoopback() {
        return false;
    }

    @Override
    public boolean canCut() {
        return true;
    }

    @Override
    public void cut(int from, int to) {
        String sender = places.get(from).host();
        if (nft) {
            in(namespace(to), "nft", "add", "rule", "ip", "cut", "in", "ip", "saddr", sender, "drop");
        } else {
            in(namespace(to), "iptables", "-A", "INPUT", "-s", sender, "-j", "DROP");
        }
    }

    @Override
    public void heal() {
        for (int i = 0; i < places.size(); i++) {
            if (nft) {
                in(namespace(i), "nft", "flush", "chain", "ip", "cut", "in");
            } else {
                in(namespace(i), "iptables", "-F", "INPUT");
            }
        }
    }

    /**
     * Removes what was made; a second time there is nothing to do. A namespace lives on, and its veth pair with it, as long
     * as a connection in it waits for an answer from behind a cut: so the pairs are removed by name.
     */
    @Override
    public void close() {
        for (int i = 0; i < places.size() + 1; i++) {
            Shell.succeeds("ip", "link", "del", outer(i));
            Shell.succeeds("ip", "netns", "del", namespace(i));
        }
        Shell.succeeds("ip", "link", "del", bridge);
    }
}
