package io.interactionprocessor;

import io.interactionprocessor.cluster.LinkLeases;
import io.interactionprocessor.cti.LinkLease;
import io.vertx.core.Future;

/** The CTI verticle's lease, kept in the grid. Used on that verticle's context. */
final class LeaseBridge implements LinkLease {
    private final LinkLeases leases;
    private final String link;
    private io.interactionprocessor.cluster.LinkLease candidate;

    LeaseBridge(LinkLeases leases, String link) {
        this.leases = leases;
        this.link = link;
    }

    @Override
    public void compete(Listener listener) {
        candidate = leases.lease(link, listener::granted, listener::lost);
        candidate.start();
    }

    @Override
    public boolean held() {
        return candidate != null && candidate.held();
    }

    @Override
    public Future<Void> release() {
        return candidate == null ? Future.succeededFuture() : candidate.release();
    }
}
