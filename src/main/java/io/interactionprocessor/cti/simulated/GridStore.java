package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.Epoch;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/**
 * Where the simulated switch's state lives: replicated memory that survives the loss of any node. One store for each link.
 *
 * <p>It is fenced: once a lease has opened it, every write under an older lease is refused, so that a holder that was
 * frozen and thaws changes nothing. A write is all or nothing, and the check of the lease is one step with it; keeping
 * all of a link's entries in one entry of the grid, changed by an operation that carries only the difference, gives both.
 *
 * <p>Futures complete on the context of the caller.
 */
public interface GridStore {
    /**
     * Makes {@code lease} the oldest one that may write, then reads everything.
     *
     * @return all entries by key; fails if a newer lease has opened the store already, or the grid cannot be reached
     */
    Future<Map<String, byte[]>> open(Epoch lease);

    /**
     * Writes some entries and removes others, all or none of it.
     *
     * @return completes when the change is replicated; fails if a newer lease has opened the store (then nothing was
     *     written), or the grid cannot be reached (then the outcome is unknown)
     */
    Future<Void> write(Epoch lease, Map<String, byte[]> puts, Set<String> removes);
}
