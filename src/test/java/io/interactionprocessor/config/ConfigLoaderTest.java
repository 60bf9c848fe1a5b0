package io.interactionprocessor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interactionprocessor.config.Processor.Agent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read, and what goes over what. */
class ConfigLoaderTest {
    private static final String MINIMAL = """
            processors:
              - id: sim
                instance-domain: default
                cti: {type: simulated}
            """;

    @TempDir
    private Path directory;

    private NodeConfig load(String yaml, Map<String, String> environment, String... settings)
            throws IOException, ConfigException {
        Path file = Files.writeString(directory.resolve("node.yaml"), yaml);
        return ConfigLoader.load(file.toString(), environment, List.of(settings));
    }

    @Test
    void whatNobodySaysIsAsTheProtocolHasIt() throws Exception {
        NodeConfig config = load(MINIMAL, Map.of());

        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.management().port()).isEqualTo(8081);
        assertThat(config.management().host()).isEqualTo("127.0.0.1");
        assertThat(config.cluster().members()).isEmpty();
        Limits limits = config.limits();
        assertThat(limits.messageSize().bytes()).isEqualTo(64 * 1024);
        assertThat(limits.malformedMessages()).isEqualTo(20);
        assertThat(limits.malformedWindow()).isEqualTo(Duration.ofSeconds(10));
        assertThat(limits.storedAnswers()).isEqualTo(256);
        assertThat(limits.replayWindow()).isEqualTo(1000);
        assertThat(limits.failedLoginsPerAgent()).isEqualTo(5);
        assertThat(limits.failedLoginsPerAddress()).isEqualTo(100);
        Timeouts timeouts = config.timeouts();
        assertThat(timeouts.ping()).isEqualTo(Duration.ofSeconds(15));
        assertThat(timeouts.silence()).isEqualTo(Duration.ofSeconds(45));
        assertThat(timeouts.command()).isEqualTo(Duration.ofSeconds(10));
        assertThat(timeouts.unboundSession()).isEqualTo(Duration.ofSeconds(30));
        assertThat(timeouts.detachedNotReady()).isEqualTo(Duration.ofSeconds(5));
        assertThat(timeouts.detachedSession()).isEqualTo(Duration.ofSeconds(60));
        assertThat(timeouts.handover()).isEqualTo(Duration.ofSeconds(1));
        Processor processor = config.processors().get(0);
        assertThat(processor.name()).isEqualTo("sim");
        assertThat(processor.notReadyReasons()).containsExactly("break", "lunch", "meeting", "training");
        assertThat(config.callModels()).contains(config.defaultCallModel());
    }

    @Test
    void theDemonstrationHasAThousandAgents() throws Exception {
        NodeConfig config = ConfigLoader.load("conf/demo.yaml", Map.of(), List.of());

        assertThat(config.demo()).isTrue();
        assertThat(config.processors()).singleElement().satisfies(processor -> {
            assertThat(processor.id()).isEqualTo("sim");
            assertThat(processor.instanceDomain()).isEqualTo("demo");
            List<Agent> agents = processor.allAgents();
            assertThat(agents).hasSize(1000);
            assertThat(agents.get(0).id()).isEqualTo("1001");
            assertThat(agents.get(999).id()).isEqualTo("2000");
            assertThat(agents).allSatisfy(agent -> {
                assertThat(agent.extension()).isEqualTo(agent.id());
                assertThat(agent.name()).isEqualTo(agent.id());
                assertThat(agent.password().orElseThrow().reveal()).isEqualTo("demo");
            });
            assertThat(processor.cti())
                    .isInstanceOfSatisfying(
                            Cti.Simulated.class,
                            cti -> assertThat(cti.queues())
                                    .extracting(Cti.Queue::number, Cti.Queue::name)
                                    .containsExactly(tuple("8001", "sales"), tuple("8002", "support")));
        });
    }

    @Test
    void environmentOverFileAndCommandLineOverBoth() throws Exception {
        String yaml = MINIMAL + "http: {port: 1, host: '::1'}\nmanagement: {port: 2}\n";

        assertThat(load(yaml, Map.of()).http().port()).isEqualTo(1);
        assertThat(load(yaml, Map.of("IP_HTTP_PORT", "11")).http().port()).isEqualTo(11);
        NodeConfig config = load(yaml, Map.of("IP_HTTP_PORT", "11"), "http.port=111", "http.port=112");
        assertThat(config.http().port()).isEqualTo(112);
        assertThat(config.http().host()).isEqualTo("::1");
        assertThat(config.management().port()).isEqualTo(2);
    }

    @Test
    void listsAreSeparatedByCommas() throws Exception {
        NodeConfig config = load(
                MINIMAL,
                Map.of("IP_CLUSTER_MEMBERS", "a:5701,b:5702", "OTHER", "ignored"),
                "http.allowed-origins=https://a.example, https://b.example");

        assertThat(config.cluster().members()).containsExactly(new HostPort("a", 5701), new HostPort("b", 5702));
        assertThat(config.http().allowedOrigins()).containsExactly("https://a.example", "https://b.example");
        assertThat(load(MINIMAL, Map.of(), "cluster.members=").cluster().members())
                .isEmpty();
    }

    @Test
    void itemsAreNamedByPlaceOrId() throws Exception {
        assertThat(name("processors[0].name=North")).isEqualTo("North");
        assertThat(name("processors.0.name=North")).isEqualTo("North");
        assertThat(name("processors.sim.name=North")).isEqualTo("North");
        assertThat(load(MINIMAL, Map.of("IP_PROCESSORS_0_NAME", "North"))
                        .processors()
                        .get(0)
                        .name())
                .isEqualTo("North");
    }

    private String name(String setting) throws Exception {
        return load(MINIMAL, Map.of(), setting).processors().get(0).name();
    }

    @Test
    void onePlaceMoreAddsAnItem() throws Exception {
        NodeConfig config = load(
                MINIMAL,
                Map.of("IP_PROCESSORS_0_CTI_TIMES_NO_ANSWER", "3s"),
                "processors[1].id=north",
                "processors[1].instance-domain=north",
                "processors[1].cti.type=simulated",
                "processors[1].cti.queues[0].number=9001");

        assertThat(config.processors()).extracting(Processor::id).containsExactly("sim", "north");
        assertThat(((Cti.Simulated) config.processors().get(0).cti()).times().noAnswer())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(((Cti.Simulated) config.processors().get(1).cti()).queues())
                .containsExactly(new Cti.Queue("9001", "9001", Duration.ZERO, Duration.ofSeconds(15), "", "default"));
    }

    @Test
    void agentsOneByOne() throws Exception {
        NodeConfig config = load("""
                demo: true
                processors:
                  - id: sim
                    instance-domain: default
                    cti: {type: simulated}
                    agents:
                      - id: 4711
                        name: Jo Blake
                        extension: "0815"
                        queues: [8001]
                        password: "0042"
                      - id: "0001"
                        password-hash: $pbkdf2$it=10000$c2FsdA$aGFzaA
                """, Map.of());

        List<Agent> agents = config.processors().get(0).allAgents();
        assertThat(agents.get(0).id()).isEqualTo("4711");
        assertThat(agents.get(0).extension()).isEqualTo("0815");
        assertThat(agents.get(0).queues()).containsExactly("8001");
        assertThat(agents.get(0).password().orElseThrow().reveal()).isEqualTo("0042");
        assertThat(agents.get(1).extension()).isEqualTo("0001");
        assertThat(agents.get(1).passwordHash().orElseThrow().reveal()).isEqualTo("$pbkdf2$it=10000$c2FsdA$aGFzaA");
        assertThat(config.toString()).doesNotContain("0042", "pbkdf2");
    }

    @Test
    void everyKeyCanBeSetInTheEnvironment() {
        Set<List<String>> all = new HashSet<>();
        for (String path : Keys.flat(NodeConfig.class).keySet()) {
            String variable =
                    path.replace("[]", ".0").replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
            assertThat(Keys.inEnvironment(NodeConfig.class, variable))
                    .as(variable)
                    .contains(List.of(path.replace("[]", ".0").split("\\.")));
            all.add(Keys.inEnvironment(NodeConfig.class, variable).orElseThrow());
        }
        assertThat(all).hasSameSizeAs(Keys.flat(NodeConfig.class).keySet());
    }

    @Test
    void theJarHasTheFilesThatAreNotOnDisk() throws Exception {
        assertThat(Path.of("conf/demo.yaml")).exists();
        String packed = Files.readString(Path.of("target/classes/conf/demo.yaml"));
        assertThat(packed).isEqualTo(Files.readString(Path.of("conf/demo.yaml")));
    }
}
