package io.interactionprocessor.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Clusters;
import io.interactionprocessor.testkit.Desktop;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Section 4.1: exactly one session for an agent, however many ask at once. */
@BlackBox
class RaceIT {

    private final Cluster cluster;

    RaceIT(Cluster cluster) {
        this.cluster = cluster;
    }

    private List<Desktop> desktops(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Desktop desktop = Desktop.connect(cluster.node(i % 3));
                    desktop.bindService();
                    return desktop;
                })
                .toList();
    }

    /** All send prepareSession before any answer is read. */
    private static List<JsonObject> race(List<Desktop> desktops, String agent, boolean override, String id) {
        JsonObject message = Desktop.serviceMessage(id, "prepareSession", Desktop.credentials(agent, "demo", override));
        desktops.forEach(desktop -> desktop.wire().send(message));
        return desktops.stream()
                .map(desktop -> desktop.wire().answer(id).getJsonObject("response"))
                .toList();
    }

    private static void close(List<Desktop> desktops) {
        desktops.forEach(Desktop::close);
    }

    @Test
    void ofManyThatAskAtOnceOneGetsTheSessionAndTheOthersMustConfirm() {
        List<Desktop> desktops = desktops(6);
        for (int round = 0; round < 15; round++) {
            List<String> results = race(desktops, Clusters.agent(), false, "race" + round).stream()
                    .map(response -> response.getString("result"))
                    .sorted()
                    .toList();
            assertThat(results).isEqualTo(List.of("confirm", "confirm", "confirm", "confirm", "confirm", "success"));
        }
        close(desktops);
    }

    @Test
    void ofManyThatOverrideAtOnceOneSessionIsLeft() {
        List<Desktop> desktops = desktops(6);
        for (int round = 0; round < 10; round++) {
            List<JsonObject> responses = race(desktops, Clusters.agent(), true, "race" + round);
            assertThat(responses).allMatch(response -> "success".equals(response.getString("result")));
            List<String> ids = responses.stream()
                    .map(response -> response.getJsonObject("resource").getString("id"))
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(6);
            Desktop judge = desktops.get(round % 6);
            long bound = ids.stream()
                    .map(id -> judge.core("bindResource", Desktop.bindBody(id, new JsonObject())))
                    .filter(answer -> "success".equals(answer.getString("result")))
                    .count();
            assertThat(bound).isEqualTo(1);
        }
        close(desktops);
    }

    @Test
    void ofTwoThatBindTheSameSessionAtOnceOneGetsIt() {
        List<Desktop> desktops = desktops(4);
        for (int round = 0; round < 10; round++) {
            try (Desktop preparing = Desktop.connect(cluster.node(round % 3))) {
                preparing.bindService();
                preparing.prepare(Clusters.agent(), false);
                String id = "bind" + round;
                JsonObject message = new JsonObject()
                        .put("messageType", "coreRequest")
                        .put("requestId", id)
                        .put("command", "bindResource")
                        .mergeIn(Desktop.bindBody(preparing.resource(), new JsonObject()));
                desktops.forEach(desktop -> desktop.wire().send(message));
                List<JsonObject> answers = desktops.stream()
                        .map(desktop -> desktop.wire().answer(id))
                        .toList();
                assertThat(answers.stream().filter(answer -> "success".equals(answer.getString("result"))))
                        .as("%s", answers)
                        .hasSize(1);
                assertThat(answers.stream()
                                .filter(answer -> answer.containsKey("failure"))
                                .map(answer -> answer.getJsonObject("failure").getString("code")))
                        .containsOnly("alreadyBound");
            }
        }
        close(desktops);
    }

    @Test
    void aSessionOverriddenAgainAndAgainOverAllNodesIsOnlyEverOne() {
        String agent = Clusters.agent();
        Desktop last = Desktop.active(cluster.node(0), agent);
        last.talkTo("5550101");
        for (int round = 1; round < 12; round++) {
            Desktop next = Desktop.connect(cluster.node(round % 3));
            next.bindService();
            next.prepare(agent, true);
            next.bind();
            next.start();
            assertThat(last.wire().awaitClose(io.interactionprocessor.testkit.RawClient.SOON))
                    .isEqualTo(4002);
            assertThat(last.mirror().ended()).isEqualTo("overridden");
            next.until("the call", m -> m.primaryIs("CONNECTED"));
            last = next;
        }
        last.check();
        last.close();
    }
}
