package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.ServiceObject.NodeStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where clients that have to leave this node can go, as the reason of their close frame (protocol 1). Each is named the node
 * with the fewest clients first, those that were sent there before counted once, whether they have arrived or not, so that
 * none is overrun. Nodes that have come
 * after this one may have a quarter more than the others: when nodes are restarted one after the other these are the ones
 * that have been, one of them with room for all, and nobody should have to move more than twice. Thread-safe.
 */
final class OtherNodes {
    /** A close frame has no room for more (RFC 6455, 5.5). */
    static final int LONGEST_REASON = 123;

    private final Supplier<List<NodeStatus>> nodes;
    private final Predicate<NodeStatus> younger;
    /** What each node will have when all are there that were sent to it. */
    private final Map<String, Integer> expected = new HashMap<>();

    /**
     * Creates it over what is known of the other nodes at the time.
     *
     * @param younger whether a node has come after this one
     */
    OtherNodes(Supplier<List<NodeStatus>> nodes, Predicate<NodeStatus> younger) {
        this.nodes = nodes;
        this.younger = younger;
    }

    /** Returns a reason that names as many nodes as there is room for, the best first. */
    synchronized String reason(String why) {
        List<NodeStatus> others = new ArrayList<>(nodes.get());
        if (others.stream().anyMatch(NodeStatus::acceptingClients)) {
            others.removeIf(node -> !node.acceptingClients());
        }
        others.sort(Comparator.comparingInt(this::weight).thenComparing(node -> !younger.test(node)));
        if (!others.isEmpty()) {
            expected.put(others.get(0).url(), clients(others.get(0)) + 1);
        }
        StringBuilder reason = new StringBuilder(why);
        String before = ": ";
        for (NodeStatus node : others) {
            String more = before + node.url();
            if (bytes(reason.toString()) + bytes(more) <= LONGEST_REASON) {
                reason.append(more);
                before = " ";
            }
        }
        return reason.toString();
    }

    private int weight(NodeStatus node) {
        return clients(node) * (younger.test(node) ? 4 : 5);
    }

    private int clients(NodeStatus node) {
        return Math.max(node.clientCount(), expected.getOrDefault(node.url(), 0));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
