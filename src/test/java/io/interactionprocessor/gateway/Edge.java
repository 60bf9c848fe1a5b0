package io.interactionprocessor.gateway;

import io.interactionprocessor.model.Secret;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.MessageReader;
import io.interactionprocessor.protocol.MessageWriter;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A running gateway, and behind it a sessions' side that answers at once: {@code getCapabilities} and whatever is sent to a
 * resource with success, {@code prepareSession} with a confirm. A resource whose id is a number gets so many events of 10 kB
 * with every answer; resource {@code taken} is closed with 4001; resource {@code silent} gets no answer.
 */
final class Edge implements AutoCloseable {
    static final String SESSIONS = "session.demo";
    static final int EVENT_BYTES = 10_000;

    private static final DeliveryOptions LOCAL =
            new DeliveryOptions().setLocalOnly(true).setCodecName(AsIs.NAME);

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    final MessageWriter writer = new MessageWriter();
    final ServiceCatalog catalog = new ServiceCatalog("ws://here/ws", writer::serviceEvent, () -> 0);
    final Set<String> detached = ConcurrentHashMap.newKeySet();
    final Set<String> passwords = ConcurrentHashMap.newKeySet();
    final Gateway gateway;
    final int port;
    private final Vertx clients = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebSocketClient client = clients.createWebSocketClient(new WebSocketClientOptions()
            .setMaxFrameSize(1 << 22)
            .setMaxMessageSize(1 << 22)
            .setMaxConnections(5000));

    Edge(GatewaySettings settings) {
        vertx.eventBus().registerCodec(new AsIs());
        vertx.eventBus().<Inbound>localConsumer(SESSIONS, message -> inbound(message.body()));
        catalog.phase(ServiceCatalog.NodePhase.SERVING);
        catalog.register("sim", "Switch", Map.of("instance-domain", "demo"));
        gateway = new Gateway(
                vertx, settings, catalog, new MessageReader(), writer, id -> id.equals("sim") ? SESSIONS : null);
        port = gateway.start().await();
    }

    static GatewaySettings settings() {
        return GatewaySettings.on("127.0.0.1", 0);
    }

    static GatewaySettings settings(GatewaySettings.Limits limits, GatewaySettings.Timing timing) {
        return settings(limits, timing, 50_000, null);
    }

    static GatewaySettings settings(GatewaySettings.DrainPace pace) {
        return settings(GatewaySettings.Limits.DEFAULT, GatewaySettings.Timing.DEFAULT, 50_000, null, pace);
    }

    static GatewaySettings settings(
            GatewaySettings.Limits limits, GatewaySettings.Timing timing, int maxConnections, GatewaySettings.Tls tls) {
        return settings(limits, timing, maxConnections, tls, GatewaySettings.DrainPace.DEFAULT);
    }

    private static GatewaySettings settings(
            GatewaySettings.Limits limits,
            GatewaySettings.Timing timing,
            int maxConnections,
            GatewaySettings.Tls tls,
            GatewaySettings.DrainPace pace) {
        return new GatewaySettings(
                "127.0.0.1", 0, "/ws", 2, maxConnections, List.of(), tls, false, false, limits, timing, pace);
    }

    /** Connects a client. */
    TestClient connect() {
        return connect(new WebSocketConnectOptions());
    }

    TestClient connect(WebSocketConnectOptions options) {
        return new TestClient(
                client.connect(options.setHost("127.0.0.1").setPort(port).setURI("/ws")));
    }

    private void inbound(Inbound inbound) {
        if (inbound instanceof Inbound.Closed closed) {
            detached.add(closed.connection());
        } else if (inbound instanceof Inbound.Call call) {
            call(call.connection(), call.request());
        }
    }

    private void call(String to, Request request) {
        if (request instanceof Request.GetCapabilities get) {
            send(to, answer(new Response.ServiceSuccess(get.requestId(), "sim", get.command(), Map.of("a", 1))));
        } else if (request instanceof Request.BindResource bind) {
            Response.Bound data = new Response.Bound("key", 1, false, "bound");
            send(
                    to,
                    new Outbound.Bound(
                            bind.resourceId(),
                            new Response.CoreSuccess(bind.requestId(), bind.command(), data),
                            List.of()));
        } else if (request instanceof Request.PrepareSession prepare) {
            prepare(to, prepare);
        } else if (request instanceof Request.Resource resource) {
            resource(to, resource);
        }
    }

    private void prepare(String to, Request.PrepareSession request) {
        Secret password = request.password();
        passwords.add(password.reveal());
        send(
                to,
                answer(new Response.SessionConfirm(
                        request.requestId(), "sim", "There is one", 0, "active", "n2", 1, request.original())));
    }

    private void resource(String to, Request.Resource request) {
        String id = request.resourceId();
        if (id.equals("silent")) {
            return;
        }
        String success = writer.response(
                new Response.ResourceSuccess(request.requestId(), "sim", id, request.commandName(), id, null));
        send(to, new Outbound.Frames(id, List.of(success), List.of(request.requestId())));
        if (id.equals("taken")) {
            send(to, new Outbound.Unbound(id, false, 4001, "taken over"));
        } else if (id.matches("\\d+")) {
            List<String> events = Collections.nCopies(Integer.parseInt(id), event());
            send(to, new Outbound.Frames(id, events, List.of()));
        }
    }

    private static String event() {
        String head = "{\"messageType\":\"resourceEvent\",\"padding\":\"";
        return head + "x".repeat(EVENT_BYTES - head.length() - 2) + "\"}";
    }

    private static Outbound answer(Response response) {
        return new Outbound.Answer(response);
    }

    private void send(String to, Outbound message) {
        vertx.eventBus().send(to, message, LOCAL);
    }

    @Override
    public void close() {
        clients.close().await();
        gateway.stop().await();
        vertx.close().await();
    }

    private static final class AsIs implements MessageCodec<Outbound, Outbound> {
        static final String NAME = "test.outbound";

        @Override
        public void encodeToWire(Buffer buffer, Outbound message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outbound decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outbound transform(Outbound message) {
            return message;
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
