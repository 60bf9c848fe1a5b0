package io.interactionprocessor.nodes;

import java.io.Serial;

/** A node has not come up; the message is for people. */
public final class NodeFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NodeFailed(String message) {
        super(message);
    }
}
