package io.interactionprocessor.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a node is told. A component's name in lower case with dashes is its key: {@code http.allowedOrigins()} is
 * {@code http.allowed-origins} in the file, {@code IP_HTTP_ALLOWED_ORIGINS} in the environment. What each key means, its
 * unit and its default stand in {@code conf/node.yaml}.
 *
 * @param demo the file says that it is for demonstrations: it may hold plain passwords, and the node stays on loopback
 * @param http where clients connect
 * @param management where operators and probes connect
 * @param cluster where the other nodes are
 * @param limits how much a client may ask for
 * @param timeouts how long things may take
 * @param callModels the call models that {@code prepareSession} may name (protocol 4.1)
 * @param defaultCallModel the one it gets when it names none; the first if not given
 * @param echoCredentials credentials are echoed verbatim (protocol 4.1)
 * @param exposeStackTraces failures carry stack traces (protocol 4.1)
 * @param processors the interaction processors that this node hosts
 */
public record NodeConfig(
        @Default("false") boolean demo,
        Http http,
        Management management,
        Cluster cluster,
        Limits limits,
        Timeouts timeouts,
        @Default("standard") List<String> callModels,
        @Default("") String defaultCallModel,
        @Default("false") boolean echoCredentials,
        @Default("false") boolean exposeStackTraces,
        List<Processor> processors) {
    public NodeConfig {
        callModels = List.copyOf(callModels);
        processors = List.copyOf(processors);
        if (defaultCallModel.isEmpty() && !callModels.isEmpty()) {
            defaultCallModel = callModels.get(0);
        }
    }

    /**
     * Where clients connect.
     *
     * @param port 0: a free one, to be read from the line that the node prints
     * @param advertisedUrl what clients are told to connect to; not given: host and port, {@code /ws}
     * @param allowedOrigins the {@code Origin} headers of browsers that may connect; a client without the header always may
     */
    public record Http(
            @Default("127.0.0.1") String host,
            @Default("8080") @Bounds(max = 65535) int port,
            Optional<String> advertisedUrl,
            @Default("") List<String> allowedOrigins,
            Tls tls) {
        public Http {
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }

    /**
     * What makes {@code ws} into {@code wss}: PEM files, both or neither.
     *
     * @param certificate the certificate and its chain
     * @param key the private key, PKCS#8
     */
    public record Tls(Optional<Path> certificate, Optional<Path> key) {
        /** Returns whether clients connect with TLS. */
        public boolean enabled() {
            return certificate.isPresent();
        }
    }

    /**
     * Where operators and probes connect.
     *
     * @param port 0: a free one
     */
    public record Management(
            @Default("127.0.0.1") String host,
            @Default("8081") @Bounds(max = 65535) int port) {}

    /**
     * Where the other nodes are.
     *
     * @param name nodes of one name form one cluster
     * @param host this node's address as the others reach it; members trust each other, so a private interface
     * @param busPort where the event bus listens; 0: a free one, which the others learn through the cluster
     * @param members all nodes, this one among them; none: the node is alone
     * @param quorum how many nodes must hear each other; 0: the majority of {@code members}
     * @param file Hazelcast's own settings; where there is no such file, those in the jar
     */
    public record Cluster(
            @Default("interaction-processor") String name,
            @Default("127.0.0.1") String host,
            @Default("5701") @Bounds(min = 1, max = 65535) int port,
            @Default("0") @Bounds(max = 65535) int busPort,
            @Default("") List<HostPort> members,
            @Default("0") @Bounds(max = 1000) int quorum,
            @Default("cluster.xml") Path file) {
        public Cluster {
            members = List.copyOf(members);
        }
    }
}
