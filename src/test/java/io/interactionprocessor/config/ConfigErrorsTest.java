package io.interactionprocessor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one line that stops the start: where, which key, which value, what to do. {@code FILE} stands for the file. */
class ConfigErrorsTest {
    private static final String MINIMAL = """
            processors:
              - id: sim
                instance-domain: default
                cti: {type: simulated}
            """;

    @TempDir
    private Path directory;

    private String line(String yaml, Map<String, String> environment, String... settings) {
        Path file = directory.resolve("node.yaml");
        ConfigException refused = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigLoader.load(Files.writeString(file, yaml).toString(), environment, List.of(settings)));
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.getMessage()).doesNotContain("\n");
        return refused.getMessage().replace(file.toString(), "FILE");
    }

    private String set(String... settings) {
        return line(MINIMAL, Map.of(), settings);
    }

    private String file(String more) {
        return line(MINIMAL + more, Map.of());
    }

    private String processor(String more) {
        return line(MINIMAL + more.indent(4), Map.of());
    }

    @Test
    void anUnknownKeyIsAnsweredWithTheOneThatWasMeant() {
        assertThat(file("http: {prot: 80}"))
                .isEqualTo("FILE: http.prot = \"80\": no such key; did you mean http.port?");
        assertThat(file("http: {allowedOrigins: [a]}"))
                .isEqualTo("FILE: http.allowedOrigins = [...]: no such key; did you mean http.allowed-origins?");
        assertThat(file("port: 80")).isEqualTo("FILE: port = \"80\": no such key; did you mean http.port?");
        assertThat(file("replay-window: 80"))
                .isEqualTo("FILE: replay-window = \"80\": no such key; did you mean limits.replay-window?");
        assertThat(file("wallpaper: blue"))
                .isEqualTo(
                        "FILE: wallpaper = \"blue\": no such key; remove it, or take one that conf/node.yaml describes");
        assertThat(processor("nmae: x"))
                .isEqualTo("FILE: processors[0].nmae = \"x\": no such key; did you mean processors[0].name?");
        assertThat(set("htp.port=80")).isEqualTo("--set: htp.port = \"80\": no such key; did you mean http?");
        assertThat(set("processors[0].cti.queus[0].number=1"))
                .isEqualTo("--set: processors.0.cti.queus.0.number = \"1\": no such key; did you mean"
                        + " processors[0].cti.queues?");
        assertThat(line(MINIMAL, Map.of("IP_HTTP_PROT", "80")))
                .isEqualTo("environment: IP_HTTP_PROT = \"80\": no such setting; did you mean IP_HTTP_PORT?");
        assertThat(line(MINIMAL, Map.of("IP_WALLPAPER", "blue")))
                .isEqualTo(
                        "environment: IP_WALLPAPER = \"blue\": no such setting; unset it: every variable IP_... is one");
    }

    @Test
    void aBadValueIsAnsweredWithWhatToWrite() {
        assertThat(file("http: {port: eighty}"))
                .isEqualTo("FILE: http.port = \"eighty\": write a whole number from 0 to 65535");
        assertThat(file("http: {port: 65536}"))
                .isEqualTo("FILE: http.port = \"65536\": write a whole number from 0 to 65535");
        assertThat(file("http: {port: 80.5}"))
                .isEqualTo("FILE: http.port = \"80.5\": write a whole number from 0 to 65535");
        assertThat(line(MINIMAL, Map.of("IP_CLUSTER_PORT", "0")))
                .isEqualTo("environment variable IP_CLUSTER_PORT: cluster.port = \"0\":"
                        + " write a whole number from 1 to 65535");
        assertThat(set("timeouts.ping=15"))
                .isEqualTo(
                        "--set: timeouts.ping = \"15\": write a whole number and its unit ms, s, m or h, such as 15s");
        assertThat(set("timeouts.drain=9s"))
                .isEqualTo("--set: timeouts.drain = \"9s\": write a duration from 1ms to 6s");
        assertThat(set("limits.message-size=64K"))
                .isEqualTo("--set: limits.message-size = \"64K\": write a whole number and its unit B, KiB, MiB or GiB,"
                        + " such as 64KiB");
        assertThat(set("limits.message-size=1GiB"))
                .isEqualTo("--set: limits.message-size = \"1GiB\": write a size from 1KiB to 16MiB");
        assertThat(set("cluster.members=127.0.0.1:1,node2"))
                .isEqualTo("--set: cluster.members = \"node2\": write host:port, such as 10.0.0.1:5701");
        assertThat(file("expose-stack-traces: 1")).isEqualTo("FILE: expose-stack-traces = \"1\": write true or false");
        assertThat(file("call-models: [no]"))
                .isEqualTo("FILE: call-models = \"false\": write it in quotes: it is a text");
        assertThat(file("http: 8080"))
                .isEqualTo("FILE: http = \"8080\": write a group of settings there: host, port, advertised-url,"
                        + " allowed-origins, tls");
        assertThat(file("http: {allowed-origins: https://a}"))
                .isEqualTo("FILE: http.allowed-origins = \"https://a\": write a list there, each item after a dash");
        assertThat(set("http=x"))
                .isEqualTo("--set: http = \"x\": it has settings of its own; set them one by one: http.host, http.port,"
                        + " http.advertised-url, ...");
        assertThat(set("http.port.x=1")).startsWith("--set: http.port.x = \"1\": no such key");
        assertThat(set("http.port")).isEqualTo("--set: http.port = (nothing): write key=value, such as http.port=8080");
        assertThat(set("processors[2].name=x"))
                .isEqualTo(
                        "--set: processors.2.name = \"x\": processors has no item 2, only 1; name one by its place from 0"
                                + " on, or by its id");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(line("", Map.of()))
                .isEqualTo("FILE: processors = (nothing): write at least one, as conf/node.yaml shows");
        assertThat(line("processors: [{instance-domain: x, cti: {type: simulated}}]", Map.of()))
                .isEqualTo("FILE: processors[0].id = (nothing): it must be given");
        assertThat(line("processors: [{id: x, instance-domain: x}]", Map.of()))
                .isEqualTo("FILE: processors[0].cti.type = (nothing): write one of: simulated, asterisk");
        assertThat(line("processors: [{id: x, instance-domain: x, cti: {type: pigeon}}]", Map.of()))
                .isEqualTo("FILE: processors[0].cti.type = \"pigeon\": write one of: simulated, asterisk");
    }

    @Test
    void aFileThatIsNoConfiguration() {
        assertThat(line("http: {port: 80\nx: \"secret", Map.of()))
                .isEqualTo("FILE: line 2, column 2: not YAML; look for wrong indentation, colons and quotes there");
        assertThat(line("# nothing\n", Map.of()))
                .isEqualTo("FILE: not a YAML file of keys and values; conf/node.yaml shows what one looks like");
        assertThat(line("- a\n- b\n", Map.of()))
                .isEqualTo("FILE: not a YAML file of keys and values; conf/node.yaml shows what one looks like");
        assertThat(catchThrowableOfType(
                        ConfigException.class, () -> ConfigLoader.load("conf/nowhere.yaml", Map.of(), List.of())))
                .hasMessage("conf/nowhere.yaml: there is no such file; name one with --config, or take conf/node.yaml");
    }

    @Test
    void whatDoesNotGoTogether() {
        assertThat(set("timeouts.silence=15s"))
                .isEqualTo(
                        "--set: timeouts.silence = \"15s\": it must be longer than timeouts.ping, 15s, or every client"
                                + " is dropped");
        assertThat(set("default-call-model=x"))
                .isEqualTo("--set: default-call-model = \"x\": it is none of call-models; take one of standard");
        assertThat(set("call-models=")).isEqualTo("--set: call-models = (nothing): name at least one");
        assertThat(set("management.port=8080"))
                .isEqualTo("--set: management.port = \"8080\": http.port has it already; take another");
        assertThat(set("cluster.host=0.0.0.0"))
                .isEqualTo(
                        "--set: cluster.host = \"0.0.0.0\": write the address at which the other nodes reach this one");
        assertThat(set("cluster.bus-port=5701"))
                .isEqualTo("--set: cluster.bus-port = \"5701\": cluster.port has it already; take another, or 0");
        assertThat(set("cluster.members=a:1,a:1"))
                .isEqualTo("--set: cluster.members = \"a:1\": it is listed twice; list each node once");
        assertThat(set("cluster.members=192.0.2.1:5701,127.0.0.1:5702"))
                .isEqualTo(
                        "--set: cluster.members = \"192.0.2.1:5701,127.0.0.1:5702\": this node, 127.0.0.1:5701, must be among"
                                + " them: a majority is counted by this list, which is the same on each node");
        assertThat(set("cluster.members=127.0.0.1:5701,b:1", "cluster.quorum=3"))
                .isEqualTo(
                        "--set: cluster.quorum = \"3\": there are only 2 cluster.members; write 0 for their majority");
        assertThat(set("http.advertised-url=http://x"))
                .isEqualTo("--set: http.advertised-url = \"http://x\": write a WebSocket URL, such as"
                        + " wss://desk.example.com/ws");
        assertThat(set("http.allowed-origins=desk.example.com"))
                .isEqualTo("--set: http.allowed-origins = \"desk.example.com\": write scheme and host as browsers send"
                        + " them, such as https://desk.example.com");
        assertThat(set("http.tls.certificate=a.pem", "http.tls.key=conf/node.yaml"))
                .isEqualTo("--set: http.tls.certificate = \"a.pem\": there is no such file that can be read; write the"
                        + " path of a PEM file");
        assertThat(set("http.tls.key=conf/node.yaml"))
                .isEqualTo("FILE: http.tls.certificate = (nothing): TLS needs both, http.tls.certificate and"
                        + " http.tls.key");
    }

    @Test
    void asterisksManagerInterfaceTakesAUserAndItsPassword() {
        String asterisk = """
                processors:
                  - id: pbx
                    instance-domain: default
                    cti:
                      type: asterisk
                      ari: {url: "http://pbx:8088/ari", user: cti, password: hunter2}
                      ami: {host: pbx, %s}
                """;
        assertThat(line(asterisk.formatted("password: hunter2"), Map.of()))
                .isEqualTo("FILE: processors[0].cti.ami.user = (nothing): manager.conf has it in square brackets");
        assertThat(line(asterisk.formatted("user: \"\", password: hunter2"), Map.of()))
                .isEqualTo("FILE: processors[0].cti.ami.user = (nothing): manager.conf has it in square brackets");
        assertThat(line(asterisk.formatted("user: cti"), Map.of()))
                .isEqualTo("FILE: processors[0].cti.ami.password = (nothing): manager.conf has it as secret");
    }

    @Test
    void credentialsAreEchoedOnlyWhereNobodyElseReadsThem() throws IOException, ConfigException {
        String exposed =
                "--set: echo-credentials = \"true\": passwords would cross the network in the clear; set http.tls,"
                        + " or http.host to 127.0.0.1";
        assertThat(set("echo-credentials=true", "http.host=0.0.0.0")).isEqualTo(exposed);

        Path file = Files.writeString(directory.resolve("ok.yaml"), MINIMAL);
        NodeConfig local = ConfigLoader.load(file.toString(), Map.of(), List.of("echo-credentials=true"));
        assertThat(local.echoCredentials()).isTrue();
        NodeConfig encrypted = ConfigLoader.load(
                file.toString(),
                Map.of(),
                List.of(
                        "echo-credentials=true",
                        "http.host=0.0.0.0",
                        "http.tls.key=" + file,
                        "http.tls.certificate=" + file));
        assertThat(encrypted.http().tls().enabled()).isTrue();
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThat(file("http:\n  port: 1\n  host: 127.0.0.1\n  port: 2\n"))
                .isEqualTo("FILE: line 8, column 3: the key port stands twice; leave one out");
    }

    @Test
    void everyServiceAndAgentIsOne() {
        String again = "  - {id: %s, instance-domain: %s, cti: {type: simulated}}\n";
        assertThat(file(again.formatted("sim", "other")))
                .isEqualTo("FILE: processors[1].id = \"sim\": another service has this id; take one of its own");
        assertThat(file(again.formatted("ServiceMonitor", "other")))
                .isEqualTo(
                        "FILE: processors[1].id = \"ServiceMonitor\": another service has this id; take one of its own");
        assertThat(file(again.formatted("a.b", "x")))
                .isEqualTo(
                        "FILE: processors[1].id = \"a.b\": write at most 64 letters, digits, - and _, the first a letter"
                                + " or digit");
        assertThat(
                        processor(
                                "agents: [{id: 1, password-hash: '$pbkdf2$it=10000$c2FsdA$aGFzaA'}, {id: 1, password-hash: '$pbkdf2$it=10000$c2FsdA$aGFzaA'}]"))
                .isEqualTo(
                        "FILE: processors[0].agents[1].id = \"1\": another agent has this id; give each agent one entry");
        assertThat(
                        processor(
                                "agents: [{id: 1, password-hash: '$pbkdf2$it=10000$c2FsdA$aGFzaA'}, {id: 2, extension: 1, password-hash: '$pbkdf2$it=10000$c2FsdA$aGFzaA'}]"))
                .isEqualTo("FILE: processors[0].agents[1].extension = \"1\": another agent or a queue has this number");
        assertThat(processor("agents: [{id: 8001, password-hash: '$pbkdf2$it=10000$c2FsdA$aGFzaA'}]"))
                .isEqualTo(
                        "FILE: processors[0].agents[0].extension = \"8001\": another agent or a queue has this number");
        assertThat(processor("agents: [{id: 5, password-hash: '$pbkdf2$it=10000$c2FsdA$aGFzaA'}]\n"
                        + "agent-ranges: [{from: 1, count: 5, password-hash: '$pbkdf2$it=10000$c2FsdA$aGFzaA'}]"))
                .isEqualTo(
                        "FILE: processors[0].agent-ranges[0].from = \"1\": the range holds 5, which another agent or a"
                                + " queue has");
        assertThat(processor("agents: [{id: 1, queues: [9], password-hash: '$pbkdf2$it=10000$c2FsdA$aGFzaA'}]"))
                .isEqualTo(
                        "FILE: processors[0].agents[0].queues = \"9\": there is no queue of this number; name those of"
                                + " cti.queues");
        assertThat(processor("not-ready-reasons: [connectionLost]"))
                .isEqualTo(
                        "FILE: processors[0].not-ready-reasons = \"connectionLost\": the service itself gives this one;"
                                + " leave it out");
    }

    @Test
    void plainPasswordsAreForDemonstrationsOnLoopback() {
        String plain =
                "FILE: processors[0].agents[0].password = ***: plain passwords are for files with demo: true; write"
                        + " password-hash and what hash-password prints";
        assertThat(processor("agents: [{id: 1, password: hunter2}]")).isEqualTo(plain);
        assertThat(line(
                        MINIMAL,
                        Map.of("IP_PROCESSORS_0_AGENTS_0_ID", "1", "IP_PROCESSORS_0_AGENTS_0_PASSWORD", "hunter2")))
                .isEqualTo(plain.replace("FILE", "environment variable IP_PROCESSORS_0_AGENTS_0_PASSWORD"));
        assertThat(set("demo=true"))
                .isEqualTo(
                        "--set: demo = \"true\": only the file can say that it is for demonstrations; write demo: true"
                                + " there");
        for (String key : List.of("http.host", "management.host", "cluster.host")) {
            assertThat(line("demo: true\n" + MINIMAL, Map.of(), key + "=192.168.1.1"))
                    .isEqualTo(
                            "--set: " + key + " = \"192.168.1.1\": a file with demo: true serves loopback only; write"
                                    + " 127.0.0.1, or take a file without demo and with password-hash");
        }
    }

    @Test
    void anAgentHasOnePasswordAndNoMessageShowsIt() {
        String secret = "hunter2";
        assertThat(processor("agents: [{id: 1}]"))
                .isEqualTo("FILE: processors[0].agents[0].password-hash = (nothing): nobody could log in; write what"
                        + " hash-password prints");
        assertThat(processor("agents: [{id: 1, password-hash: hunter2}]"))
                .isEqualTo(
                        "FILE: processors[0].agents[0].password-hash = ***: this is no hash; write what hash-password"
                                + " prints");
        assertThat(List.of(
                        line(
                                "demo: true\n" + MINIMAL
                                        + "    agents: [{id: 1, password: hunter2, password-hash: $pbkdf2$hunter2}]",
                                Map.of()),
                        processor("agents: [{id: 1, pasword: hunter2}]"),
                        processor("agents: [{id: 1, passwort-hash: hunter2}]"),
                        processor("agents: [{id: 1, password: {a: hunter2}}]"),
                        processor("agents: [{id: 1, password: [hunter2]}]"),
                        processor("agents: hunter2"),
                        processor("agents: [hunter2]"),
                        processor("agents: {password: hunter2}"),
                        processor("password: hunter2"),
                        file("admin-password: hunter2"),
                        set("processors[0].agents[0].pwd=hunter2"),
                        set("processors[0].agents[7].password=hunter2"),
                        set("processors[0].agents=hunter2"),
                        set("password=hunter2"),
                        line(MINIMAL, Map.of("IP_PROCESSORS_0_AGENTS_0_PASWORD", "hunter2")),
                        file("password: \"hunter2")))
                .allSatisfy(line -> assertThat(line).doesNotContain(secret));
    }

    @Test
    void aLongOrManyLinedValueIsCut() {
        assertThat(file("http: {port: \"a\\nb\"}"))
                .isEqualTo("FILE: http.port = \"a b\": write a whole number from 0 to 65535");
        assertThat(set("http.port=" + "9".repeat(500)))
                .contains("9".repeat(80) + "...\"")
                .hasSizeLessThan(200);
    }
}
