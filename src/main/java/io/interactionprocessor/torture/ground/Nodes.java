package io.interactionprocessor.torture.ground;

import java.util.List;

/** The cluster under test. */
public interface Nodes extends AutoCloseable {
    /** Returns how many nodes there are. */
    int size();

    /** Returns where clients connect. */
    String url(int index);

    /** Returns a node's management port as a URL, or null if it is not known. */
    String management(int index);

    /** Returns the nodes' URLs. */
    List<String> urls();

    /** Returns the first agent's id; the others are the numbers after it. */
    int firstAgent();

    /** Returns what they stand on, for the table. */
    String ground();

    /** Returns the faults that can be given to them, or nothing if they are somebody else's. */
    Faults faults();

    @Override
    void close();
}
