package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.torture.ground.Ground;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Between a node and Asterisk a network drops every packet for a while, as a dead switch or a firewall does: nothing is
 * closed, nobody is told.
 */
@ResourceLock(Apart.ONE_AT_A_TIME)
class NetworkCutIT {
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(6);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration GIVEN_UP_WITHIN = Duration.ofSeconds(8);
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(20);

    @BeforeAll
    static void namespaces() {
        Apart.require();
    }

    @ParameterizedTest
    @ValueSource(ints = {22, 16})
    void whatHappenedBehindTheCutIsFound(int version) throws Exception {
        Apart.run("cut", version, apart -> cut(apart, false));
    }

    /**
     * The connector gives up its connections, opens others, and then the old ones, which Asterisk never knew to be
     * closed, bring what Asterisk had to say on them: above all that another has taken the application over.
     */
    @ParameterizedTest
    @ValueSource(ints = {22, 16})
    void aRequestIsUnderWayWhenTheNetworkIsCut(int version) throws Exception {
        Apart.run("cut", version, apart -> cut(apart, true));
    }

    private static void cut(Apart apart, boolean underWay) throws Exception {
        Ground ground = apart.ground();
        Pbx pbx = apart.pbx();
        DeskPhone desk = pbx.with(pbx.desk());
        DeskPhone leaving = pbx.with(pbx.carrier());
        DeskPhone staying = pbx.with(pbx.anotherCarrier());
        DeskPhone coming = pbx.with(pbx.anotherCarrier());
        Cluster.Node node = apart.node();
        Desktop first = Desktop.ready(node, "2002");
        leaving.call("8001", "<sip:0301@carrier>");
        first.answer();
        Desktop second = Desktop.ready(node, "2003");
        staying.call("8001", "<sip:0302@carrier>");
        second.answer();
        String interaction = second.interaction();
        String gone = first.interaction();
        assertThat(desk.got("INVITE")).hasSize(2);

        ground.cut(Apart.NODE, Apart.ASTERISK);
        ground.cut(Apart.ASTERISK, Apart.NODE);
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
