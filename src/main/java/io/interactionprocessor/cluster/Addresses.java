package io.interactionprocessor.cluster;

/**
 * Every event-bus address there is. Their number grows with domains, links and nodes, never with agents or sessions: a
 * cluster-wide consumer costs a millisecond on every node and again when one dies.
 */
public final class Addresses {
    private Addresses() {}

    /**
     * The session verticle of an instance-domain on this node; connection verticles of the same node speak to it. Local: to
     * be registered with {@code localConsumer}.
     */
    public static String sessions(String domain) {
        return "sessions." + domain;
    }

    /** The session verticle of an instance-domain on a node, for its twins and for the CTI verticles of other nodes. */
    public static String node(String node, String domain) {
        return "node." + node + '.' + domain;
    }

    /** The CTI verticle of a link on a node: commands go to the one that holds the link. */
    public static String cti(String link, String node) {
        return "cti." + link + '.' + node;
    }

    /** One connection verticle; local. */
    public static String connection(long number) {
        return "connection." + number;
    }
}
