package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.ThreeNodes.await;
import static io.interactionprocessor.cluster.ThreeNodes.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.cluster.NodeInfo.LinkInfo;
import io.interactionprocessor.cluster.NodeInfo.Phase;
import io.interactionprocessor.cluster.NodeInfo.ServiceInfo;
import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Leases, the list of nodes and the quorum, while nodes come and go. */
class DepartureIT {
    private static final Duration SOON = Duration.ofSeconds(2);
    /** The longest that a node may act without hearing a majority, and the time to notice it here. */
    private static final Duration LEASE = Duration.ofMillis(Quorum.LEASE_MS + 1_000);

    private static final Duration IN_TIME = Duration.ofSeconds(10);

    private ThreeNodes cluster;
    private List<Part> parts;

    /** What one node has of this package's services, and what it was told. */
    private static final class Part {
        final ClusterNode node;
        final Quorum quorum;
        final LinkLeases leases;
        final NodeRegistry registry;
        final LinkLease lease;
        final List<Epoch> granted = new CopyOnWriteArrayList<>();
        final AtomicInteger lost = new AtomicInteger();

        Part(ClusterNode node) {
            this.node = node;
            this.quorum = new Quorum(node);
            this.leases = new LinkLeases(node, quorum);
            this.registry = new NodeRegistry(node);
            this.lease = leases.lease("link", granted::add, lost::incrementAndGet);
            await(leases.start());
            await(registry.start(info(true, 0)));
        }

        NodeInfo info(boolean accepting, int clients) {
            return new NodeInfo(
                    node.nodeId(),
                    "ws://" + node.nodeId(),
                    "http://" + node.nodeId(),
                    accepting,
                    Map.of("sim", new ServiceInfo("demo", Phase.IN_SERVICE, clients)),
                    Map.of("link", new LinkInfo(true, "", "1.0")));
        }
    }

    @BeforeEach
    void start() {
        cluster = ThreeNodes.start();
        parts = new ArrayList<>(cluster.all().stream().map(Part::new).toList());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aLinkHasOneHolderWhoeverDies() {
        parts.forEach(part -> part.lease.start());
        until("somebody holds the link", IN_TIME, () -> holders().size() == 1);
        Part first = holders().get(0);
        for (Part part : parts) {
            until("every node knows the holder", SOON, () -> knows(part, first));
        }
        assertThat(granted()).isEqualTo(1);

        cluster.crash(parts.indexOf(first));
        parts.remove(first);

        long millis = until("another holds the link", SOON, () -> holders().size() == 1);
        report("link lease moved after a crash", millis);
        Part second = holders().get(0);
        assertThat(first.lease.epoch().isOlderThan(second.lease.epoch())).isTrue();
        for (Part part : parts) {
            until("every node knows the new holder", SOON, () -> knows(part, second));
        }
    }

    @Test
    void linksSpreadOverTheNodesThatAreThere() {
        List<String> links = List.of("a", "b", "c");
        Map<Part, List<LinkLease>> leases = new LinkedHashMap<>();
        for (Part part : parts) {
            leases.put(
                    part,
                    links.stream()
                            .map(link -> part.leases.lease(link, granted -> {}, () -> {}))
                            .toList());
        }
        leases.values().forEach(all -> all.forEach(LinkLease::start));
        until(
                "every link has a holder",
                IN_TIME,
                () -> leases.values().stream()
                                .flatMap(List::stream)
                                .filter(LinkLease::held)
                                .count()
                        == links.size());
        assertThat(leases.values())
                .allSatisfy(
                        all -> assertThat(all.stream().filter(LinkLease::held)).hasSize(1));
    }

    @Test
    void aReleasedLinkIsHandedOverAtOnce() {
        parts.forEach(part -> part.lease.start());
        until("somebody holds the link", IN_TIME, () -> holders().size() == 1);
        Part first = holders().get(0);

        await(first.lease.release());

        assertThat(first.lease.held()).isFalse();
        long millis = until(
                "another holds the link", Duration.ofSeconds(1), () -> holders().size() == 1);
        report("link lease moved after release", millis);
        assertThat(holders().get(0)).isNotSameAs(first);
        assertThat(first.lost).hasValue(0);
    }

    @Test
    void aHolderThatIsLeftAloneStops() {
        parts.forEach(part -> part.lease.start());
        until("somebody holds the link", IN_TIME, () -> holders().size() == 1);
        Part holder = holders().get(0);
        until("it hears the others", IN_TIME, holder.quorum::hasQuorum);

        for (int i = 0; i < 3; i++) {
            if (parts.get(i) != holder) {
                cluster.crash(i);
            }
        }

        until("it has no quorum", LEASE, () -> !holder.quorum.hasQuorum());
        assertThat(holder.lease.held()).isFalse();
        until("it was told to stop", SOON, () -> holder.lost.get() == 1);
        HazelcastDirectory directory = new HazelcastDirectory(holder.node);
        assertThat(directory
                        .claim(new AgentKey("demo", "1001"), new SessionId("s"), holder.node.nodeId(), 0)
                        .handle((granted, failure) -> failure)
                        .toCompletableFuture()
                        .join())
                .as("a claim without a majority")
                .isNotNull();
    }

    @Test
    void theQuorumIsToldWhenItGoesAndWhenItIsBack() {
        Part part = parts.get(0);
        List<Boolean> told = new CopyOnWriteArrayList<>();
        part.quorum.listen(told::add);
        until("it was told that it hears the others", IN_TIME, () -> told.contains(true));
        told.clear();

        cluster.crash(1);
        cluster.crash(2);
        until("it was told of the loss", LEASE, () -> told.equals(List.of(false)));

        cluster.restart(1);
        until("it was told of the return", IN_TIME, () -> told.equals(List.of(false, true)));
    }

    @Test
    void everyNodeKnowsWhatEveryOtherTellsOfItself() {
        for (Part part : parts) {
            until("it knows all", SOON, () -> part.registry.nodes().size() == 3);
        }
        AtomicInteger changes = new AtomicInteger();
        parts.get(2).registry.listen(changes::incrementAndGet);
        NodeInfo draining = parts.get(0).info(false, 0);

        parts.get(0).registry.update(draining);

        for (Part part : parts) {
            until(
                    "it knows the change",
                    SOON,
                    () -> part.registry.node(draining.node()).orElseThrow().equals(draining));
        }
        assertThat(changes).hasPositiveValue();
    }

    @Test
    void aThousandChangesOfACountAreFewMessages() {
        until("it knows all", SOON, () -> parts.get(1).registry.nodes().size() == 3);
        AtomicInteger changes = new AtomicInteger();
        parts.get(1).registry.listen(changes::incrementAndGet);

        NodeInfo last = null;
        for (int i = 1; i <= 1000; i++) {
            last = parts.get(0).info(true, i);
            parts.get(0).registry.update(last);
        }

        NodeInfo expected = last;
        until(
                "it knows the last count",
                Duration.ofSeconds(3),
                () -> parts.get(1).registry.node(expected.node()).orElseThrow().equals(expected));
        assertThat(changes.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void aNodeThatDiesIsOffTheListAndOneThatComesIsOnIt() {
        for (Part part : parts) {
            until("it knows all", SOON, () -> part.registry.nodes().size() == 3);
        }
        AtomicInteger changes = new AtomicInteger();
        parts.get(0).registry.listen(changes::incrementAndGet);

        cluster.crash(2);
        until("it is off the list", SOON, () -> parts.get(0).registry.nodes().size() == 2);
        until("that was told", SOON, () -> changes.get() > 0);

        Part returned = new Part(cluster.restart(2));
        IntStream.range(0, 2).forEach(i -> until("it is on the list", SOON, () -> knowsNode(parts.get(i), returned)));
        until("it knows all", SOON, () -> returned.registry.nodes().size() == 3);
    }

    private static boolean knowsNode(Part part, Part other) {
        return part.registry.node(other.node.nodeId()).isPresent();
    }

    private static boolean knows(Part part, Part holder) {
        return part.leases
                .holderOf("link")
                .filter(known -> known.node().equals(holder.node.nodeId())
                        && known.lease().equals(holder.lease.epoch()))
                .isPresent();
    }

    private List<Part> holders() {
        List<Part> holders = parts.stream().filter(part -> part.lease.held()).toList();
        assertThat(holders.size()).as("holders at once").isLessThanOrEqualTo(1);
        return holders;
    }

    private int granted() {
        return parts.stream().mapToInt(part -> part.granted.size()).sum();
    }

    private static void report(String what, long millis) {
        LoggerFactory.getLogger(DepartureIT.class).info("{}: {} ms", what, millis);
    }
}
