package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.ThreeNodes.await;
import static io.interactionprocessor.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nodes that cannot read each other's data do not get into one cluster. */
class FormatIT {
    private static final List<String> MEMBERS =
            ThreeNodes.freePorts(2).stream().map(port -> "127.0.0.1:" + port).toList();

    private final String name = "test-" + UUID.randomUUID();

    private Future<ClusterNode> start(int index, Consumer<Config> tuning) {
        int port = Integer.parseInt(MEMBERS.get(index).substring("127.0.0.1:".length()));
        ClusterSettings settings = new ClusterSettings(name, "127.0.0.1", port, MEMBERS, 1, Path.of("cluster.xml"));
        return ClusterNode.start(settings, new VertxOptions(), builder -> builder, config -> {
            ThreeNodes.small(config);
            tuning.accept(config);
        });
    }

    private static void older(Config config) {
        config.getMemberAttributeConfig().setAttribute(GridConfig.FORMAT_ATTRIBUTE, "0");
    }

    @Test
    void aNodeOfAnotherFormatStaysOutsideAndHarmsNobody() {
        ClusterNode first = await(start(0, config -> {}));
        try {
            Future<ClusterNode> other = start(1, FormatIT::older);
            assertThatThrownBy(() -> await(other))
                    .rootCause()
                    .hasMessageContaining("format 1, this one in format 0: end all nodes");
            eventually(() ->
                    assertThat(first.hazelcast().getCluster().getMembers()).hasSize(1));
            assertThat(first.hazelcast().getLifecycleService().isRunning()).isTrue();
        } finally {
            await(first.close());
        }
    }

    @Test
    void ofTwoThatStartTogetherNotBothGo() {
        Future<ClusterNode> one = start(0, config -> {});
        Future<ClusterNode> other = start(1, FormatIT::older);
        await(Future.join(one, other).otherwiseEmpty());
        List<ClusterNode> left = Stream.of(one, other)
                .filter(Future::succeeded)
                .map(Future::result)
                .toList();
        try {
            assertThat(left).isNotEmpty();
        } finally {
            left.forEach(node -> await(node.close()));
        }
    }

    @Test
    void oneOfTheSameFormatJoins() {
        ClusterNode first = await(start(0, config -> {}));
        ClusterNode second = await(start(1, config -> {}));
        try {
            assertThat(first.hazelcast().getCluster().getMembers()).hasSize(2);
        } finally {
            await(second.close());
            await(first.close());
        }
    }
}
