package io.interactionprocessor.cluster;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.SessionEnding;
import io.interactionprocessor.session.DirectoryEntry;
import io.interactionprocessor.session.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;

/** What an administrator can do with sessions, wherever in the cluster they are. Completes on the caller's context. */
public final class Administration {
    private static final long ANSWER_WITHIN_MS = 3_000;

    private final Vertx vertx;
    private final Ports.Directory directory;

    /** Creates it over the directory that says where sessions are. */
    public Administration(Vertx vertx, Ports.Directory directory) {
        this.vertx = vertx;
        this.directory = directory;
    }

    /** Ends an agent's session, unless an interaction is open; fails if the cluster or its node does not answer. */
    public Future<SessionEnding> end(AgentKey agent) {
        return Future.fromCompletionStage(directory.find(agent), vertx.getOrCreateContext())
                .compose(entry -> entry.filter(DirectoryEntry::occupied)
                        .map(found -> end(agent.domain(), found))
                        .orElse(Future.succeededFuture(SessionEnding.NO_SESSION)));
    }

    private Future<SessionEnding> end(String domain, DirectoryEntry entry) {
        return vertx.eventBus()
                .<TwinMessage.Ending>request(
                        Addresses.node(entry.node(), domain),
                        new TwinMessage.End(entry.session()),
                        new DeliveryOptions().setSendTimeout(ANSWER_WITHIN_MS))
                .map(reply -> reply.body().begun() ? SessionEnding.BEGUN : SessionEnding.INTERACTION_OPEN);
    }
}
