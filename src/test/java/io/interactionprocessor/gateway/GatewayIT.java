package io.interactionprocessor.gateway;

import static io.interactionprocessor.gateway.DialogueStage.code;
import static io.interactionprocessor.gateway.Messages.bindResource;
import static io.interactionprocessor.gateway.Messages.bindService;
import static io.interactionprocessor.gateway.Messages.core;
import static io.interactionprocessor.gateway.Messages.prepareSession;
import static io.interactionprocessor.gateway.Messages.resource;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interactionprocessor.protocol.Inbound;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The edge under clients that are slow, silent, too many or hostile. */
class GatewayIT {
    private static final GatewaySettings.Limits LIMITS = GatewaySettings.Limits.DEFAULT;
    private static final GatewaySettings.Timing TIMING = GatewaySettings.Timing.DEFAULT;

    private Edge edge;

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void whoAnswersPingsStaysAndWhoIsSilentIsDropped() throws IOException {
        edge = new Edge(Edge.settings(LIMITS, timing(100, 500, 10_000)));
        TestClient polite = edge.connect();
        try (RawSocket silent = new RawSocket(edge.port).upgrade()) {
            long start = System.nanoTime();
            silent.awaitFrame(RawSocket.PING);
            assertThat(silent.awaitCloseCode()).isEqualTo(1001);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
            silent.awaitEnd();
        }
        assertThat(polite.ask("r1", core("r1", "ping")).getString("result")).isEqualTo("success");
        polite.close();
    }

    @Test
    void slowHandshakesAreCut() throws IOException {
        edge = new Edge(Edge.settings(LIMITS, timing(15_000, 45_000, 300)));
        try (RawSocket nothing = new RawSocket(edge.port);
                RawSocket half = new RawSocket(edge.port).write("GET /ws HTTP/1.1\r\nHost: x\r\n");
                RawSocket done = new RawSocket(edge.port).upgrade()) {
            nothing.awaitEnd();
            half.awaitEnd();
            done.text(core("r1", "ping"));
            assertThat(new String(done.awaitFrame(RawSocket.TEXT), UTF_8)).contains("\"r1\"");
        }
    }

    @Test
    void whoDoesNotReadIsClosedAndNobodyElse() throws IOException {
        edge = new Edge(Edge.settings());
        TestClient other = edge.connect();
        try (RawSocket slow = new RawSocket(edge.port, 4096).upgrade()) {
            slow.text(bindResource("b", "sim", "300"));
            // Each brings 3 MB that nobody reads; the kernel takes some of it.
            for (int i = 0; i < 10; i++) {
                slow.text(resource("r" + i, "sim", "300", "session.snapshot"));
            }
            eventually(() -> assertThat(edge.gateway.figures().overloaded()).isEqualTo(1));
            assertThat(other.ask("r1", core("r1", "ping")).getString("result")).isEqualTo("success");
            assertThat(slow.awaitCloseCode()).isEqualTo(1013);
        }
        assertThat(other.ask("r2", core("r2", "ping")).getString("result")).isEqualTo("success");
        other.close();
    }

    @Test
    void whoNeverReadsIsCutOffInTheEnd() throws IOException {
        edge = new Edge(Edge.settings(LIMITS, timing(200, 1000, 10_000)));
        try (RawSocket slow = new RawSocket(edge.port, 4096).upgrade()) {
            slow.text(bindResource("b", "sim", "300"));
            for (int i = 0; i < 10; i++) {
                slow.text(resource("r" + i, "sim", "300", "session.snapshot"));
            }
            eventually(() -> assertThat(edge.gateway.figures().overloaded()).isEqualTo(1));
            eventually(
                    Duration.ofSeconds(15),
                    () -> assertThat(edge.gateway.figures().connections()).isZero());
        }
    }

    @Test
    void whoReadsMayGetAsMuchAsHeAsksFor() {
        edge = new Edge(Edge.settings());
        TestClient client = edge.connect();
        client.ask("b", bindResource("b", "sim", "50"));
        for (int i = 0; i < 10; i++) {
            int expected = (i + 1) * 51 + 1;
            client.send(resource("r" + i, "sim", "50", "session.snapshot"));
            eventually(() -> assertThat(client.received()).hasSize(expected));
        }
        client.close();
    }

    @Test
    void aFloodOfPingsCloses() throws IOException {
        edge = new Edge(Edge.settings());
        try (RawSocket raw = new RawSocket(edge.port).upgrade()) {
            for (int i = 0; i < 300; i++) {
                raw.frame(RawSocket.PING, new byte[125]);
            }
            assertThat(raw.awaitCloseCode()).isEqualTo(1008);
        }
    }

    @Test
    void aFloodOfRequestsIsRefusedThenCloses() {
        edge = new Edge(Edge.settings(
                new GatewaySettings.Limits(65_536, 65_536, 20, Duration.ofSeconds(10), 1, 20, 128, 1 << 20), TIMING));
        TestClient client = edge.connect();
        for (int i = 0; i < 400; i++) {
            client.send(core("r" + i, "ping"));
        }
        assertThat(client.closeCode()).isEqualTo(1008);
        assertThat(client.received()).hasSizeBetween(200, 220);
        assertThat(client.received().stream().filter(each -> "tooManyRequests".equals(code(each))))
                .hasSizeBetween(150, 200);
    }

    @Test
    void withoutRoomNewConnectionsAreRefusedAndThoseThereAreStay() {
        edge = new Edge(Edge.settings(LIMITS, TIMING, 3, null));
        TestClient there = edge.connect();
        edge.gateway.full(true);
        assertThatThrownBy(edge::connect)
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        e -> assertThat(e.getStatus()).isEqualTo(503));
        edge.gateway.sendAway("this node is cut off");
        assertThat(there.closeCode()).isEqualTo(1012);
        edge.gateway.full(false);
        edge.connect();
    }

    @Test
    void oneConnectionTooManyIsRefused() {
        edge = new Edge(Edge.settings(LIMITS, TIMING, 3, null));
        List<TestClient> three = List.of(edge.connect(), edge.connect(), edge.connect());
        assertThatThrownBy(edge::connect)
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        e -> assertThat(e.getStatus()).isEqualTo(503));
        three.get(0).close();
        eventually(() -> assertThat(edge.gateway.figures().connections()).isEqualTo(2));
        edge.connect();
    }

    @Test
    void aDrainingNodeClosesAllWith1012AndRefusesMore() {
        edge = new Edge(Edge.settings());
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            clients.add(edge.connect());
        }
        edge.catalog.phase(ServiceCatalog.NodePhase.STOPPING);
        long start = System.nanoTime();
        edge.gateway.drain("this node is restarted").await();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GatewaySettings.DrainPace.DEFAULT.longest());
        assertThat(edge.gateway.figures().connections()).isZero();
        clients.forEach(client -> assertThat(client.closeCode()).isEqualTo(1012));
        assertThatThrownBy(edge::connect)
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        e -> assertThat(e.getStatus()).isEqualTo(503));
    }

    /** Some sleep, one does not even take the close frame: the node has to stop all the same, and to know that they are gone. */
    @Test
    void whoDoesNotAnswerADrainingNodeIsCutOff() throws IOException {
        Duration longest = Duration.ofMillis(500);
        edge = new Edge(Edge.settings(new GatewaySettings.DrainPace(1, Duration.ofMillis(100), longest)));
        List<RawSocket> asleep = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            asleep.add(new RawSocket(edge.port, 4096).upgrade().text(bindResource("b", "sim", "10")));
        }
        // Little by little, so that the network is full first, and then the queue.
        eventually(() -> {
            asleep.get(0).text(resource("r", "sim", "10", "session.snapshot"));
            assertThat(edge.gateway.figures().overloaded()).isEqualTo(1);
        });
        long start = System.nanoTime();
        edge.gateway.drain("this node is restarted").await();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(longest.plusSeconds(2));
        eventually(Duration.ofSeconds(1), () -> assertThat(edge.detached).hasSize(asleep.size()));
        for (RawSocket each : asleep) {
            each.close();
        }
    }

    @Test
    void aNodeThatStopsWithoutDrainingClosesWith1012Too() {
        edge = new Edge(Edge.settings());
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(edge.connect());
        }
        edge.gateway.stop().await();
        clients.forEach(client -> assertThat(client.closeCode()).isEqualTo(1012));
    }

    @Test
    void aThousandConnectionsLeaveNothingBehind() {
        edge = new Edge(Edge.settings());
        Set<String> before = edge.vertx.deploymentIDs();
        for (int round = 0; round < 10; round++) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                TestClient client = edge.connect();
                client.send(bindService("a", "sim"))
                        .send(bindService("b", "ServiceMonitor"))
                        .send(bindResource("c", "sim", "R"))
                        .send(bindResource("d", "sim", "silent"))
                        .send(resource("e", "sim", "silent", "session.start"));
                clients.add(client);
            }
            clients.forEach(client -> client.answerTo("d"));
            clients.forEach(TestClient::close);
        }
        eventually(() -> assertThat(edge.vertx.deploymentIDs()).isEqualTo(before));
        assertThat(edge.gateway.figures().connections()).isZero();
        assertThat(edge.gateway.figures().accepted()).isEqualTo(1000);
        eventually(() -> assertThat(edge.detached).hasSize(1000));
        assertThat(edge.catalog.clientCount("sim")).isZero();
        assertThat(edge.catalog.clientCount("ServiceMonitor")).isZero();
        assertThat(edge.catalog.subscriberCount()).isZero();
        for (int i = 1; i <= 1000; i++) {
            String address = "connection." + i;
            assertThatThrownBy(() -> edge.vertx
                            .eventBus()
                            .request(address, "anybody?", new DeliveryOptions().setLocalOnly(true))
                            .await())
                    .hasMessageContaining("No handlers");
        }
    }

    @Test
    void aConnectionNeverLeavesItsSocketsThread() {
        edge = new Edge(Edge.settings());
        Map<String, Set<String>> threads = new ConcurrentHashMap<>();
        edge.vertx.eventBus().<Object>addOutboundInterceptor(sending -> {
            if (sending.body() instanceof Inbound inbound) {
                threads.computeIfAbsent(inbound.connection(), key -> ConcurrentHashMap.newKeySet())
                        .add(Thread.currentThread().getName());
            }
            sending.next();
        });
        edge.vertx.eventBus().<Object>addInboundInterceptor(delivering -> {
            String address = delivering.message().address();
            if (address.startsWith("connection.")) {
                threads.computeIfAbsent(address, key -> ConcurrentHashMap.newKeySet())
                        .add(Thread.currentThread().getName());
            }
            delivering.next();
        });
        for (int i = 0; i < 20; i++) {
            TestClient client = edge.connect();
            client.ask("c", bindResource("c", "sim", "R"));
            client.ask("r", resource("r", "sim", "R", "session.start"));
        }
        assertThat(threads).hasSize(20);
        assertThat(threads.values()).allSatisfy(each -> assertThat(each).hasSize(1));
        assertThat(threads.values().stream().flatMap(Set::stream).distinct()).hasSize(2);
    }

    @Test
    void tlsIsServed() {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
        edge = new Edge(Edge.settings(
                LIMITS,
                TIMING,
                10,
                new GatewaySettings.Tls(certificate.certificatePath(), certificate.privateKeyPath())));
        TestClient client = edge.connect(new WebSocketConnectOptions()
                .setSsl(true)
                .setSslOptions(new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm("")));
        assertThat(client.ask("r1", core("r1", "ping")).getString("result")).isEqualTo("success");
        client.close();
        certificate.delete();
    }

    @Test
    void noPasswordReachesTheLog() {
        StringBuilder log = new StringBuilder();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                synchronized (log) {
                    log.append(new SimpleFormatter().format(entry));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        Logger ours = Logger.getLogger("io.interactionprocessor");
        Level level = ours.getLevel();
        root.addHandler(handler);
        ours.setLevel(Level.ALL);
        try {
            edge = new Edge(Edge.settings());
            String canary = "canary-4711";
            TestClient client = edge.connect();
            client.ask("b", bindService("b", "sim"));
            client.ask("p", prepareSession("p", "sim", "1001", canary));
            client.send(prepareSession("q", "sim", "1001", canary) + "}");
            client.send("{\"password\":\"" + canary + "\",");
            client.send(prepareSession("s", "nothing", "1001", canary));
            client.answerTo("s");
            eventually(() -> assertThat(client.received()).hasSize(5));

            assertThat(client.received().toString()).doesNotContain(canary);
            assertThat(log.toString()).doesNotContain(canary);
            client.close();
        } finally {
            root.removeHandler(handler);
            ours.setLevel(level);
        }
    }

    private static GatewaySettings.Timing timing(int ping, int silence, int handshake) {
        return new GatewaySettings.Timing(
                Duration.ofMillis(ping),
                Duration.ofMillis(silence),
                Duration.ofMillis(handshake),
                TIMING.commandTimeout(),
                TIMING.standInLifetime());
    }
}
