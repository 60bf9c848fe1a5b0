package io.interactionprocessor.client;

import static io.interactionprocessor.client.ScriptedServer.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeListTest {
    private final NodeList nodes = new NodeList(List.of("ws://a/ws", "ws://b/ws"), new Random(1));

    private static JsonObject service(JsonObject... nodes) {
        return new JsonObject().put("serviceStatus", new JsonObject().put("nodes", new JsonArray(List.of((Object[])
                        nodes))));
    }

    /** All have come to b by chance and know the same; as many go to a as even out what was there before. */
    @ParameterizedTest
    @CsvSource({
        "300, 300, 0",
        "300, 0, 1000",
        "400, 300, 250",
        "400, 330, 0",
        "300, 400, 0",
        "400, 100, 750",
        "1, 0, 1000",
        "0, 0, 0"
    })
    void spreadsThoseWhoComeAtTheSameTime(int here, int there, int expected) {
        JsonObject service =
                service(node("ws://a/ws", there, true), node("ws://b/ws", here, true), node("ws://c/ws", 500, true));
        Map<String, Integer> gone = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            gone.merge(nodes.emptier(service, "ws://b/ws"), 1, Integer::sum);
        }
        assertThat(gone.getOrDefault("ws://a/ws", 0)).isBetween(expected - 50, expected + 50);
        assertThat(gone.getOrDefault("ws://b/ws", 0)).isEqualTo(1_000 - gone.getOrDefault("ws://a/ws", 0));
    }

    @Test
    void goesToNoneThatTakesNobody() {
        JsonObject service = service(node("ws://a/ws", 0, false), node("ws://b/ws", 300, true));
        assertThat(nodes.emptier(service, "ws://b/ws")).isEqualTo("ws://b/ws");
    }

    @Test
    void staysWhereNothingIsKnown() {
        assertThat(nodes.emptier(new JsonObject(), "ws://b/ws")).isEqualTo("ws://b/ws");
    }

    /** As of a node that is starting and does not listen yet. */
    @Test
    void learnsNoNodeThatCannotBeGoneTo() {
        nodes.learn(service(node("", 0, false), node("ws://d/ws", 0, true), node("nonsense", 0, true)));
        assertThat(nodes.toTry("ws://a/ws")).containsExactlyInAnyOrder("ws://a/ws", "ws://b/ws", "ws://d/ws");
    }
}
