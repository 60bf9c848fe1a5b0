package io.interactionprocessor.cti;

import io.interactionprocessor.model.Epoch;
import io.vertx.core.Future;

/**
 * The right to be a link's one active holder in the cluster (design 5). The implementation acquires it, renews it, and
 * notices on its own clock when it may have run out; here it is only wanted and lost.
 */
public interface LinkLease {

    /** Is told, on the context of the caller of {@link #compete}. */
    interface Listener {
        /**
         * This node holds the lease from now on.
         *
         * @param epoch higher than every earlier holder's
         */
        void granted(Epoch epoch);

        /** This node no longer holds it, or can no longer be sure that it does: it commands nothing any more. */
        void lost();
    }

    /** Wants the lease: it is granted when it is free, again and again after it was lost, until {@link #release}. */
    void compete(Listener listener);

    /** Returns whether this node holds the lease at this very moment, by its monotonic clock. Asked before each request. */
    boolean held();

    /** Lets go of the lease and wants it no more. The listener is not called again. */
    Future<Void> release();
}
