package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.Mirror;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 7.1: digits, attached data, and data that a request may not have. */
@BlackBox
class CallDataIT {

    private final Cluster cluster;

    CallDataIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private Desktop active(int node) {
        return Desktop.active(cluster.node(node), Clusters.agent());
    }

    private static JsonObject to(String destination) {
        return new JsonObject().put("destination", destination);
    }

    @Test
    void dialCarriesData() {
        try (Desktop caller = active(0);
                Desktop called = active(1)) {
            JsonObject data = new JsonObject().put("case", "4711").put("name", "Jürgen \uD83D\uDE00");
            caller.ok("channel.dial", caller.channel(), to(called.agent()).put("data", data));
            Mirror ringing = called.until("ALERTING", m -> m.primaryIs("ALERTING"));
            assertThat(ringing.interaction().fields().getJsonObject("data")).isEqualTo(data);
            caller.settle();
            assertThat(caller.mirror().interaction().fields().getJsonObject("data"))
                    .isEqualTo(data);
            caller.check();
            called.check();
        }
    }

    @Test
    void dtmfIsRecordedInTheHistory() {
        try (Desktop desktop = active(0)) {
            desktop.talkTo("5550101");
            String digits = "0123456789*#ABCD";
            desktop.ok("conversation.senddtmf", desktop.primary(), new JsonObject().put("digits", digits));
            assertThat(cluster.node(1).management().history(0).encode()).contains(digits);
            desktop.ok("conversation.senddtmf", desktop.primary(), new JsonObject().put("digits", "1".repeat(64)));
            desktop.check();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "E", "1 2", "1,2", "a"})
    void otherDigitsAreAnInvalidRequest(String digits) {
        invalidData("conversation.senddtmf", new JsonObject().put("digits", digits), "/request/data/digits");
    }

    @Test
    void moreThan64DigitsAreAnInvalidRequest() {
        invalidData("conversation.senddtmf", new JsonObject().put("digits", "1".repeat(65)), "/request/data/digits");
    }

    @Test
    void missingDataIsAnInvalidRequest() {
        invalidData("conversation.senddtmf", new JsonObject(), "/request/data/digits");
        invalidData("conversation.transfer", new JsonObject(), "/request/data/destination");
        invalidData("conversation.conference", new JsonObject(), "/request/data/destination");
        invalidData("conversation.dropmember", new JsonObject(), "/request/data/member");
        invalidData("conversation.transfer", to(""), "/request/data/destination");
    }

    private void invalidData(String command, JsonObject data, String pointer) {
        try (Desktop desktop = active(0)) {
            desktop.talkTo("5550101");
            JsonObject answer = desktop.wire().ask(desktop.message("i", command, desktop.primary(), data));
            JsonObject why = answer.containsKey("error")
                    ? answer.getJsonObject("error")
                    : answer.getJsonObject("response").getJsonObject("failure");
            assertThat(why).as("%s", answer).isNotNull();
            // An empty destination may be read as a value that no number plan has; a missing member, as a command not
            // allowed.
            assertThat(why.getString("code"))
                    .as("%s", answer)
                    .isIn("invalidRequest", "invalidDestination", "invalidState");
            if (why.getString("code").equals("invalidRequest")) {
                assertThat(why.getString("field")).isEqualTo(pointer);
            }
            desktop.check();
        }
    }

    @Test
    void setdataSetsAndRemovesAndBothAgentsSeeIt() {
        try (Desktop caller = active(0);
                Desktop called = active(1)) {
            caller.ok(
                    "channel.dial",
                    caller.channel(),
                    to(called.agent())
                            .put("data", new JsonObject().put("keep", "1").put("drop", "2")));
            called.answer();
            long last = called.settle();
            caller.settle();
            caller.ok(
                    "interaction.setdata",
                    caller.interaction(),
                    new JsonObject()
                            .put("set", new JsonObject().put("new", "3").put("keep", "1"))
                            .put("remove", new JsonArray().add("drop").add("never there")));
            JsonObject wanted = new JsonObject().put("keep", "1").put("new", "3");
            JsonObject changed = called.event(last, "interaction.datachanged").getJsonObject("data");
            assertThat(changed.getJsonObject("data")).isEqualTo(wanted);
            assertThat(changed.getJsonArray("changed").encode()).contains("new", "drop");
            caller.until("data", m -> wanted.equals(m.interaction().fields().getJsonObject("data")));
            caller.check();
            called.check();
        }
    }

    @Test
    void setdataTakesOnlyOneOfSetAndRemove() {
        try (Desktop desktop = active(0)) {
            desktop.talkTo("5550101");
            desktop.ok(
                    "interaction.setdata",
                    desktop.interaction(),
                    new JsonObject().put("set", new JsonObject().put("a", "b")));
            desktop.until(
                    "a", m -> m.interaction().fields().getJsonObject("data").containsKey("a"));
            desktop.ok(
                    "interaction.setdata",
                    desktop.interaction(),
                    new JsonObject().put("remove", new JsonArray().add("a")));
            desktop.until(
                    "no a", m -> m.interaction().fields().getJsonObject("data").isEmpty());
            desktop.check();
        }
    }
}
