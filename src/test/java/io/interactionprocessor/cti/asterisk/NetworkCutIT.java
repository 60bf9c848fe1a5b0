package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.torture.ground.Ground;
import io.interactionprocessor.torture.ground.NamespaceGround;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node in one network namespace, Asterisk in another, and between them a network that drops every packet for a while, as
 * a dead switch or a firewall does: nothing is closed, nobody is told.
 */
class NetworkCutIT {
    private static final int NODE = 0;
    private static final int ASTERISK = 1;
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(6);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration GIVEN_UP_WITHIN = Duration.ofSeconds(8);
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(20);

    /** A trial of an Asterisk that a node reaches over a network. */
    private interface Trial {
        void run(Ground ground, Pbx pbx) throws Exception;
    }

    @BeforeAll
    static void namespaces() {
        boolean possible = NamespaceGround.isPossible();
        if (System.getenv("CI") == null) {
            assumeTrue(possible, "cutting a network needs network namespaces: root, ip, and nft or iptables");
        }
        assertThat(possible).as("network namespaces").isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {22, 16})
    void whatHappenedBehindTheCutIsFound(int version) throws Exception {
        run(version, (ground, pbx) -> cut(ground, pbx, false));
    }

    /**
     * The connector gives up its connections, opens others, and then the old ones, which Asterisk never knew to be
     * closed, bring what Asterisk had to say on them: above all that another has taken the application over.
     */
    @ParameterizedTest
    @ValueSource(ints = {22, 16})
    void aRequestIsUnderWayWhenTheNetworkIsCut(int version) throws Exception {
        run(version, (ground, pbx) -> cut(ground, pbx, true));
    }

    /** As by a firewall that was started anew: what is connected is dead, unclosed; what connects from now on is well. */
    @ParameterizedTest
    @ValueSource(ints = {22, 16})
    void connectionsThatTheNetworkHasForgottenAreReplaced(int version) throws Exception {
        run(version, NetworkCutIT::forgotten);
    }

    private static void run(int version, Trial trial) throws Exception {
        try (Ground ground = new NamespaceGround(2)) {
            String host = ground.places().get(NODE).host();
            String here = host.substring(0, host.lastIndexOf('.')) + ".1";
            try (Pbx pbx = Pbx.startAt(ground.places().get(ASTERISK), here, version, "cut")) {
                trial.run(ground, pbx);
            }
        }
    }

    private static void cut(Ground ground, Pbx pbx, boolean underWay) throws Exception {
        DeskPhone desk = pbx.with(pbx.desk());
        DeskPhone leaving = pbx.with(pbx.carrier());
        DeskPhone staying = pbx.with(pbx.anotherCarrier());
        DeskPhone coming = pbx.with(pbx.anotherCarrier());
        try (Cluster cluster = Cluster.startAt(ground.places().get(NODE), "cut" + pbx.version, configuration(pbx))) {
            Cluster.Node node = cluster.node(0);
            Desktop first = Desktop.ready(node, "2002");
            leaving.call("8001", "<sip:0301@carrier>");
            first.answer();
            Desktop second = Desktop.ready(node, "2003");
            staying.call("8001", "<sip:0302@carrier>");
            second.answer();
            String interaction = second.interaction();
            String gone = first.interaction();
            assertThat(desk.got("INVITE")).hasSize(2);

            ground.cut(NODE, ASTERISK);
            ground.cut(ASTERISK, NODE);
            long cut = System.nanoTime();
            String unanswered = underWay
                    ? second.send(
                            "interaction.setdata",
                            second.interaction(),
                            new JsonObject().put("set", new JsonObject().put("k", 1)))
                    : null;
            eventually(NOTICED_WITHIN, () -> assertThat(node.log()).contains("link sim is down"));
            long noticed = System.nanoTime();
            second.fails(
                    underWay ? "operationInProgress" : "ctiUnavailable",
                    "conversation.hold",
                    second.primary(),
                    new JsonObject());
            first.fails("ctiUnavailable", "conversation.release", first.primary(), new JsonObject());
            assertThat(Duration.ofNanos(System.nanoTime() - noticed)).isLessThan(AT_ONCE);
            // Asterisk lives: what the phones do there is done.
            leaving.hangUp();
            eventually(() -> assertThat(leaving.got("200")).hasSizeGreaterThan(1));
            coming.call("8001", "<sip:0303@carrier>");
            eventually(() -> assertThat(pbx.channels()).hasSize(4));
            if (unanswered != null) {
                JsonObject response = second.wire().answer(unanswered).getJsonObject("response");
                assertThat(response.getJsonObject("failure").getString("code")).isEqualTo("timeout");
                eventually(GIVEN_UP_WITHIN, () -> assertThat(node.log()).contains("Asterisk has not answered"));
            }

            ground.heal();
            long healed = System.nanoTime();
            eventually(
                    HEALED_WITHIN,
                    () -> assertThat(node.log().split("link sim is up", -1)).hasSize(3));
            first.until(
                    "the call that ended is gone, the one that came is there",
                    mirror -> mirror.interaction() != null
                            && !gone.equals(mirror.interaction().target())
                            && mirror.primaryIs("ALERTING"));
            System.getLogger("figures")
                    .log(
                            System.Logger.Level.INFO,
                            "Asterisk {0}: cut noticed after {1} ms, all told {2} ms after it was mended",
                            pbx.version,
                            (noticed - cut) / 1_000_000,
                            (System.nanoTime() - healed) / 1_000_000);
            first.answer();
            assertThat(second.interaction()).isEqualTo(interaction);
            second.ok("conversation.hold", second.primary());
            second.until("HELD", mirror -> mirror.primaryIs("HELD"));
            assertThat(pbx.channels()).hasSize(4);
            coming.hangUp();
            staying.hangUp();
            first.until("idle", Desktop::idle);
            second.until("idle", Desktop::idle);
            eventually(() -> assertThat(pbx.channels()).isEmpty());
            first.close();
            second.close();
        }
    }

    private static void forgotten(Ground ground, Pbx pbx) throws Exception {
        DeskPhone desk = pbx.with(pbx.desk());
        DeskPhone leaving = pbx.with(pbx.carrier());
        DeskPhone coming = pbx.with(pbx.anotherCarrier());
        try (Cluster cluster = Cluster.startAt(ground.places().get(NODE), "cut" + pbx.version, configuration(pbx))) {
            Cluster.Node node = cluster.node(0);
            Desktop desktop = Desktop.ready(node, "2002");
            leaving.call("8001", "<sip:0301@carrier>");
            desktop.answer();
            String gone = desktop.interaction();
            assertThat(desk.got("INVITE")).hasSize(1);

            forget(ground);
            long forgotten = System.nanoTime();
            eventually(NOTICED_WITHIN, () -> assertThat(node.log()).contains("link sim is down"));
            leaving.hangUp();
            eventually(() -> assertThat(pbx.channels()).as("the agent's").hasSize(1));
            coming.call("8001", "<sip:0302@carrier>");
            eventually(
                    HEALED_WITHIN,
                    () -> assertThat(node.log().split("link sim is up", -1)).hasSize(3));
            System.getLogger("figures")
                    .log(
                            System.Logger.Level.INFO,
                            "Asterisk {0}: connections forgotten, replaced after {1} ms",
                            pbx.version,
                            (System.nanoTime() - forgotten) / 1_000_000);
            desktop.until(
                    "the call that ended is gone, the one that came is there",
                    mirror -> mirror.interaction() != null
                            && !gone.equals(mirror.interaction().target())
                            && mirror.primaryIs("ALERTING"));
            desktop.answer();
            coming.hangUp();
            desktop.until("idle", Desktop::idle);
            eventually(() -> assertThat(pbx.channels()).isEmpty());
            desktop.close();
        }
    }

    /** Drops, on both sides, what comes on the connections there are; a new one has another port. */
    private static void forget(Ground ground) throws Exception {
        Ground.Place node = ground.places().get(NODE);
        Ground.Place asterisk = ground.places().get(ASTERISK);
        List<String> ports = Pattern.compile(":(\\d+)\\s+\\S*" + Pattern.quote(asterisk.host()) + "\\]?:")
                .matcher(in(node, "ss -Htn"))
                .results()
                .map(connection -> connection.group(1))
                .toList();
        assertThat(ports).as("those of ARI and of AMI").hasSizeGreaterThan(1);
        for (String port : ports) {
            in(node, drop(asterisk, "dport", port));
            in(asterisk, drop(node, "sport", port));
        }
    }

    private static String drop(Ground.Place from, String side, String port) {
        return ("nft add rule ip cut in ip saddr %1$s tcp %2$s %3$s drop"
                        + " || iptables -A INPUT -s %1$s -p tcp --%2$s %3$s -j DROP")
                .formatted(from.host(), side, port);
    }

    private static String in(Ground.Place place, String command) throws Exception {
        List<String> all = new ArrayList<>(place.prefix());
        all.addAll(List.of("sh", "-c", command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
        return said;
    }

    /** No demo: that is for loopback only. The hash is that of {@code demo}, with the fewest rounds. */
    private static Path configuration(Pbx pbx) throws Exception {
        String yaml = """
                processors:
                  - id: sim
                    instance-domain: demo
                    agent-ranges:
                      - from: 2002
                        count: 2
                        password-hash: "$pbkdf2$it=10000$dG9ydHVyZS1oYXJuZXNzIQ$T/viYbDMgrmW655fzmOQ+XX+x5rRDi/YvYgZAcqY+GXjLhO4pfLA+lIJjToNYSvJ0fKy1qLNsLNZlEb2j6l2gg"
                    cti:
                      type: asterisk
                      ari: {url: "%s", user: cti, password: ctisecret}
                      ami: {host: "%s", port: %d, user: cti, password: ctisecret}
                      queues:
                        - {number: "8001", name: sales, music: queue}
                """.formatted(pbx.ariUrl(), pbx.ip, pbx.amiPort);
        return Files.write(Path.of("target", "asterisk", "cut" + pbx.version + ".yaml"), List.of(yaml.split("\n", -1)));
    }
}
