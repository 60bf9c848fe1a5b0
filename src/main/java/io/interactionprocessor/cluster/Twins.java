package io.interactionprocessor.cluster;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.Ports;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Reaches the session verticles of an instance-domain on other nodes. Used on the session verticle's context. */
final class Twins implements Ports.Peers {
    private final Vertx vertx;
    private final String domain;
    private final Predicate<String> isMember;
    private final DeliveryOptions options;
    private final Map<String, Set<Promise<Void>>> asked = new HashMap<>();

    /**
     * Creates the way to a domain's twins.
     *
     * @param isMember says whether a node is in the cluster: who is not is not waited for
     * @param timeout how long to wait for one that is, in milliseconds
     */
    Twins(Vertx vertx, String domain, Predicate<String> isMember, long timeout) {
        this.vertx = vertx;
        this.domain = domain;
        this.isMember = isMember;
        this.options = new DeliveryOptions().setSendTimeout(timeout);
    }

    @Override
    public CompletionStage<Void> handOver(String node, SessionId session, Epoch newEpoch) {
        return ask(node, new TwinMessage.HandOver(session, newEpoch));
    }

    @Override
    public CompletionStage<Void> overridden(String node, SessionId session, Epoch newEpoch) {
        return ask(node, new TwinMessage.Overridden(session, newEpoch));
    }

    private CompletionStage<Void> ask(String node, TwinMessage message) {
        if (node == null || !isMember.test(node)) {
            return CompletableFuture.completedFuture(null);
        }
        Promise<Void> answer = Promise.promise();
        Set<Promise<Void>> here = asked.computeIfAbsent(node, any -> new HashSet<>());
        here.add(answer);
        vertx.eventBus()
                .request(Addresses.node(node, domain), message, options)
                .<Void>mapEmpty()
                .onComplete(done -> {
                    here.remove(answer);
                    if (done.succeeded()) {
                        answer.tryComplete();
                    } else {
                        answer.tryFail(done.cause());
                    }
                });
        return answer.future().toCompletionStage();
    }

    /** A node has left the cluster: it will not answer any more, and whoever waits for it need not. */
    void left(String node) {
        Set<Promise<Void>> there = asked.remove(node);
        if (there != null) {
            List.copyOf(there).forEach(Promise::tryComplete);
        }
    }
}
