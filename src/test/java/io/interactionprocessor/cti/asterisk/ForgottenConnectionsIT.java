package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.torture.ground.Ground;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections between a node and Asterisk that the network has forgotten. */
@ResourceLock(Apart.ONE_AT_A_TIME)
class ForgottenConnectionsIT {
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(6);
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(20);

    @BeforeAll
    static void namespaces() {
        Apart.require();
    }

    /** As by a firewall that was started anew: what is connected is dead, unclosed; what connects from now on is well. */
    @ParameterizedTest
    @ValueSource(ints = {22, 16})
    void areReplaced(int version) throws Exception {
        Apart.run("forgotten", version, ForgottenConnectionsIT::forgotten);
    }

    private static void forgotten(Apart apart) throws Exception {
        Ground ground = apart.ground();
        Pbx pbx = apart.pbx();
        DeskPhone desk = pbx.with(pbx.desk());
        DeskPhone leaving = pbx.with(pbx.carrier());
        DeskPhone coming = pbx.with(pbx.anotherCarrier());
        Cluster.Node node = apart.node();
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

    /** Drops, on both sides, what comes on the connections there are; a new one has another port. */
    private static void forget(Ground ground) throws Exception {
        Ground.Place node = ground.places().get(Apart.NODE);
        Ground.Place asterisk = ground.places().get(Apart.ASTERISK);
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
}
