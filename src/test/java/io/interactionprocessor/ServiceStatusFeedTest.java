package io.interactionprocessor;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cluster.NodeInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceStatusFeedTest {
    private static NodeInfo node(String id, String url) {
        return new NodeInfo(id, url, "", true, Map.of(), Map.of());
    }

    @Test
    void clientsAreNotToldOfANodeThatDoesNotListenYet() {
        NodeInfo there = node("n1", "ws://a:1/ws");
        assertThat(ServiceStatusFeed.reachable(List.of(there, node("n2", "")))).containsExactly(there);
    }
}
