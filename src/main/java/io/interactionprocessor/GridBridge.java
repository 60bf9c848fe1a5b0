package io.interactionprocessor;

import io.interactionprocessor.cluster.GridByteStore;
import io.interactionprocessor.cti.simulated.GridStore;
import io.interactionprocessor.model.Epoch;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** The simulated switch's memory, kept in the grid. */
final class GridBridge implements GridStore {
    private static final String FENCED = "a newer holder of the link's lease has opened the switch's store";

    private final GridByteStore store;

    GridBridge(GridByteStore store) {
        this.store = store;
    }

    @Override
    public Future<Map<String, byte[]>> open(Epoch lease) {
        return store.loadAll(lease)
                .compose(entries -> entries.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(FENCED)));
    }

    @Override
    public Future<Void> write(Epoch lease, Map<String, byte[]> puts, Set<String> removes) {
        return store.write(puts, removes, lease)
                .compose(written -> written ? Future.succeededFuture() : Future.failedFuture(FENCED));
    }
}
