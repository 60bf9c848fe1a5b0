package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Section 6.1.5: a connection is lost. The times are shortened to 1 s (not ready) and 3 s (end). */
@BlackBox
class DetachIT {

    private final Cluster.Node node;

    DetachIT(@Own(value = "special", config = "src/test/resources/blackbox/special.yaml") Cluster cluster) {
        node = cluster.node(0);
    }

    private Desktop asking() {
        Desktop desktop = Desktop.connect(node);
        desktop.bindService();
        return desktop;
    }

    private static String stateOf(Desktop asking, String agent) {
        JsonObject response = asking.tryPrepare(agent, false);
        return response.containsKey("session")
                ? response.getJsonObject("session").getString("state")
                : "none";
    }

    @Test
    void aLostConnectionLeavesTheSessionDetached() {
        Desktop lost = Desktop.ready(node, Special.queueless());
        try (Desktop asking = asking()) {
            lost.wire().cut();
            asking.ask("detached", () -> stateOf(asking, lost.agent()), "detached"::equals);
        }
    }

    @Test
    void afterAWhileTheChannelGoesNotReadyWithReasonConnectionLost() {
        Desktop lost = Desktop.ready(node, Special.queueless());
        long last = lost.settle();
        lost.wire().cut();
        lost.sleep(1_800);
        try (Desktop back = lost.resumeOn(node)) {
            JsonObject info = back.event(last, "channel.infochanged").getJsonObject("data");
            assertThat(info.getString("availability")).isEqualTo("notReady");
            assertThat(info.getString("reason")).isEqualTo("connectionLost");
            back.check();
            back.makeReady();
            back.check();
        }
    }

    @Test
    void whoIsBackInTimeIsStillReady() {
        Desktop lost = Desktop.ready(node, Special.queueless());
        long last = lost.settle();
        lost.wire().cut();
        try (Desktop back = lost.resumeOn(node)) {
            back.sleep(2_000);
            back.settle();
            assertThat(back.namesAfter(last)).isEmpty();
            assertThat(back.mirror().channel().text("availability")).isEqualTo("ready");
            back.check();
        }
    }

    @Test
    void whoIsBackOnlyAfterTheNotReadyIsNotEndedLater() {
        Desktop lost = Desktop.active(node, Special.queueless());
        lost.wire().cut();
        lost.sleep(2_000);
        try (Desktop back = lost.resumeOn(node)) {
            back.sleep(2_500);
            back.settle();
            assertThat(back.mirror().ended()).isNull();
            back.check();
        }
    }

    @Test
    void withoutACallTheSessionEndsAndIsUnknown() {
        Desktop lost = Desktop.ready(node, Special.queueless());
        lost.wire().cut();
        long start = System.nanoTime();
        try (Desktop asking = asking()) {
            asking.ask("end", Duration.ofSeconds(15), () -> stateOf(asking, lost.agent()), "none"::equals);
            assertThat((System.nanoTime() - start) / 1_000_000).isBetween(2_300L, 9_000L);
            JsonObject answer = asking.core(
                    "bindResource",
                    Desktop.bindBody(lost.resource(), new JsonObject().put("resumeKey", lost.resumeKey())));
            assertThat(answer.encode()).contains("unknownResource");
        }
    }

    @Test
    void neverWhileACallIsUp() {
        Desktop lost = Desktop.active(node, Special.queueless());
        lost.talkTo("5550101");
        lost.wire().cut();
        try (Desktop asking = asking()) {
            asking.sleep(5_000);
            assertThat(stateOf(asking, lost.agent())).isEqualTo("detached");
        }
        Desktop back = lost.resumeOn(node);
        back.until("the call", m -> m.primaryIs("CONNECTED"));
        back.check();
        // And once the call is over, it does end.
        back.ok("conversation.transfer", back.primary(), new JsonObject().put("destination", "5550501"));
        back.wire().cut();
        try (Desktop asking = asking()) {
            asking.ask("end", Duration.ofSeconds(20), () -> stateOf(asking, back.agent()), "none"::equals);
        }
    }

    @Test
    void theSwitchSeesTheAgentLoggedOffWhenTheSessionHasExpired() {
        Desktop lost = Desktop.active(node, Special.queueless());
        lost.wire().cut();
        try (Desktop asking = asking();
                Desktop caller = Desktop.active(node, Special.queueless())) {
            asking.ask("end", Duration.ofSeconds(15), () -> stateOf(asking, lost.agent()), "none"::equals);
            caller.ok("channel.dial", caller.channel(), new JsonObject().put("destination", lost.agent()));
            assertThat(caller.event(0, "conversation=FAILED")
                            .getJsonObject("data")
                            .getString("cause"))
                    .isEqualTo("unreachable");
        }
    }

    @Test
    void aCleanCloseIsALostConnectionToo() {
        Desktop leaving = Desktop.active(node, Special.queueless());
        leaving.talkTo("5550101");
        leaving.wire().close();
        try (Desktop back = leaving.resumeOn(node)) {
            Mirror now = back.until("the call", m -> m.primaryIs("CONNECTED"));
            assertThat(now.ended()).isNull();
            back.check();
        }
    }

    @Test
    void unbindServiceLeavesNoSessionHangingForEver() {
        Desktop desktop = Desktop.active(node, Special.queueless());
        desktop.core("unbindService", new JsonObject().put("serviceId", "sim"));
        desktop.wire().cut();
        try (Desktop asking = asking()) {
            asking.ask("end", Duration.ofSeconds(15), () -> stateOf(asking, desktop.agent()), "none"::equals);
        }
    }
}
