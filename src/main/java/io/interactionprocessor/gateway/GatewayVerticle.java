package io.interactionprocessor.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket server on one event loop, with the connections that it accepted: it upgrades them, looks at all of them now
 * and then (so that a connection has no timer of its own), and closes them when the node drains. Several share one port.
 */
final class GatewayVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);
    private static final int UPGRADES_UNDER_WAY = 10_000;
    private static final int CLOSING_MILLIS = 3000;
    /**
     * Less than anybody else has: of the node's time to stop the rest has to be left for its sessions. Long enough for
     * clients that are there.
     */
    private static final long LAST_CLOSES_MILLIS = 1000;

    private final int port;
    private final World world;
    private final Supplier<String> addresses;
    private final GatewaySettings settings;
    private final Gate gate;
    private final AwakeClock clock;
    private final Agenda<ConnectionVerticle> connections;
    private final Map<HttpConnection, Long> upgrading = new HashMap<>();
    /** Those with a request that is not answered yet, or was not at the last look. */
    private final Set<ConnectionVerticle> waiting = new LinkedHashSet<>();

    private HttpServer server;
    private Promise<Void> drained;
    private boolean stopped;
    private int sweeps;

    /**
     * One of those that share a port.
     *
     * @param port instead of the settings'; below 0: a free one, the same for all with this number
     * @param addresses event-bus addresses, each once
     */
    GatewayVerticle(int port, World world, Supplier<String> addresses) {
        this.port = port;
        this.world = world;
        this.addresses = addresses;
        this.settings = world.settings();
        this.gate = new Gate(settings);
        this.clock = new AwakeClock(System::nanoTime, 2 * settings.timing().sweepMillis());
        this.connections = new Agenda<>(settings.timing().sweepMillis());
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer(options())
                .connectionHandler(this::connected)
                .requestHandler(this::request)
                .exceptionHandler(e -> LOG.debug("A connection failed before its upgrade: {}", e.getClass()));
        nextSweep();
        return server.listen();
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        connections.all().forEach(each -> each.close(CloseCode.DRAINING.code(), "this node is stopping"));
        // Whoever did not drain first gets a second: closing by undeployment alone may leave sockets open.
        return server.shutdown(connections.isEmpty() ? 0 : 1, TimeUnit.SECONDS);
    }

    int port() {
        return server.actualPort();
    }

    private HttpServerOptions options() {
        GatewaySettings.Limits limits = settings.limits();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(port)
                .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                .setUseAlpn(false)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                // Compression would double the work, and 61 KB could become 60 MB before anybody has logged in.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(limits.maxFrameBytes())
                .setMaxWebSocketMessageSize(limits.maxFrameBytes())
                .setSslHandshakeTimeout(settings.timing().handshakeTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                // A net under the sweep, until the upgrade.
                .setIdleTimeout((int) settings.timing()
                        .silenceTimeout()
                        .plus(settings.timing().pingInterval())
                        .toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        if (settings.tls() != null) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(settings.tls().certificatePath())
                            .setKeyPath(settings.tls().keyPath()));
        }
        return options;
    }

    private void connected(HttpConnection connection) {
        if (upgrading.size() >= UPGRADES_UNDER_WAY) {
            connection.close();
            return;
        }
        upgrading.put(
                connection,
                clock.millis() + settings.timing().handshakeTimeout().toMillis());
        connection.closeHandler(v -> upgrading.remove(connection));
    }

    private void request(HttpServerRequest request) {
        int status = gate.statusFor(
                request,
                drained != null || stopped || world.full().get(),
                world.figures().connections());
        if (status != Gate.ADMITTED) {
            refuse(request, status);
            return;
        }
        HttpConnection connection = request.connection();
        request.toWebSocket().onComplete(upgraded -> {
            if (upgraded.succeeded()) {
                upgrading.remove(connection);
                open(upgraded.result());
            } else {
                refuse(request, 400);
            }
        });
    }

    private void refuse(HttpServerRequest request, int status) {
        world.figures().countRefused();
        HttpConnection connection = request.connection();
        if (request.response().ended()) {
            connection.close();
            return;
        }
        if (status == 426) {
            request.response().putHeader(HttpHeaders.UPGRADE, "websocket");
        }
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end()
                .onComplete(sent -> connection.close());
    }

    private void open(ServerWebSocket socket) {
        world.figures().opened();
        String address = addresses.get();
        world.open().add(address);
        Promise<String> deployed = Promise.promise();
        ConnectionVerticle connection = new ConnectionVerticle(
                address,
                socket.remoteAddress().hostAddress(),
                ClientSocket.takeOver(socket, context, settings.limits().maxFrameBytes(), CLOSING_MILLIS),
                context,
                clock,
                world,
                waiting::add,
                gone -> {
                    world.figures().closed();
                    world.open().remove(address);
                    connections.remove(gone);
                    waiting.remove(gone);
                    deployed.future().compose(vertx::undeploy);
                    endOfDrain();
                });
        connections.set(connection, connection.dueAt());
        connection.attach();
        vertx.deployVerticle(connection).onComplete(deployed);
        deployed.future().onSuccess(id -> connection.begin()).onFailure(e -> {
            // Also when this node stops in this very moment.
            LOG.warn("A connection could not be deployed: {}", e.toString());
            connection.close(CloseCode.INTERNAL.code(), "internal error");
        });
    }

    private void nextSweep() {
        // Not periodic: after a pause of the process it would make up for all that it missed, at once.
        vertx.setTimer(settings.timing().sweepMillis(), timer -> {
            if (!stopped) {
                sweep();
                nextSweep();
            }
        });
    }

    private void sweep() {
        long now = clock.millis();
        upgrading.entrySet().removeIf(each -> {
            boolean slow = each.getValue() <= now;
            if (slow) {
                each.getKey().close();
            }
            return slow;
        });
        List.copyOf(waiting).forEach(connection -> connection.tickAnswers(now));
        waiting.removeIf(connection -> !connection.waits());
        for (ConnectionVerticle connection : connections.due(now)) {
            connection.tick(now);
            if (!connection.isGone()) {
                connections.set(connection, connection.dueAt());
            }
        }
        if (++sweeps % settings.timing().sweepsPerStatus() == 0) {
            world.services().tick();
        }
    }

    /**
     * Refuses new connections and closes those there are, in batches; completes when all are gone. Who is not when time is up
     * is cut off: it sleeps, or does not even take the close frame, and its session can wait for it on another node.
     */
    Future<Void> drain(Supplier<String> reasons) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> {
            if (drained == null) {
                drained = Promise.promise();
                closeInBatches(reasons, settings.drain());
                long longest = settings.drain().longest().toMillis() + LAST_CLOSES_MILLIS;
                vertx.setTimer(longest, timer -> {
                    connections.all().forEach(ConnectionVerticle::cut);
                    drained.tryComplete();
                });
                endOfDrain();
            }
            drained.future().onComplete(done);
        });
        return done.future();
    }

    /** Closes those connections that there are now, in batches, quickly. */
    void sendAway(Supplier<String> reasons) {
        context.runOnContext(v -> closeInBatches(reasons, settings.drain().hurried()));
    }

    private void closeInBatches(Supplier<String> reasons, GatewaySettings.DrainPace pace) {
        closeBatch(
                new ArrayDeque<>(connections.all()),
                reasons,
                pace,
                clock.millis() + pace.longest().toMillis());
    }

    private void closeBatch(
            Deque<ConnectionVerticle> present, Supplier<String> reasons, GatewaySettings.DrainPace pace, long until) {
        int size = pace.batchFor(present.size(), until - clock.millis());
        for (int i = 0; i < size && !present.isEmpty(); i++) {
            ConnectionVerticle connection = present.pollFirst();
            if (!connection.isClosing()) {
                connection.close(CloseCode.DRAINING.code(), reasons.get());
            }
        }
        if (!present.isEmpty()) {
            long pause = pace.pause().toMillis();
            long jittered = Math.max(1, pause / 2 + ThreadLocalRandom.current().nextLong(pause + 1));
            vertx.setTimer(jittered, timer -> closeBatch(present, reasons, pace, until));
        }
    }

    private void endOfDrain() {
        if (drained != null && connections.isEmpty()) {
            drained.tryComplete();
        }
    }
}
