package io.interactionprocessor;

import io.interactionprocessor.cluster.LinkLeases;
import io.interactionprocessor.cluster.NodeInfo;
import io.interactionprocessor.cluster.NodeRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Whether links work, wherever in the cluster they are held. Thread-safe. */
final class LinkAvailability {
    /** A link whose node was killed works again on another within this time; a frozen one's takes longer. */
    private static final long MOVES_WITHIN_MS = 3_000;

    private final Vertx vertx;
    private final LinkLeases leases;
    private final NodeRegistry registry;
    private final List<Waiting> waiting = new CopyOnWriteArrayList<>();

    private record Waiting(String link, Context context, Promise<Boolean> promise) {}

    LinkAvailability(Vertx vertx, LinkLeases leases, NodeRegistry registry) {
        this.vertx = vertx;
        this.leases = leases;
        this.registry = registry;
        registry.listen(this::look);
        leases.listen((link, holder) -> look());
    }

    /** Whether some node holds a working link. */
    boolean isUp(String link) {
        return state(link).orElse(false);
    }

    /** As {@link #isUp}, but waits a little for a link that nobody holds at present. Completes on the caller's context. */
    Future<Boolean> settled(String link) {
        Optional<Boolean> up = state(link);
        if (up.isPresent()) {
            return Future.succeededFuture(up.get());
        }
        Waiting one = new Waiting(link, vertx.getOrCreateContext(), Promise.promise());
        waiting.add(one);
        vertx.setTimer(MOVES_WITHIN_MS, over -> one.promise().tryComplete(isUp(link)));
        look();
        return one.promise().future().onComplete(done -> waiting.remove(one));
    }

    private void look() {
        for (Waiting one : waiting) {
            state(one.link())
                    .ifPresent(
                            up -> one.context().runOnContext(v -> one.promise().tryComplete(up)));
        }
    }

    /** Nothing while no node holds the link, or its new holder has not said yet how it is. */
    private Optional<Boolean> state(String link) {
        return leases.holderOf(link)
                .flatMap(holder -> registry.node(holder.node()))
                .map(node -> node.links().get(link))
                .map(NodeInfo.LinkInfo::up);
    }
}
