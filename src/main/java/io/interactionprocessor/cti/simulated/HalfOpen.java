package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.cti.Connector;
import io.interactionprocessor.model.csta.AgentEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * A link that looks well and over which nothing gets through, in either direction: what is asked meanwhile is lost, but for
 * pings, which are answered late. It is the link of its present holder; another node's is a new one. One context.
 */
final class HalfOpen {
    private final List<Promise<Void>> pings = new ArrayList<>();
    private boolean now;

    boolean isNow() {
        return now;
    }

    void set(boolean halfOpen) {
        now = halfOpen;
        if (!now) {
            List.copyOf(pings).forEach(Promise::tryComplete);
            pings.clear();
        }
    }

    void end() {
        now = false;
        pings.clear();
    }

    /** What is asked and gets lost. */
    <T> Future<T> never() {
        return Promise.<T>promise().future();
    }

    Future<Void> ping() {
        if (!now) {
            return Future.succeededFuture();
        }
        Promise<Void> late = Promise.promise();
        pings.add(late);
        return late.future();
    }

    /** Lets events through to a listener as long as the link is not half open. */
    Connector.Listener hearing(Connector.Listener listener) {
        return new Connector.Listener() {
            @Override
            public void agentChanged(AgentEvent event) {
                if (!now) {
                    listener.agentChanged(event);
                }
            }

            @Override
            public void linkChanged(boolean up, String reason) {
                listener.linkChanged(up, reason);
            }
        };
    }
}
