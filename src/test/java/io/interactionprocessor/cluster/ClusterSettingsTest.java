package io.interactionprocessor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterSettingsTest {
    private static final Path FILE = Path.of("cluster.xml");
    private static final List<String> THREE = List.of("a:5701", "b:5701", "c:5701");
    private static final List<String> OURS = List.of("directory", "sessions", "leases", "switches");

    @Test
    void theQuorumIsTheMajorityOfTheMembers() {
        assertThat(settings(List.of("a:1"), 0).quorumSize()).isEqualTo(1);
        assertThat(settings(List.of("a:1", "b:1"), 0).quorumSize()).isEqualTo(2);
        assertThat(settings(THREE, 0).quorumSize()).isEqualTo(2);
        assertThat(settings(List.of("a:1", "b:1", "c:1", "d:1"), 0).quorumSize())
                .isEqualTo(3);
        assertThat(settings(THREE, 3).quorumSize()).isEqualTo(3);
        assertThat(settings(THREE, 1).quorumSize()).isEqualTo(1);
    }

    @Test
    void aPortThatTheOthersCannotKnowIsRefused() {
        assertThatThrownBy(() -> new ClusterSettings("c", "127.0.0.1", 0, THREE, 0, FILE))
                .hasMessageContaining("port 0");
    }

    @Test
    void theNodesSettingsAreFilledIn() throws IOException {
        Config config = GridConfig.load(new ClusterSettings("blue", "127.0.0.1", 5799, THREE, 0, FILE));

        assertThat(config.getClusterName()).isEqualTo("blue");
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig();
        assertThat(network.getJoin().getTcpIpConfig().getMembers()).isEqualTo(THREE);
        ServerSocketEndpointConfig members =
                (ServerSocketEndpointConfig) network.getEndpointConfigs().get(EndpointQualifier.MEMBER);
        assertThat(members.getPort()).isEqualTo(5799);
        assertThat(members.isPortAutoIncrement()).isFalse();
        assertThat(members.getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
        assertThat(network.getEndpointConfigs()).as("nobody but members").hasSize(1);
    }

    @Test
    void aMistakeInAFileOfTheOperatorsIsSaid(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("cluster.xml");
        Files.writeString(file, Files.readString(FILE).replace("<backup-count>1<", "<backup-cuont>1<"));

        assertThatThrownBy(() -> GridConfig.load(new ClusterSettings("blue", "127.0.0.1", 5799, THREE, 0, file)))
                .hasMessageContaining("backup-cuont");
    }

    @Test
    void ourMapsAreProtectedAndReplicatedAndTheEventBussAreLeftAlone() throws IOException {
        Config config = GridConfig.load(settings(THREE, 0));

        assertThat(config.getSplitBrainProtectionConfig("majority").getMinimumClusterSize())
                .isEqualTo(2);
        assertThat(OURS).allSatisfy(name -> {
            MapConfig map = config.findMapConfig(name);
            assertThat(map.getSplitBrainProtectionName()).isEqualTo("majority");
            assertThat(map.getBackupCount()).isOne();
            assertThat(map.getMergePolicyConfig().getPolicy()).isEqualTo(HighestEpoch.class.getName());
        });
        assertThat(config.findMapConfig("__vertx.nodeInfo").getSplitBrainProtectionName())
                .isNull();
        assertThat(config.findMultiMapConfig("__vertx.subs").getSplitBrainProtectionName())
                .isNull();
        assertThat(GridConfig.violations(config, 2)).isEmpty();
    }

    @Test
    void aSingleNodeNeedsNoMajority() throws IOException {
        Config config = GridConfig.load(settings(List.of("127.0.0.1:5701"), 0));

        assertThat(OURS)
                .allSatisfy(name -> assertThat(config.findMapConfig(name).getSplitBrainProtectionName())
                        .isNull());
    }

    @Test
    void withoutAFileTheOneInTheJarIsTaken(@TempDir Path directory) throws IOException {
        Config config = GridConfig.load(
                new ClusterSettings("c", "127.0.0.1", 5701, THREE, 0, directory.resolve("cluster.xml")));

        assertThat(config.getProperty("hazelcast.max.no.heartbeat.seconds")).isEqualTo("5");
    }

    @Test
    void aMistakeInTheFileStopsTheStart(@TempDir Path directory) throws IOException {
        Path wrong = Files.writeString(
                directory.resolve("wrong.xml"), Files.readString(FILE).replace("backup-count>", "backups>"));

        assertThatThrownBy(() -> GridConfig.load(new ClusterSettings("c", "127.0.0.1", 5701, THREE, 0, wrong)))
                .hasMessageContaining("backups");
    }

    @Test
    void aFileThatBreaksTheRulesIsNoticed(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("cluster.xml");
        Files.writeString(
                file,
                Files.readString(FILE)
                        .replace("indeterminate.state\">true", "indeterminate.state\">false")
                        .replace("backup.timeout.millis\">700", "backup.timeout.millis\">5000")
                        .replaceFirst("<split-brain-protection-ref>majority</split-brain-protection-ref>", ""));

        Config config = GridConfig.load(new ClusterSettings("c", "127.0.0.1", 5701, THREE, 0, file));

        assertThat(GridConfig.violations(config, 2))
                .hasSize(3)
                .anySatisfy(rule -> assertThat(rule).contains("directory"))
                .anySatisfy(rule -> assertThat(rule).contains("indeterminate"))
                .anySatisfy(rule -> assertThat(rule).contains("backup.timeout"));
    }

    @Test
    void allAddressesAtOnceAreRefused() {
        assertThatThrownBy(() -> GridConfig.load(new ClusterSettings("c", "0.0.0.0", 5701, THREE, 0, FILE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("name the one");
    }

    @Test
    void theBusTakesAnyPortUnlessItIsToldWhich() {
        assertThat(settings(THREE, 0).busPort()).isZero();
        assertThatThrownBy(() -> new ClusterSettings("c", "127.0.0.1", 5701, 65536, THREE, 0, FILE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bus port 65536");
    }

    private static ClusterSettings settings(List<String> members, int quorum) {
        return new ClusterSettings("c", "127.0.0.1", 5701, members, quorum, FILE);
    }
}
