package io.interactionprocessor.cti.asterisk;

import static io.interactionprocessor.testkit.Eventually.eventually;
import static io.interactionprocessor.testkit.Eventually.eventuallyGet;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.testkit.Desktop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Three nodes on two Asterisks, 22 and 16, each a processor with a link and a lease of its own: the node that holds one of
 * the links is killed. The other one, and the calls on both, do not notice.
 */
class TwoAsterisksIT {
    /** The link is not touched; but sessions are kept in the grid, which needs a while to see that a node is dead. */
    private static final Duration SOON = Duration.ofSeconds(8);

    private static final int STARTS = 3;

    @Test
    void onlyTheDeadNodesLinkMoves() throws Exception {
        try (Pbx north = Pbx.start(22, "north");
                Pbx south = Pbx.start(16, "south");
                Cluster cluster = spread(configuration(north, south))) {
            DeskPhone northDesk = north.with(north.desk());
            DeskPhone northCustomer = north.with(north.carrier());
            DeskPhone southDesk = south.with(south.desk());
            DeskPhone southCustomer = south.with(south.carrier());
            int holder = holder(cluster, "north");
            int otherHolder = holder(cluster, "south");
            Cluster.Node third = cluster.node(3 - holder - otherHolder);

            Desktop one = Desktop.ready(third, "2002", "north");
            Desktop two = Desktop.ready(third, "2002", "south");
            northCustomer.call("8001", "<sip:0301@127.0.0.34>");
            one.answer();
            southCustomer.call("8001", "<sip:0302@127.0.0.34>");
            two.answer();
            assertThat(northDesk.got("INVITE")).hasSize(1);
            assertThat(southDesk.got("INVITE")).hasSize(1);

            cluster.node(holder).kill();
            long killed = System.nanoTime();
            two.ok("conversation.hold", two.primary());
            two.until("HELD", mirror -> mirror.primaryIs("HELD"));
            two.ok("conversation.retrieve", two.primary());
            two.until("CONNECTED", mirror -> mirror.primaryIs("CONNECTED"));
            Duration other = Duration.ofNanos(System.nanoTime() - killed);
            assertThat(other).as("the other Asterisk's commands").isLessThan(SOON);
            eventually(
                    Duration.ofSeconds(20),
                    () -> assertThat(one.request("conversation.hold", one.primary(), new JsonObject())
                                    .getString("result"))
                            .isEqualTo("success"));
            one.until("HELD", mirror -> mirror.primaryIs("HELD"));
            System.getLogger("figures")
                    .log(
                            System.Logger.Level.INFO,
                            "a holder of two is killed: two commands on the other Asterisk done after {0} ms,"
                                    + " the first on its own after {1} ms",
                            other.toMillis(),
                            (System.nanoTime() - killed) / 1_000_000);

            assertThat(times(cluster, "link north is up")).isEqualTo(2);
            // its holder may have had to take it again: the grid stands still for a moment when a node dies
            assertThat(third.log()).doesNotContain("link south is up");
            assertThat(cluster.node(holder).log()).doesNotContain("link south is up");
            assertThat(times(cluster, "link south is down")).isZero();
            assertThat(new JsonArray(north.ari("GET", "/channels").body())).hasSize(2);
            assertThat(new JsonArray(south.ari("GET", "/channels").body())).hasSize(2);
            southCustomer.hangUp();
            two.untilIdle();
            northCustomer.hangUp();
            one.untilIdle();
            eventually(() -> assertThat(northDesk.got("BYE")).hasSize(1));
            eventually(() -> assertThat(southDesk.got("BYE")).hasSize(1));
            one.close();
            two.close();
        }
    }

    /**
     * A cluster whose links are on two nodes. A node that starts first does not wait for the others for ever: on a busy
     * machine it may have both before another is there. Who goes first is what {@code DepartureIT} is about.
     */
    private static Cluster spread(Path configuration) {
        for (int left = STARTS; ; left--) {
            Cluster cluster = Cluster.start("two", 3, configuration);
            boolean spread = false;
            try {
                int north = eventuallyGet(() -> holder(cluster, "north"));
                int south = eventuallyGet(() -> holder(cluster, "south"));
                spread = north != south;
                if (spread) {
                    return cluster;
                }
                assertThat(left)
                        .as("one node has taken both links in each of %d starts", STARTS)
                        .isGreaterThan(1);
            } finally {
                if (!spread) {
                    cluster.close();
                }
            }
        }
    }

    private static int holder(Cluster cluster, String processor) {
        for (int i = 0; i < 3; i++) {
            if (cluster.node(i).log().contains("link " + processor + " is up")) {
                return i;
            }
        }
        throw new AssertionError("nobody holds " + processor + ": " + cluster.logs());
    }

    private static long times(Cluster cluster, String words) {
        return Pattern.compile(words)
                .matcher(cluster.logs())
                .results()
                .map(MatchResult::start)
                .count();
    }

    private static Path configuration(Pbx north, Pbx south) throws Exception {
        String yaml = "demo: true\nprocessors:\n" + processor("north", north) + processor("south", south);
        return Files.write(Path.of("target", "asterisk", "two.yaml"), List.of(yaml.split("\n", -1)));
    }

    private static String processor(String name, Pbx pbx) {
        return """
                  - id: %s
                    instance-domain: %s
                    agent-ranges:
                      - from: 2002
                        count: 1
                        password: demo
                    cti:
                      type: asterisk
                      ari: {url: "%s", user: cti, password: ctisecret}
                      ami: {host: "%s", port: %d, user: cti, password: ctisecret}
                      queues:
                        - {number: "8001", name: sales, music: queue}
                """.formatted(name, name, pbx.ariUrl(), pbx.ip, pbx.amiPort);
    }
}
