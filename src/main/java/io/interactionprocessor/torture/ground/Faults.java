package io.interactionprocessor.torture.ground;

import java.util.List;

/** What can be done to nodes that the harness has started itself. */
public interface Faults {
    /** Kills a node's process, as {@code kill -9} does. */
    void kill(int index);

    /** Starts a node that does not run; does not wait for it. */
    void start(int index);

    /** Waits until a node that was started serves. */
    void awaitReady(int index) throws InterruptedException;

    /** Asks a node to drain and end (SIGTERM), and waits until it has. Returns its exit status. */
    int stop(int index) throws InterruptedException;

    /** Stops a node's process where it stands (SIGSTOP). */
    void freeze(int index);

    /** Lets it go on (SIGCONT). */
    void thaw(int index);

    /** Returns whether nodes can be cut off from each other. */
    boolean canCut();

    /** From now on nothing that one node sends reaches the other. */
    void cut(int from, int to);

    /** Undoes every cut. */
    void heal();

    /** From its next start on the node is started with this command. */
    void release(int index, List<String> java);

    /** From its next start on the node's log goes to a device that is full. */
    void fullLog(int index);

    /**
     * Returns how many times nodes have ended by themselves since this was asked last. To be asked while all are meant to
     * run: one that does not has ended by itself.
     */
    int newlyEnded();

    /** Collects the garbage of a node and returns how many MB of heap are left, or NaN if that cannot be told. */
    double heapAfterCollection(int index);

    /** Returns what the node's process takes, as the operating system counts it. */
    Footprint footprint(int index);
}
