package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Clusters.Own;
import io.interactionprocessor.testkit.Desktop;
import io.interactionprocessor.testkit.RawClient;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 6.3: resume. */
@BlackBox
class ResumeIT {

    private final Cluster cluster;

    ResumeIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The names of the first events of the connection itself. */
    private static List<Long> ownSequences(Desktop desktop) {
        return desktop.wire().received().stream()
                .filter(m -> "resourceEvent".equals(m.getString("messageType")))
                .map(m -> m.getJsonObject("event").getLong("sequence"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void exactlyTheMissedEventsFollowAtOnce(int node) {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        first.talkTo("5550505");
        long last = first.lastSequence();
        first.wire().cut();
        // The far end hangs up 3 s after it answered, while nobody listens.
        first.sleep(3_500);
        try (Desktop second = first.resumeOn(cluster.node(node))) {
            second.untilIdle();
            List<Long> sequences = ownSequences(second);
            assertThat(sequences.get(0)).isEqualTo(last + 1);
            assertThat(second.namesAfter(last)).contains("interaction.ended", "interaction.disposed");
            second.check();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void eventsAlreadySeenCanBeAskedForAgain(int node) {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        first.talkTo("5550101");
        List<JsonObject> known = first.events();
        first.wire().cut();
        try (Desktop second = first.resumeOn(cluster.node(node), 3L)) {
            second.until("the events", m -> second.events().size() >= known.size());
            // The same events, word for word.
            assertThat(second.events().subList(0, known.size())).isEqualTo(known);
            second.check();
        }
    }

    @Test
    void resumingFromZeroGivesTheWholeHistory() {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        List<JsonObject> known = first.events();
        first.wire().cut();
        try (Desktop second = first.resumeOn(cluster.node(1), 0L)) {
            second.until("the events", m -> second.events().size() >= known.size());
            second.check();
            assertThat(second.events().subList(0, known.size())).isEqualTo(known);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void resumedIsTrueAndTheStateIsTold(int node) {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        long last = first.lastSequence();
        first.wire().cut();
        try (Desktop second = Desktop.connect(cluster.node(node))) {
            second.bindService();
            JsonObject bound = second.bind(first.resource(), first.resumeKey(), last);
            assertThat(bound.getBoolean("resumed")).isTrue();
            assertThat(bound.getString("state")).isEqualTo("active");
            assertThat(bound.getString("resumeKey")).isNotBlank();
            assertThat(second.epoch()).isGreaterThanOrEqualTo(first.epoch());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void withoutLastSequenceASnapshotIsTheFirstEvent(int node) {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        first.talkTo("5550101");
        long last = first.lastSequence();
        first.wire().cut();
        try (Desktop second = Desktop.connect(cluster.node(node))) {
            second.bindService();
            JsonObject bound = second.bind(first.resource(), first.resumeKey(), null);
            assertThat(bound.getBoolean("resumed")).isFalse();
            second.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
            JsonObject event = second.events().get(0);
            assertThat(event.getString("name")).isEqualTo("session.snapshot");
            assertThat(event.getString("target")).isEqualTo(first.resource());
            assertThat(event.getLong("sequence")).as("no gap and no repeat").isEqualTo(last + 1);
            assertThat(event.getJsonObject("data").fieldNames()).contains("session", "groups", "sequence");
            assertThat(event.getJsonObject("data").getLong("sequence"))
                    .as("the next event is the one after it")
                    .isEqualTo(event.getLong("sequence"));
            second.ok("conversation.hold", second.primary());
            second.until("HELD", m -> m.primaryIs("HELD"));
            second.check();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, Long.MAX_VALUE})
    void aLastSequenceThatNeverWasGivesASnapshot(long never) {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        first.wire().cut();
        try (Desktop second = Desktop.connect(cluster.node(1))) {
            second.bindService();
            JsonObject bound = second.bind(first.resource(), first.resumeKey(), never);
            assertThat(bound.getBoolean("resumed")).isFalse();
            second.until("snapshot", m -> m.channel() != null);
            assertThat(second.events().get(0).getString("name")).isEqualTo("session.snapshot");
            second.check();
        }
    }

    @Test
    void outsideTheReplayWindowASnapshotIsTheFirstEvent(
            @Own(value = "odd", config = "src/test/resources/blackbox/odd.yaml") Cluster forgetful) {
        for (boolean inside : new boolean[] {true, false}) {
            Desktop first = Desktop.active(forgetful.node(0), Clusters.agent());
            first.talkTo("5550101");
            long last = first.lastSequence();
            first.wire().cut();
            try (Desktop second = Desktop.connect(forgetful.node(0))) {
                second.bindService();
                JsonObject bound = second.bind(first.resource(), first.resumeKey(), inside ? last - 10 : last - 11);
                assertThat(bound.getBoolean("resumed")).isEqualTo(inside);
                second.until("events", m -> !second.events().isEmpty());
                assertThat(second.events().get(0).getLong("sequence")).isEqualTo(inside ? last - 9 : last + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theOldConnectionIfStillThereIsClosed4001(int node) {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        first.talkTo("5550101");
        try (Desktop second = first.resumeOn(cluster.node(node))) {
            assertThat(first.wire().awaitClose(RawClient.SOON)).isEqualTo(4001);
            second.ok("conversation.hold", second.primary());
            second.until("HELD", m -> m.primaryIs("HELD"));
            second.check();
        }
    }

    @Test
    void theResumeKeyOfAnEarlierBindingIsWorthNothing() {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        try (Desktop second = first.resumeOn(cluster.node(1));
                Desktop thief = Desktop.connect(cluster.node(2))) {
            assertThat(first.wire().awaitClose(RawClient.SOON)).isEqualTo(4001);
            if (second.resumeKey().equals(first.resumeKey())) {
                return; // The contract does not say that the key changes.
            }
            thief.bindService();
            JsonObject answer = thief.core(
                    "bindResource",
                    Desktop.bindBody(second.resource(), new JsonObject().put("resumeKey", first.resumeKey())));
            assertThat(answer.getString("result")).isNotEqualTo("success");
            second.check();
        }
    }

    @Test
    void aDetachedSessionIsNotGivenToAClientWithoutTheKey() {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        first.talkTo("5550101");
        first.wire().cut();
        try (Desktop thief = Desktop.connect(cluster.node(0))) {
            thief.bindService();
            for (JsonObject data : List.of(
                    new JsonObject(),
                    new JsonObject().put("resumeKey", "guessed").put("lastSequence", 1))) {
                JsonObject answer = thief.core("bindResource", Desktop.bindBody(first.resource(), data));
                assertThat(answer.getString("result")).as("%s", answer).isNotEqualTo("success");
            }
            first.resumeOn(cluster.node(0)).close();
        }
    }

    @Test
    void theEpochGrowsWheneverAnotherNodeTakesOver() {
        Desktop desktop = Desktop.active(cluster.node(0), Clusters.agent());
        long epoch = desktop.epoch();
        int at = 0;
        for (int node : new int[] {0, 1, 1, 2, 0}) {
            desktop.wire().cut();
            desktop = desktop.resumeOn(cluster.node(node));
            if (node == at) {
                assertThat(desktop.epoch()).isEqualTo(epoch);
            } else {
                assertThat(desktop.epoch()).isGreaterThan(epoch);
            }
            epoch = desktop.epoch();
            at = node;
            desktop.check();
        }
        desktop.close();
    }

    @Test
    void aCallOfTwoAgentsGoesOnWhileBothMoveBetweenNodes() {
        Desktop caller = Desktop.active(cluster.node(0), Clusters.agent());
        Desktop called = Desktop.active(cluster.node(1), Clusters.agent());
        caller.ok("channel.dial", caller.channel(), new JsonObject().put("destination", called.agent()));
        called.answer();
        for (int round = 1; round < 4; round++) {
            caller.wire().cut();
            called.wire().cut();
            caller = caller.resumeOn(cluster.node(round % 3));
            called = called.resumeOn(cluster.node((round + 1) % 3));
            caller.ok("conversation.hold", caller.primary());
            caller.until("HELD", m -> m.primaryIs("HELD"));
            caller.ok("conversation.retrieve", caller.primary());
            caller.until("CONNECTED", m -> m.primaryIs("CONNECTED"));
        }
        called.ok("conversation.release", called.primary());
        caller.untilIdle();
        called.untilIdle();
        caller.check();
        called.check();
        caller.close();
        called.close();
    }

    @Test
    void resumingEndlesslyAtOnceLeavesOneConnectionBound() {
        Desktop first = Desktop.active(cluster.node(0), Clusters.agent());
        JsonObject message = new JsonObject()
                .put("messageType", "coreRequest")
                .put("requestId", "race")
                .put("command", "bindResource")
                .mergeIn(Desktop.bindBody(
                        first.resource(),
                        new JsonObject()
                                .put("resumeKey", first.resumeKey())
                                .put("lastSequence", first.lastSequence())));
        List<Desktop> rivals = List.of(
                Desktop.connect(cluster.node(0)), Desktop.connect(cluster.node(1)), Desktop.connect(cluster.node(2)));
        rivals.forEach(Desktop::bindService);
        rivals.forEach(rival -> rival.wire().send(message));
        long successes = rivals.stream()
                .filter(rival -> {
                    try {
                        return "success".equals(rival.wire().answer("race").getString("result"));
                    } catch (AssertionError closed) {
                        return false;
                    }
                })
                .count();
        assertThat(successes).isPositive();
        assertThat(first.wire().awaitClose(RawClient.SOON)).isEqualTo(4001);
        rivals.get(0)
                .ask(
                        "one connection left",
                        () -> rivals.stream()
                                .filter(rival -> !rival.wire().closed())
                                .filter(rival -> answers(rival, first))
                                .count(),
                        count -> count == 1);
        rivals.forEach(rival -> rival.wire().close());
    }

    private static boolean answers(Desktop rival, Desktop first) {
        try {
            JsonObject request = first.message(rival.nextId(), "session.snapshot", first.resource(), new JsonObject());
            return "resourceResponse".equals(rival.wire().ask(request).getString("messageType"));
        } catch (AssertionError closed) {
            return false;
        }
    }
}
