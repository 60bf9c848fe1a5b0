package io.interactionprocessor;

import io.interactionprocessor.auth.AttemptLimit;
import io.interactionprocessor.auth.ConfiguredAgents;
import io.interactionprocessor.auth.CredentialVerifier;
import io.interactionprocessor.auth.HashingPool;
import io.interactionprocessor.auth.PasswordHash;
import io.interactionprocessor.cluster.AttemptCounter;
import io.interactionprocessor.cluster.ClusterNode;
import io.interactionprocessor.cluster.ClusterPlace;
import io.interactionprocessor.cluster.HazelcastDirectory;
import io.interactionprocessor.cluster.HazelcastSessionStore;
import io.interactionprocessor.cluster.NodeRegistry;
import io.interactionprocessor.cluster.Quorum;
import io.interactionprocessor.cluster.SessionVerticle;
import io.interactionprocessor.config.NodeConfig;
import io.interactionprocessor.config.Processor;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.model.csta.LinkEvent;
import io.interactionprocessor.session.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The instance-domains that this node hosts: a session verticle for each, and who may log in. */
final class InstanceDomains {
    private static final int HASHING_QUEUE = 1_000;

    private final NodeConfig config;
    private final ClusterNode cluster;
    private final Vertx vertx;
    private final SwitchLinks links;
    private final Seams seams;
    private final Map<String, String> domains;
    private final HashingPool hashing;
    private final List<SessionVerticle> verticles = new ArrayList<>();
    private final List<String> deployments = new ArrayList<>();

    InstanceDomains(NodeConfig config, ClusterNode cluster, SwitchLinks links, Seams seams) {
        this.config = config;
        this.cluster = cluster;
        this.vertx = cluster.vertx();
        this.links = links;
        this.seams = seams;
        hashing = new HashingPool(vertx, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), HASHING_QUEUE);
        domains = config.processors().stream()
                .collect(Collectors.toMap(Processor::id, Processor::instanceDomain, (a, b) -> a, LinkedHashMap::new));
    }

    /** From service id to instance-domain, in the order of the configuration. */
    Map<String, String> byService() {
        return domains;
    }

    /**
     * Deploys a session verticle for each.
     *
     * @param accepting whether this node takes new sessions
     * @param isOpen whether there is a client's connection with an address
     * @param audit what the operator is told
     * @param link hears how links are
     */
    Future<Void> deploy(
            Quorum quorum,
            NodeRegistry registry,
            BooleanSupplier accepting,
            Predicate<String> isOpen,
            OperatorAudit audit,
            Consumer<LinkEvent> link) {
        HazelcastDirectory directory = new HazelcastDirectory(cluster);
        HazelcastSessionStore store = new HazelcastSessionStore(cluster);
        return vertx.<Map<String, CredentialVerifier>>executeBlocking(this::verifiers)
                .map(AgentCredentials::new)
                .compose(credentials -> {
                    List<Future<String>> deployed = new ArrayList<>();
                    for (String domain : new LinkedHashSet<>(domains.values())) {
                        SessionVerticle verticle = new SessionVerticle(new SessionVerticle.Wiring(
                                domain,
                                SettingsMapping.sessions(config),
                                processorsOf(domain),
                                new ClusterPlace(cluster, quorum, registry, domain, accepting),
                                cluster.membership(),
                                quorum,
                                seams.directory().apply(directory),
                                seams.store().apply(store),
                                store::mark,
                                (context, changed) -> links.calls(context, domain, changed),
                                credentials,
                                isOpen,
                                audit.of(domain),
                                link));
                        verticles.add(verticle);
                        deployed.add(vertx.deployVerticle(verticle));
                    }
                    return Future.all(deployed).map(all -> {
                        deployed.forEach(each -> deployments.add(each.result()));
                        return null;
                    });
                });
    }

    /** Leads sessions that nobody has, on one of the domains' threads ({@link SessionVerticle#rehearse}). */
    Future<Integer> rehearse(int sessions, long millis) {
        return verticles.get(0).rehearse(sessions, millis);
    }

    /** Completes when the clients that were sent away have their sessions elsewhere, or did not come within so many ms. */
    Future<Void> clientsGone(long millis) {
        return Future.join(
                        verticles.stream().map(each -> each.clientsGone(millis)).toList())
                .mapEmpty();
    }

    Future<Void> undeploy() {
        hashing.close();
        return Future.join(deployments.stream().map(vertx::undeploy).toList())
                .otherwiseEmpty()
                .mapEmpty();
    }

    private Map<String, SessionSettings.Processor> processorsOf(String domain) {
        return config.processors().stream()
                .filter(processor -> processor.instanceDomain().equals(domain))
                .collect(Collectors.toMap(
                        Processor::id,
                        processor -> SettingsMapping.processor(
                                config,
                                processor,
                                links.connector(processor.id()).operations())));
    }

    private Map<String, CredentialVerifier> verifiers() {
        byte[] unguessable = new byte[16];
        new SecureRandom().nextBytes(unguessable);
        Secret nobodys = Secret.of(Base64.getEncoder().encodeToString(unguessable));
        GridAttempts attempts = new GridAttempts(new AttemptCounter(cluster));
        Map<String, CredentialVerifier> verifiers = new HashMap<>();
        for (Processor processor : config.processors()) {
            ConfiguredAgents agents =
                    new ConfiguredAgents(SettingsMapping.agents(processor), new PasswordHash(), hashing, nobodys);
            verifiers.put(
                    processor.id(),
                    new AttemptLimit(
                            processor.instanceDomain(),
                            agents,
                            attempts,
                            config.limits().failedLoginsPerAgent(),
                            config.limits().failedLoginsPerAddress(),
                            () -> System.nanoTime() / 1_000_000));
        }
        return verifiers;
    }
}
