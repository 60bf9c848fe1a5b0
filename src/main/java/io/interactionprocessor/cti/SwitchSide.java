package io.interactionprocessor.cti;

import io.vertx.core.Future;

/** A connector whose switch has a side of its own to be operated from, as the simulated one has. */
public interface SwitchSide {
    /**
     * Does what is asked on the switch's own side, also while the link is down.
     *
     * @param json the request, in the switch's own terms
     * @return fails if the outcome is unknown
     */
    Future<LinkReply.Side> operate(String json);
}
