package io.interactionprocessor;

import io.interactionprocessor.config.HostPort;
import io.interactionprocessor.config.NodeConfig;
import io.interactionprocessor.ops.ManagementServer;
import io.interactionprocessor.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;

/** One running node: the only place that wires the parts together. */
public final class Node {
    private final Vertx vertx;
    private final ManagementServer management;
    private final Promise<Void> drained = Promise.promise();
    private final String url;

    private Node(NodeConfig config) {
        vertx = Vertx.vertx();
        management = new ManagementServer(vertx, new Metrics(), drained::tryComplete);
        management.readiness("node", () -> drained.future().isComplete() ? Optional.of("draining") : Optional.empty());
        url = config.http()
                .advertisedUrl()
                .orElse("ws://"
                        + new HostPort(config.http().host(), config.http().port()) + "/ws");
    }

    /** Starts a node; completes when it serves, fails (and leaves nothing behind) when it cannot. */
    public static Future<Node> start(NodeConfig config) {
        Node node = new Node(config);
        return node.management
                .listen(config.management().host(), config.management().port())
                .map(node)
                .onFailure(failure -> node.stop());
    }

    /** Returns where clients connect. */
    public String url() {
        return url;
    }

    /** Completes when somebody has asked the management port to drain the node; the process should then stop it. */
    public Future<Void> drainRequested() {
        return drained.future();
    }

    /** Drains and stops: clients get 1012, the cluster loses nothing. Completes when all is closed. */
    public Future<Void> stop() {
        return management.close().transform(closed -> vertx.close());
    }
}
