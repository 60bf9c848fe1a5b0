package io.interactionprocessor.torture.ground;

import io.interactionprocessor.nodes.Ports;
import java.util.List;

/** The network between the nodes. Made by the run itself, and removed by it. */
public interface Ground extends AutoCloseable {
    /**
     * Where a node lives.
     *
     * @param host its address, for clients and for the other nodes
     * @param prefix what stands before the command that starts a process there
     */
    record Place(String host, Ports ports, List<String> prefix) {
        public Place {
            prefix = List.copyOf(prefix);
        }
    }

    /** Returns what it is, for the table. */
    String name();

    /** Returns the nodes' places. */
    List<Place> places();

    /** Returns whether it is this machine's loopback, where plain passwords may be used. */
    boolean isLoopback();

    /** Returns whether it can be cut. */
    boolean canCut();

    /** From now on nothing that one node sends reaches the other; the other direction is not touched. */
    void cut(int from, int to);

    /** Undoes every cut. */
    void heal();

    @Override
    void close();
}
