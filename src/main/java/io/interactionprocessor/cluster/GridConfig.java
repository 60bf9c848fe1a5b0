package io.interactionprocessor.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.PartitioningStrategyConfig;
import com.hazelcast.config.XmlConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.w3c.dom.Document;

/** Makes Hazelcast's configuration of {@code cluster.xml} and a node's {@link ClusterSettings}. */
final class GridConfig {
    static final String DIRECTORY = "directory";
    static final String SESSIONS = "sessions";
    static final String LEASES = "leases";
    static final String SWITCHES = "switches";
    static final String NODES = "nodes";
    static final String ATTEMPTS = "attempts";
    static final String PULSE = "pulse";

    /**
     * How nodes keep what they have in common, and what they tell each other: an attribute of each member. To be raised by
     * every change that a node of the release before cannot read; such two must not share a cluster.
     */
    static final String FORMAT_ATTRIBUTE = "ip-format";

    static final String FORMAT = "1";

    private static final String BEFORE_THERE_WAS_ONE = "0";

    private static final String FILE_IN_JAR = "/cluster.xml";
    private static final List<String> PROTECTED = List.of(DIRECTORY, SESSIONS, LEASES, SWITCHES);

    private GridConfig() {}

    /**
     * Loads the file and fills it in.
     *
     * @throws IOException if it cannot be read, or the host has no address
     * @throws RuntimeException if it is not valid; the message says why
     */
    static Config load(ClusterSettings settings) throws IOException {
        return load(settings, read(settings));
    }

    /** As {@link #load(ClusterSettings)} for these contents of the file. */
    static Config load(ClusterSettings settings, byte[] xml) throws IOException {
        InetAddress address = InetAddress.getByName(settings.host());
        if (address.isAnyLocalAddress()) {
            throw new IOException(
                    "cluster host " + settings.host()
                            + " stands for every address: name the one that the other nodes reach, since members trust each other");
        }
        Properties variables = new Properties();
        variables.setProperty("cluster.name", settings.name());
        variables.setProperty("cluster.host", settings.host());
        variables.setProperty("cluster.address", address.getHostAddress());
        variables.setProperty("cluster.port", Integer.toString(settings.port()));
        // Hazelcast takes no less than 2; without protection it is switched off below
        variables.setProperty("cluster.quorum", Integer.toString(Math.max(2, settings.quorumSize())));
        boolean ours = Arrays.equals(xml, shipped());
        XmlConfigBuilder builder = new XmlConfigBuilder(new ByteArrayInputStream(xml)) {
            @Override
            protected void schemaValidation(Document document) throws Exception {
                // what was not changed is right, and checking it makes the start a tenth longer
                if (!ours) {
                    super.schemaValidation(document);
                }
            }
        };
        builder.setProperties(variables);
        Config config = builder.build();
        List<String> members =
                settings.members().isEmpty() ? List.of(settings.host() + ":" + settings.port()) : settings.members();
        join(config).getTcpIpConfig().setMembers(new ArrayList<>(members));
        if (settings.quorumSize() <= 1) {
            config.getMapConfigs().values().forEach(map -> map.setSplitBrainProtectionName(null));
            config.getSplitBrainProtectionConfigs().clear();
        }
        size(config, Runtime.getRuntime().availableProcessors());
        config.getMapConfig(SESSIONS)
                .setPartitioningStrategyConfig(new PartitioningStrategyConfig(new SessionPartitions()));
        GridSerialization.register(config.getSerializationConfig());
        config.getMemberAttributeConfig().setAttribute(FORMAT_ATTRIBUTE, FORMAT);
        return config;
    }

    /** Returns the format of a member's release. */
    static String format(Member member) {
        return Objects.requireNonNullElse(member.getAttribute(FORMAT_ATTRIBUTE), BEFORE_THERE_WAS_ONE);
    }

    /**
     * As many threads as the processors can run beside the event loops, unless the file says otherwise: more of them only
     * wake each other. On two processors that was a sixth of what a command cost (docs/performance.md).
     */
    private static void size(Config config, int processors) {
        unlessSaid(config, "hazelcast.operation.thread.count", Math.max(1, processors / 2));
        unlessSaid(config, "hazelcast.io.thread.count", Math.max(1, processors / 4));
        // answers are handled by the thread that reads them: what they lead to hops to its context anyway
        unlessSaid(config, "hazelcast.operation.response.thread.count", 0);
    }

    private static void unlessSaid(Config config, String property, int value) {
        if (config.getProperty(property) == null) {
            config.setProperty(property, Integer.toString(value));
        }
    }

    private static JoinConfig join(Config config) {
        return config.getAdvancedNetworkConfig().isEnabled()
                ? config.getAdvancedNetworkConfig().getJoin()
                : config.getNetworkConfig().getJoin();
    }

    private static byte[] read(ClusterSettings settings) throws IOException {
        if (Files.exists(settings.file())) {
            return Files.readAllBytes(settings.file());
        }
        byte[] shipped = shipped();
        if (shipped == null) {
            throw new IOException(settings.file() + " does not exist");
        }
        return shipped;
    }

    /** Returns the file that the jar carries, null if there is none. */
    static byte[] shipped() throws IOException {
        try (InputStream inJar = GridConfig.class.getResourceAsStream(FILE_IN_JAR)) {
            return inJar == null ? null : inJar.readAllBytes();
        }
    }

    /** Returns what in a configuration breaks the rules that keep acknowledged writes, for the log; empty if nothing. */
    static List<String> violations(Config config, int quorumSize) {
        List<String> found = new ArrayList<>();
        if (quorumSize > 1) {
            for (String name : PROTECTED) {
                MapConfig map = config.findMapConfig(name);
                if (map.getSplitBrainProtectionName() == null) {
                    found.add("map " + name + " has no split-brain-protection-ref");
                }
                if (map.getBackupCount() < 1) {
                    found.add("map " + name + " has no backup");
                }
            }
            if (!Boolean.parseBoolean(config.getProperty("hazelcast.operation.fail.on.indeterminate.state"))) {
                found.add("hazelcast.operation.fail.on.indeterminate.state is not true");
            }
            if (number(config, "hazelcast.operation.backup.timeout.millis", 5000)
                    >= 1000 * number(config, "hazelcast.max.no.heartbeat.seconds", 60)) {
                found.add(
                        "hazelcast.operation.backup.timeout.millis is not less than hazelcast.max.no.heartbeat.seconds");
            }
        }
        return found;
    }

    private static long number(Config config, String property, long otherwise) {
        String value = config.getProperty(property);
        return value == null ? otherwise : Long.parseLong(value);
    }
}
