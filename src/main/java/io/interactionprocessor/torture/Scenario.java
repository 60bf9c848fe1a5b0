package io.interactionprocessor.torture;

import io.interactionprocessor.torture.report.Figure;
import java.util.List;

/** One line of the specification: what is done to the cluster, and what is measured on top of what always is. */
interface Scenario {
    /** What must be possible. */
    enum Need {
        NOTHING,
        /** The switch's own side, on a management port. */
        SWITCH,
        PROCESSES,
        CUTS
    }

    /** Returns its id in the specification. */
    String id();

    /** Returns what is done, in a few words. */
    String title();

    /** Returns what must be possible for that. */
    Need need();

    /**
     * Returns whether it is measured on loopback, because it needs no cut: there nodes may know plain passwords, and what a
     * login costs is not what a hash of a password costs.
     */
    default boolean onLoopback() {
        return false;
    }

    /** Returns whether its cluster starts with the previous release, if one was given, and becomes this one. */
    default boolean onPreviousRelease() {
        return false;
    }

    /** Does it; blocks. */
    void run(Run run) throws InterruptedException;

    /** Returns its own figures, when all is over and all histories are complete. */
    default List<Figure> figures(Run run) {
        return List.of();
    }
}
