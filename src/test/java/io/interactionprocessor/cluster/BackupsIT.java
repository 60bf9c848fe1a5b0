package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.ThreeNodes.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whether everything is there twice, after a node has come. */
class BackupsIT {
    private static final int ENTRIES = 5_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    private static IMap<Integer, byte[]> data(ClusterNode node) {
        return node.hazelcast().getMap(GridConfig.NODES + "-of-this-test");
    }

    @Test
    void onceItSaysSo_anyOtherNodeCanBeKilled() {
        try (ThreeNodes cluster = ThreeNodes.start()) {
            for (int i = 0; i < ENTRIES; i++) {
                data(cluster.get(0)).set(i, new byte[10_000]);
            }
            cluster.crash(2);
            until(
                    "the dead one is out",
                    SOON,
                    () -> cluster.get(0).membership().nodes().size() == 2);
            Backups backups = new Backups(cluster.restart(2));
            assertThat(backups.whole()).as("nobody has been asked yet").isFalse();

            until("everything is there twice", SOON, backups::whole);
            cluster.crash(1);

            until(
                    "the second one is out",
                    SOON,
                    () -> cluster.get(0).membership().nodes().size() == 2);
            assertThat(data(cluster.get(0)).size()).isEqualTo(ENTRIES);
            backups.close();
        }
    }

    @Test
    void afterAWhileItWaitsNoLonger() {
        try (ThreeNodes cluster = ThreeNodes.start()) {
            Backups backups = new Backups(cluster.get(0), 0, () -> false);
            until("it has given up", SOON, backups::whole);
            Backups patient = new Backups(cluster.get(0), Backups.LONGEST_MS, () -> false);
            assertThat(patient.whole()).isFalse();
            patient.close();
            backups.close();
        }
    }
}
