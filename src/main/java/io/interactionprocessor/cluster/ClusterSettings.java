package io.interactionprocessor.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where a node stands in its cluster. Everything else of Hazelcast is in {@code cluster.xml}.
 *
 * @param name the cluster's name: only nodes of one name join
 * @param host the address of this machine that the others reach it at, a name or an IP address, never {@code 0.0.0.0}:
 *     members trust each other without a password
 * @param port this node's port; the real one, since the others list it
 * @param busPort the event bus's port; 0: any free one. The others learn it through the cluster, but a firewall between them
 *     must know it
 * @param members all nodes that belong to the cluster, {@code host:port}, this one among them
 * @param quorum how many nodes have to hear each other so that they may grant anything; 0: the majority of
 *     {@code members}; 1: no protection
 * @param file Hazelcast's settings; where there is no such file, the one in the jar is taken
 */
public record ClusterSettings(
        String name, String host, int port, int busPort, List<String> members, int quorum, Path file) {
    public ClusterSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(file, "file");
        members = List.copyOf(members);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + ": the others list it, so choose one of 1 to 65535");
        }
        if (busPort < 0 || busPort > 65535) {
            throw new IllegalArgumentException("bus port " + busPort + ": 0 for a free one, or one of 1 to 65535");
        }
        if (quorum < 0) {
            throw new IllegalArgumentException("quorum " + quorum + ": 0 for the majority of the members, or a size");
        }
    }

    /** Settings with the event bus on any free port. */
    public ClusterSettings(String name, String host, int port, List<String> members, int quorum, Path file) {
        this(name, host, port, 0, members, quorum, file);
    }

    /** Returns how many nodes have to hear each other: 1 where there is no protection, as on a single node. */
    public int quorumSize() {
        if (quorum > 0) {
            return quorum;
        }
        return members.size() <= 1 ? 1 : members.size() / 2 + 1;
    }
}
