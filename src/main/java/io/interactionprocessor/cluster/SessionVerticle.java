package io.interactionprocessor.cluster;

import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.LinkEvent;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.session.HostPorts;
import io.interactionprocessor.session.Ports;
import io.interactionprocessor.session.Rehearsal;
import io.interactionprocessor.session.SessionHost;
import io.interactionprocessor.session.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The session verticle of one instance-domain on this node (design 1): carries messages between the event bus and the
 * {@link SessionHost}, which does the thinking. Its twins on other nodes own the domain's other sessions.
 */
public final class SessionVerticle extends VerticleBase {
    private static final long LOOK_FOR_CLIENTS_MS = 50;

    private final Wiring wiring;
    private final SecureRandom random = new SecureRandom();
    private final DeliveryOptions local = new DeliveryOptions().setLocalOnly(true);
    private HostPorts ports;
    private SessionHost host;
    private MessageConsumer<Inbound> clients;
    private MessageConsumer<Object> cluster;

    /**
     * What a session verticle is given.
     *
     * @param processors the domain's processors by service id
     * @param isOpen says whether there is a client's connection with an address
     * @param mark what the ids of new sessions end with: where they are kept; called on the verticle's context
     * @param calls makes the way to the switches, which tells what commands have done to agents of a processor; called on the
     *     verticle's context, where all of it is used
     * @param link is told, on the verticle's context, when a link has come up or gone down
     */
    public record Wiring(
            String domain,
            SessionSettings settings,
            Map<String, SessionSettings.Processor> processors,
            Ports.Place place,
            Membership membership,
            Quorum quorum,
            Ports.Directory directory,
            Ports.SessionStore store,
            Supplier<String> mark,
            BiFunction<Vertx, BiConsumer<String, AgentEvent>, Ports.CallControl> calls,
            Ports.Credentials credentials,
            Predicate<String> isOpen,
            Ports.Audit audit,
            Consumer<LinkEvent> link) {}

    /** Creates the verticle; deploy it once per instance-domain and node. */
    public SessionVerticle(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Future<?> start() {
        String domain = wiring.domain();
        Ports.CallControl calls =
                wiring.calls().apply(vertx, (processor, effect) -> host.agentChanged(processor, effect));
        Twins twins = new Twins(
                vertx, domain, wiring.place()::isMember, wiring.settings().handOverTimeout());
        ports = new HostPorts(
                domain,
                wiring.settings(),
                wiring.processors(),
                wiring.place(),
                wiring.directory(),
                wiring.store(),
                calls,
                twins,
                this::after,
                System::currentTimeMillis,
                new RandomIds(),
                new Connections(),
                wiring.credentials(),
                wiring.audit());
        host = new SessionHost(ports);
        listen(twins);
        clients = vertx.eventBus().localConsumer(Addresses.sessions(domain), message -> host.receive(message.body()));
        cluster = vertx.eventBus().consumer(Addresses.node(wiring.place().node(), domain), this::fromCluster);
        return Future.all(clients.completion(), cluster.completion());
    }

    /** The cluster outlives this verticle by a moment: what it tells then is of no use any more. */
    private void listen(Twins twins) {
        wiring.membership().listen(new Membership.Listener() {
            @Override
            public void left(String node) {
                twins.left(node);
                host.nodeLeft(node);
            }

            @Override
            public void merged() {
                host.regained();
            }
        });
        boolean[] had = {true};
        wiring.quorum().listen(has -> {
            if (has && !had[0]) {
                host.regained();
            }
            had[0] = has;
        });
    }

    /**
     * Completes when the clients that have just been sent away have their sessions on other nodes, or did not come for them
     * in time; may be called on any thread, and never fails. As long as this node is there they get them at once.
     *
     * @param millis the longest that this may take
     */
    public Future<Void> clientsGone(long millis) {
        Promise<Void> gone = Promise.promise();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        context.runOnContext(now -> lookForClients(gone, until));
        return gone.future();
    }

    /** Leads sessions that nobody has ({@link Rehearsal#run}); may be called on any thread. */
    public Future<Integer> rehearse(int sessions, long millis) {
        Promise<Integer> led = Promise.promise();
        context.runOnContext(now -> new Rehearsal(ports).run(sessions, millis).whenComplete((count, failure) -> {
            if (failure == null) {
                led.complete(count);
            } else {
                led.fail(failure);
            }
        }));
        return led.future();
    }

    private void lookForClients(Promise<Void> gone, long until) {
        if (System.nanoTime() - until < 0 && host.awaitsClients()) {
            vertx.setTimer(LOOK_FOR_CLIENTS_MS, timer -> lookForClients(gone, until));
        } else {
            gone.complete();
        }
    }

    @Override
    public Future<?> stop() {
        host.stop();
        return Future.join(clients.unregister(), cluster.unregister());
    }

    private void fromCluster(Message<Object> message) {
        Object body = message.body();
        if (body instanceof LinkEvent.AgentChanged changed) {
            host.agentChanged(changed.processor(), changed.event());
        } else if (body instanceof LinkEvent.LinkUp up) {
            wiring.link().accept(up);
            host.linkUp(up.processor());
        } else if (body instanceof LinkEvent.LinkDown down) {
            wiring.link().accept(down);
        } else if (body instanceof TwinMessage.HandOver handOver) {
            done(message, host.handOver(handOver.session(), handOver.epoch()));
        } else if (body instanceof TwinMessage.Overridden overridden) {
            done(message, host.overridden(overridden.session(), overridden.epoch()));
        } else if (body instanceof TwinMessage.End end) {
            host.endByAdministrator(end.session()).whenComplete((begun, failure) -> {
                if (failure == null) {
                    message.reply(new TwinMessage.Ending(begun));
                } else {
                    message.fail(0, failure.getMessage());
                }
            });
        }
    }

    private static void done(Message<Object> message, CompletionStage<Void> stage) {
        stage.whenComplete((ok, failure) -> message.reply(new TwinMessage.Done()));
    }

    private Runnable after(long millis, Runnable task) {
        long id = vertx.setTimer(millis, fired -> task.run());
        return () -> vertx.cancelTimer(id);
    }

    /** The clients' connections on this node. */
    private final class Connections implements Ports.Clients {
        @Override
        public void send(String connection, Outbound outbound) {
            vertx.eventBus().send(connection, outbound, local);
        }

        @Override
        public boolean isOpen(String connection) {
            return wiring.isOpen().test(connection);
        }
    }

    /** Unguessable ids from the platform's secure random numbers. */
    private final class RandomIds implements Ports.Ids {
        @Override
        public String next() {
            byte[] bits = new byte[16];
            random.nextBytes(bits);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        }

        @Override
        public String nextSession() {
            return next() + wiring.mark().get();
        }

        @Override
        public String hash(String text) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
