package io.interactionprocessor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.protocol.ServiceObject.NodeStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OtherNodesTest {
    private static NodeStatus node(String url, boolean accepting, int clients) {
        return new NodeStatus(url, accepting, clients);
    }

    @Test
    void namesTheOneWithTheFewestClientsFirst_thoseSentThereCounted() {
        OtherNodes others = new OtherNodes(
                () -> List.of(node("ws://a:1/ws", true, 10), node("ws://b:1/ws", true, 8)), node -> false);

        List<String> reasons =
                IntStream.range(0, 4).mapToObj(i -> others.reason("draining")).toList();

        assertThat(reasons)
                .containsExactly(
                        "draining: ws://b:1/ws ws://a:1/ws",
                        "draining: ws://b:1/ws ws://a:1/ws",
                        "draining: ws://a:1/ws ws://b:1/ws",
                        "draining: ws://b:1/ws ws://a:1/ws");
    }

    @Test
    void whatHasBeenRestartedGoesFirst_soThatNobodyMovesTwiceMore() {
        NodeStatus older = node("ws://a:1/ws", true, 0);
        NodeStatus young = node("ws://b:1/ws", true, 500);
        NodeStatus youngest = node("ws://c:1/ws", true, 499);
        OtherNodes others = new OtherNodes(() -> List.of(older, young, youngest), node -> !node.equals(older));
        assertThat(IntStream.range(0, 3).mapToObj(i -> others.reason("x")))
                .containsExactly(
                        "x: ws://c:1/ws ws://b:1/ws ws://a:1/ws",
                        "x: ws://b:1/ws ws://c:1/ws ws://a:1/ws",
                        "x: ws://c:1/ws ws://b:1/ws ws://a:1/ws");
    }

    @Test
    void leavesOutThoseThatAcceptNobody_unlessAllDo() {
        NodeStatus open = node("ws://a:1/ws", true, 10);
        NodeStatus draining = node("ws://b:1/ws", false, 0);
        assertThat(new OtherNodes(() -> List.of(open, draining), node -> false).reason("x"))
                .isEqualTo("x: ws://a:1/ws");
        assertThat(new OtherNodes(() -> List.of(draining), node -> false).reason("x"))
                .isEqualTo("x: ws://b:1/ws");
        assertThat(new OtherNodes(List::of, node -> false).reason("x")).isEqualTo("x");
    }

    @Test
    void namesAsManyAsACloseFrameHasRoomFor() {
        List<NodeStatus> many = IntStream.range(0, 20)
                .mapToObj(i -> node("wss://node-" + i + ".example.org:8443/ws", true, i))
                .toList();

        String reason = new OtherNodes(() -> many, node -> false).reason("draining");

        assertThat(reason.getBytes(StandardCharsets.UTF_8).length).isBetween(80, OtherNodes.LONGEST_REASON);
        assertThat(reason).contains("node-0.example.org:8443/ws wss://node-1.example.org:8443/ws");
    }
}
