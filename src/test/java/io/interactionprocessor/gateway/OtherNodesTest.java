package io.interactionprocessor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.protocol.ServiceObject.NodeStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    void whatHasJustBeenRestartedTakesAllFromTheNextOne() {
        NodeStatus older = node("ws://a:1/ws", true, 480);
        NodeStatus restarted = node("ws://b:1/ws", true, 0);
        OtherNodes others = new OtherNodes(() -> List.of(older, restarted), node -> node.equals(restarted));
        assertThat(IntStream.range(0, 500).mapToObj(i -> others.reason("x")))
                .containsOnly("x: ws://b:1/ws ws://a:1/ws");
    }

    @Test
    void whoGoesAloneLeavesTheOthersWithMuchTheSame() {
        NodeStatus older = node("ws://a:1/ws", true, 300);
        NodeStatus younger = node("ws://b:1/ws", true, 300);
        OtherNodes others = new OtherNodes(() -> List.of(older, younger), node -> node.equals(younger));
        long toYounger = IntStream.range(0, 300)
                .filter(i -> others.reason("x").startsWith("x: ws://b"))
                .count();
        assertThat(toYounger).isEqualTo(200);
    }

    @Test
    void whoHasArrivedMeanwhileIsNotCountedTwice() {
        List<NodeStatus> now = new ArrayList<>(List.of(node("ws://a:1/ws", true, 400), node("ws://b:1/ws", true, 0)));
        OtherNodes others = new OtherNodes(() -> now, node -> false);
        for (int i = 1; i <= 300; i++) {
            assertThat(others.reason("x")).startsWith("x: ws://b");
            now.set(1, node("ws://b:1/ws", true, i));
        }
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
