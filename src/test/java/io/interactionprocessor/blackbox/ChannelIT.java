package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 7.1: channels and channel groups. Its agents are ready, so they are in a queue that nobody calls. */
@BlackBox
class ChannelIT {

    private final Cluster.Node node;

    ChannelIT(@Own(value = "special", config = "src/test/resources/blackbox/special.yaml") Cluster cluster) {
        node = cluster.node(0);
    }

    private Desktop started() {
        return Desktop.started(node, Special.queueless());
    }

    private Desktop active() {
        return Desktop.active(node, Special.queueless());
    }

    private static JsonObject reason(String reason) {
        return new JsonObject().put("reason", reason);
    }

    private static Mirror availability(Desktop desktop, String wanted) {
        return desktop.until(wanted, m -> wanted.equals(m.channel().text("availability")));
    }

    @Test
    void activateMakesTheChannelActiveAndNotReady() {
        try (Desktop desktop = started()) {
            assertThat(desktop.mirror().channel().state()).isEqualTo("INACTIVE");
            long last = desktop.lastSequence();
            desktop.ok("channel.activate", desktop.channel());
            JsonObject event = desktop.event(last, "channel=ACTIVE");
            assertThat(event.getString("messageType")).isEqualTo("stateEvent");
            assertThat(event.getString("name")).isEqualTo("state.updated");
            assertThat(event.getJsonObject("data").getString("previous")).isEqualTo("INACTIVE");
            assertThat(event.getJsonObject("data").getString("state")).isEqualTo("ACTIVE");
            assertThat(event.getJsonObject("data").containsKey("cause")).isTrue();
            assertThat(desktop.mirror().channel().text("availability")).isEqualTo("notReady");
            desktop.check();
        }
    }

    @Test
    void activateTakesChanneloptions() {
        try (Desktop desktop = started()) {
            desktop.ok(
                    "channel.activate",
                    desktop.channel(),
                    new JsonObject().put("channeloptions", new JsonObject().put("any", "thing")));
            desktop.until("ACTIVE", m -> "ACTIVE".equals(m.channel().state()));
            desktop.check();
        }
    }

    @Test
    void deactivateMakesTheChannelInactive() {
        try (Desktop desktop = active()) {
            desktop.ok("channel.deactivate", desktop.channel());
            desktop.until("INACTIVE", m -> "INACTIVE".equals(m.channel().state()));
            desktop.settle();
            desktop.fails("channelInactive", "channel.ready", desktop.channel(), new JsonObject());
            desktop.fails(
                    "channelInactive",
                    "channel.dial",
                    desktop.channel(),
                    new JsonObject().put("destination", "5550101"));
            desktop.check();
            desktop.ok("channel.activate", desktop.channel());
            desktop.until("ACTIVE", m -> "ACTIVE".equals(m.channel().state()));
            desktop.check();
        }
    }

    @Test
    void deactivateOfAReadyChannelGoesNotReadyToo() {
        try (Desktop desktop = Desktop.ready(node, Special.queueless())) {
            JsonObject response = desktop.request("channel.deactivate", desktop.channel(), new JsonObject());
            // Either it is done for the agent, or the agent is told to go not ready first.
            if (response.getString("result").equals("success")) {
                desktop.until(
                        "INACTIVE",
                        m -> "INACTIVE".equals(m.channel().state())
                                && "notReady".equals(m.channel().text("availability")));
            } else {
                assertThat(response.getJsonObject("failure").getString("code")).isEqualTo("notReadyRequired");
                assertThat(desktop.mirror().channel().may("channel.deactivate")).isFalse();
            }
            desktop.check();
        }
    }

    @Test
    void deactivateFailsWhileAnInteractionIsOpen() {
        try (Desktop desktop = active()) {
            desktop.talkTo("5550101");
            desktop.fails("interactionInProgress", "channel.deactivate", desktop.channel(), new JsonObject());
            desktop.fails("interactionInProgress", "channelgroup.deactivateall", desktop.group(), new JsonObject());
            desktop.check();
        }
    }

    @Test
    void readyAndNotreadyChangeTheAvailability() {
        try (Desktop desktop = active()) {
            long last = desktop.settle();
            desktop.ok("channel.ready", desktop.channel());
            JsonObject ready = desktop.event(last, "channel.infochanged").getJsonObject("data");
            assertThat(ready.fieldNames()).contains("availability", "reason", "since", "pending", "actions", "blocked");
            assertThat(ready.getString("availability")).isEqualTo("ready");
            assertThat(ready.getValue("reason")).isNull();
            assertThat(ready.getValue("pending")).isNull();
            last = desktop.settle();
            desktop.ok("channel.notready", desktop.channel(), reason("lunch"));
            JsonObject notReady = desktop.event(last, "channel.infochanged").getJsonObject("data");
            assertThat(notReady.getString("availability")).isEqualTo("notReady");
            assertThat(notReady.getString("reason")).isEqualTo("lunch");
            desktop.ok("channel.notready", desktop.channel(), reason("meeting"));
            desktop.until("meeting", m -> "meeting".equals(m.channel().text("reason")));
            desktop.check();
        }
    }

    @Test
    void aReasonThatIsNotConfiguredIsUnknown() {
        try (Desktop desktop = active()) {
            long last = desktop.settle();
            desktop.fails("unknownReason", "channel.notready", desktop.channel(), reason("bad mood"));
            desktop.fails("unknownReason", "channelgroup.notready", desktop.group(), reason("bad mood"));
            desktop.fails("unknownReason", "channel.notready", desktop.channel(), reason(""));
            assertThat(desktop.namesAfter(last)).isEmpty();
            desktop.check();
        }
    }

    @Test
    void everyReasonOfTheCapabilitiesCanBeGiven() {
        try (Desktop desktop = active()) {
            for (Object each : desktop.service("getCapabilities", new JsonObject())
                    .getJsonObject("response")
                    .getJsonObject("data")
                    .getJsonArray("not-ready-reasons")) {
                desktop.ok("channel.notready", desktop.channel(), reason((String) each));
                desktop.until("reason", m -> each.equals(m.channel().text("reason")));
            }
            desktop.check();
        }
    }

    @Test
    void onACallReadyBecomesPending() {
        try (Desktop desktop = active()) {
            desktop.talkTo("5550101");
            desktop.ok("channel.ready", desktop.channel());
            Mirror pending = desktop.until("pending", m -> m.channel().fields().getValue("pending") != null);
            assertThat(pending.channel().text("availability")).isEqualTo("busy");
            assertThat(String.valueOf(pending.channel().fields().getValue("pending")))
                    .contains("ready");
            desktop.settle();
            desktop.check();
            desktop.ok("conversation.release", desktop.primary());
            Mirror after = availability(desktop, "ready");
            assertThat(after.channel().fields().getValue("pending")).isNull();
            desktop.check();
        }
    }

    @Test
    void onACallNotreadyBecomesPendingWithItsReason() {
        try (Desktop desktop = Desktop.ready(node, Special.queueless())) {
            desktop.talkTo("5550101");
            desktop.ok("channel.notready", desktop.channel(), reason("lunch"));
            Mirror pending = desktop.until("pending", m -> m.channel().fields().getValue("pending") != null);
            assertThat(pending.channel().text("availability")).isEqualTo("busy");
            desktop.ok("conversation.release", desktop.primary());
            Mirror after = availability(desktop, "notReady");
            assertThat(after.channel().text("reason")).isEqualTo("lunch");
            assertThat(after.channel().fields().getValue("pending")).isNull();
            desktop.check();
        }
    }

    @Test
    void cancelpendingTakesItBack() {
        try (Desktop desktop = active()) {
            desktop.talkTo("5550101");
            desktop.ok("channel.ready", desktop.channel());
            desktop.until("pending", m -> m.channel().fields().getValue("pending") != null);
            desktop.settle();
            assertThat(desktop.mirror().channel().may("channel.cancelpending")).isTrue();
            desktop.ok("channel.cancelpending", desktop.channel());
            desktop.until("nothing pending", m -> m.channel().fields().getValue("pending") == null);
            desktop.ok("conversation.release", desktop.primary());
            availability(desktop, "notReady");
            desktop.check();
        }
    }

    @Test
    void cancelpendingWithNothingPendingIsAnInvalidState() {
        try (Desktop desktop = active()) {
            desktop.fails("invalidState", "channel.cancelpending", desktop.channel(), new JsonObject());
        }
    }

    @Test
    void groupRequestsActOnEveryChannel() {
        try (Desktop desktop = started()) {
            desktop.ok("channelgroup.activateall", desktop.group());
            desktop.until(
                    "all active", m -> m.all(Mirror.Kind.CHANNEL).stream().allMatch(c -> "ACTIVE".equals(c.state())));
            desktop.settle();
            desktop.ok("channelgroup.ready", desktop.group());
            availability(desktop, "ready");
            desktop.settle();
            desktop.ok("channelgroup.notready", desktop.group(), reason("break"));
            assertThat(availability(desktop, "notReady").channel().text("reason"))
                    .isEqualTo("break");
            desktop.settle();
            desktop.check();
            desktop.ok("channelgroup.deactivateall", desktop.group());
            desktop.until(
                    "all inactive",
                    m -> m.all(Mirror.Kind.CHANNEL).stream().allMatch(c -> "INACTIVE".equals(c.state())));
            desktop.check();
        }
    }

    @Test
    void aGroupRequestThatFailsSaysWhichChannel() {
        try (Desktop desktop = started()) {
            for (String command : List.of("channelgroup.ready", "channelgroup.notready")) {
                JsonObject failure = desktop.fails("channelInactive", command, desktop.group(), reason("break"));
                assertThat(failure.encode())
                        .as("it says which")
                        .contains(desktop.mirror().channel().text("id"));
            }
        }
    }

    @Test
    void aSecondDialWhileOnACallIsRefused() {
        try (Desktop desktop = active()) {
            desktop.talkTo("5550101");
            JsonObject response =
                    desktop.request("channel.dial", desktop.channel(), new JsonObject().put("destination", "5550102"));
            assertThat(response.getString("result")).isEqualTo("failure");
            assertThat(response.getJsonObject("failure").getString("code"))
                    .isEqualTo(desktop.mirror().channel().blocked().get("channel.dial"));
            desktop.check();
        }
    }

    @Test
    void logoutOfAReadyAgentGoesNotReadyFirst() {
        try (Desktop desktop = Desktop.ready(node, Special.queueless())) {
            long last = desktop.settle();
            desktop.ok("session.logout", desktop.resource(), reason("break"));
            desktop.until("ended", m -> "logout".equals(m.ended()));
            assertThat(desktop.namesAfter(last))
                    .containsSubsequence(
                            "channel.infochanged",
                            "channel=INACTIVE",
                            "channel.disposed",
                            "channelgroup.disposed",
                            "session.ended");
            JsonObject info = desktop.event(last, "channel.infochanged").getJsonObject("data");
            assertThat(info.getString("availability")).isEqualTo("notReady");
        }
    }

    @Test
    void aWhileInactiveStationIsUnreachableAndAfterwardsRings() {
        try (Desktop caller = active();
                Desktop called = started()) {
            caller.ok("channel.dial", caller.channel(), new JsonObject().put("destination", called.agent()));
            JsonObject failed = caller.event(0, "conversation=FAILED");
            assertThat(failed.getJsonObject("data").getString("cause")).isEqualTo("unreachable");
            caller.settle();
            caller.ok("conversation.release", caller.primary());
            caller.untilIdle();
            called.ok("channel.activate", called.channel());
            called.until("ACTIVE", m -> m.channel().may("channel.dial"));
            caller.ok("channel.dial", caller.channel(), new JsonObject().put("destination", called.agent()));
            called.until("ALERTING", m -> m.primaryIs("ALERTING"));
            caller.check();
            called.check();
        }
    }
}
