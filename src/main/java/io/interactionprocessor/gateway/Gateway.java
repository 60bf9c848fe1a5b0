package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.MessageReader;
import io.interactionprocessor.protocol.MessageWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** The edge of one node: what the root package starts, drains and stops. Its methods may be called from any thread. */
public final class Gateway {
    private static final int ID_BYTES = 16;

    /** Vert.x gives all servers that listen at this "port" one free port together; with 0 each would get its own. */
    private static final int FREE_PORT = -1;

    private final Vertx vertx;
    private final World world;
    private final Supplier<String> addresses;
    private final List<GatewayVerticle> verticles = new ArrayList<>();
    private final List<String> deployments = new ArrayList<>();

    /**
     * Nothing listens yet.
     *
     * @param reader built with the settings' {@code echoCredentials}
     * @param sessionAddress from a service's id to the event-bus address at which this node's session verticle of its
     *     instance-domain takes {@link io.interactionprocessor.protocol.Inbound}s, locally; null if there is none
     */
    public Gateway(
            Vertx vertx,
            GatewaySettings settings,
            ServiceCatalog services,
            MessageReader reader,
            MessageWriter writer,
            Function<String, String> sessionAddress) {
        SecureRandom random = new SecureRandom();
        AtomicLong numbers = new AtomicLong();
        this.vertx = vertx;
        this.addresses = () -> "connection." + numbers.incrementAndGet();
        this.world = new World(
                settings,
                services,
                reader,
                writer,
                HandedOver.over(vertx),
                sessionAddress,
                new GatewayFigures(),
                ConcurrentHashMap.newKeySet(),
                new AtomicBoolean(),
                () -> unguessable(random),
                System::currentTimeMillis);
    }

    /** Listens; completes with the port. */
    public Future<Integer> start() {
        int port = world.settings().port() == 0 ? FREE_PORT : world.settings().port();
        Future<Void> all = Future.succeededFuture();
        for (int i = 0; i < world.settings().eventLoops(); i++) {
            all = all.compose(v -> deploy(port));
        }
        return all.map(v -> first().port());
    }

    private Future<Void> deploy(int port) {
        GatewayVerticle verticle = new GatewayVerticle(port, world, addresses);
        return vertx.deployVerticle(verticle).map(id -> {
            synchronized (this) {
                verticles.add(verticle);
                deployments.add(id);
            }
            return null;
        });
    }

    private synchronized GatewayVerticle first() {
        return verticles.get(0);
    }

    /**
     * Refuses new connections (503) and closes all there are with 1012 and a reason that names other nodes, in batches.
     * Completes when all are closed, or when the time for it is up and the last are cut off; never fails. The catalogue
     * should say {@code STOPPING} before.
     */
    public synchronized Future<Void> drain(String why) {
        Supplier<String> reasons = reasons(why);
        return Future.join(verticles.stream().map(each -> each.drain(reasons)).toList())
                .otherwiseEmpty()
                .mapEmpty();
    }

    /** Closes all connections there are with 1012 and a reason that names other nodes, in batches; new ones may come. */
    public synchronized void sendAway(String why) {
        Supplier<String> reasons = reasons(why);
        verticles.forEach(each -> each.sendAway(reasons));
    }

    private Supplier<String> reasons(String why) {
        OtherNodes others = new OtherNodes(world.services()::otherNodes, world.services()::isYounger);
        return () -> others.reason(why);
    }

    /** From now on new connections are refused (503), or are not any more; those there are stay. */
    public void full(boolean isFull) {
        world.full().set(isFull);
    }

    /** Returns whether there is a client's connection with this event-bus address. */
    public boolean isOpen(String address) {
        return world.open().contains(address);
    }

    /** Stops listening; connections that have not been drained are closed with 1012. */
    public synchronized Future<Void> stop() {
        return Future.join(deployments.stream().map(vertx::undeploy).toList())
                .otherwiseEmpty()
                .mapEmpty();
    }

    /** What has been counted. */
    public GatewayFigures figures() {
        return world.figures();
    }

    private static String unguessable(SecureRandom random) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
