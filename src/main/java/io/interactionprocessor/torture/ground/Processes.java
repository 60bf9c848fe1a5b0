package io.interactionprocessor.torture.ground;

import io.interactionprocessor.nodes.NodeProcess;

/** What is done to the processes of nodes, whatever runs in them. */
final class Processes {
    private Processes() {}

    /** Stops a process where it stands (SIGSTOP). */
    static void freeze(NodeProcess node) {
        Shell.run("kill", "-STOP", Long.toString(node.pid()));
    }

    /** Lets it go on (SIGCONT). */
    static void thaw(NodeProcess node) {
        Shell.run("kill", "-CONT", Long.toString(node.pid()));
    }

    /**
     * Kills all and waits until they have gone. What they might still have to say nobody wants to hear.
     *
     * @param nodes null where none was started
     */
    static void end(NodeProcess... nodes) {
        for (NodeProcess node : nodes) {
            if (node != null) {
                node.kill();
            }
        }
        try {
            for (NodeProcess node : nodes) {
                if (node != null) {
                    node.awaitEnd();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
