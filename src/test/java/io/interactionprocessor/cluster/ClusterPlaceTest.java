package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.Ports;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How nodes share what a dead one leaves: each thing has exactly one that takes it. */
class ClusterPlaceTest {
    private static NodeInfo node(String id, boolean accepting, NodeInfo.Phase phase) {
        return new NodeInfo(
                id,
                "ws://" + id,
                "http://" + id,
                accepting,
                Map.of("sim", new NodeInfo.ServiceInfo("demo", phase, 0)),
                Map.of());
    }

    private static NodeInfo well(String id) {
        return node(id, true, NodeInfo.Phase.IN_SERVICE);
    }

    private static void takesEachOnce(List<NodeInfo> all, List<String> takers) {
        List<Ports.Share> shares = takers.stream()
                .map(taker -> ClusterPlace.share(all, taker, "demo"))
                .toList();
        List<Integer> taken = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> {
            List<Integer> by = IntStream.range(0, shares.size())
                    .filter(taker -> shares.get(taker).has("session " + i))
                    .boxed()
                    .toList();
            assertThat(by).as("who takes session %d", i).hasSize(1);
            taken.addAll(by);
        });
        for (int taker = 0; taker < takers.size(); taker++) {
            int number = taker;
            assertThat(taken.stream().filter(by -> by == number).count())
                    .as("what %s takes", takers.get(taker))
                    .isBetween(700L / takers.size(), 1_300L / takers.size());
        }
    }

    @Test
    void allThatAreWell() {
        takesEachOnce(List.of(well("a"), well("b"), well("c")), List.of("a", "b", "c"));
    }

    @Test
    void notThoseThatAreFullOrLeave() {
        List<NodeInfo> all = List.of(
                node("a", false, NodeInfo.Phase.IN_SERVICE),
                well("b"),
                node("c", true, NodeInfo.Phase.STOPPING),
                well("d"));
        takesEachOnce(all, List.of("b", "d"));
    }

    private static NodeInfo other(String id, String domain, String service) {
        return new NodeInfo(
                id,
                "ws://" + id,
                "http://" + id,
                true,
                Map.of(service, new NodeInfo.ServiceInfo(domain, NodeInfo.Phase.IN_SERVICE, 0)),
                Map.of());
    }

    @Test
    void notThoseOfAnotherDomain() {
        takesEachOnce(List.of(other("a", "other", "crm"), well("b"), well("c")), List.of("b", "c"));
    }

    /** It may have been started a moment ago; what two take only one gets, by the directory. */
    @Test
    void whoIsNotKnownYetTriesAll() {
        assertThat(ClusterPlace.share(List.of(well("a")), "b", "demo")).isEqualTo(new Ports.Share(0, 1));
    }

    @Test
    void aSessionIsForANodeThatHostsItsProcessor() {
        List<NodeInfo> all =
                List.of(node("a", false, NodeInfo.Phase.IN_SERVICE), well("b"), well("c"), other("d", "demo", "crm"));
        Set<String> hosts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            SessionId session = new SessionId("session " + i);
            hosts.add(ClusterPlace.hostOf(all, "demo", "sim", session).orElseThrow());
            assertThat(ClusterPlace.hostOf(all, "demo", "crm", session)).contains("d");
            assertThat(ClusterPlace.hostOf(all, "demo", "none", session)).isEmpty();
        }
        assertThat(hosts).containsExactlyInAnyOrder("b", "c");
    }
}
