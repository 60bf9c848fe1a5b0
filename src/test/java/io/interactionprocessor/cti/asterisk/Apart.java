package io.interactionprocessor.cti.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.interactionprocessor.testkit.Cluster;
import io.interactionprocessor.torture.ground.Ground;
import io.interactionprocessor.torture.ground.NamespaceGround;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A node in one network namespace, Asterisk in another, and between them a network that a test can spoil. */
record Apart(Ground ground, Pbx pbx, Cluster cluster) {
    /** What else is tested meanwhile has times of its own. */
    static final String ONE_AT_A_TIME = "a network of its own";

    static final int NODE = 0;
    static final int ASTERISK = 1;

    /** What is done with it. */
    interface Trial {
        void run(Apart apart) throws Exception;
    }

    static void require() {
        boolean possible = NamespaceGround.isPossible();
        if (System.getenv("CI") == null) {
            assumeTrue(possible, "cutting a network needs network namespaces: root, ip, and nft or iptables");
        }
        assertThat(possible).as("network namespaces").isTrue();
    }

    static void run(String name, int version, Trial trial) throws Exception {
        try (Ground ground = new NamespaceGround(2)) {
            String host = ground.places().get(NODE).host();
            String here = host.substring(0, host.lastIndexOf('.')) + ".1";
            try (Pbx pbx = Pbx.startAt(ground.places().get(ASTERISK), here, version, name);
                    Cluster cluster =
                            Cluster.startAt(ground.places().get(NODE), name + version, configuration(name, pbx))) {
                trial.run(new Apart(ground, pbx, cluster));
            }
        }
    }

    Cluster.Node node() {
        return cluster.node(0);
    }

    /** No demo: that is for loopback only. The hash is that of {@code demo}, with the fewest rounds. */
    private static Path configuration(String name, Pbx pbx) throws Exception {
        String yaml = """
                processors:
                  - id: sim
                    instance-domain: demo
                    agent-ranges:
                      - from: 2002
                        count: 2
                        password-hash: "$pbkdf2$it=10000$dG9ydHVyZS1oYXJuZXNzIQ$T/viYbDMgrmW655fzmOQ+XX+x5rRDi/YvYgZAcqY+GXjLhO4pfLA+lIJjToNYSvJ0fKy1qLNsLNZlEb2j6l2gg"
                    cti:
                      type: asterisk
                      ari: {url: "%s", user: cti, password: ctisecret}
                      ami: {host: "%s", port: %d, user: cti, password: ctisecret}
                      queues:
                        - {number: "8001", name: sales, music: queue}
                """.formatted(pbx.ariUrl(), pbx.ip, pbx.amiPort);
        return Files.write(Path.of("target", "asterisk", name + pbx.version + ".yaml"), List.of(yaml.split("\n", -1)));
    }
}
