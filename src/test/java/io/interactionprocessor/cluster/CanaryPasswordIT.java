package io.interactionprocessor.cluster;

import static io.interactionprocessor.cluster.Requests.agentOf;
import static io.interactionprocessor.cluster.Requests.brokenAround;
import static io.interactionprocessor.cluster.Requests.core;
import static io.interactionprocessor.cluster.Requests.prepare;
import static io.interactionprocessor.cluster.Requests.request;
import static io.interactionprocessor.cluster.Requests.resource;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.interactionprocessor.testkit.Canary;
import io.interactionprocessor.testkit.NodeJvms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A password that occurs nowhere else goes through everything that a client can do with it, right and wrong; then it is
 * looked for in all that came out: frames, logs of every library at its most talkative, the management port, the grid.
 * It may come back where the client itself wrote it beside {@code agent.password} (protocol 4.1), and nowhere else.
 *
 * <p>So that silence means something, three marks that are no secrets must be found by the same search: attached data, an
 * agent's name, and the id of an agent whose login failed.
 *
 * <p>Not looked into: what the simulated switch's history has compressed in the grid; the same entries are read from the
 * management port.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanaryPasswordIT {
    /** The password of {@link #AGENT}: sent only as {@code agent.password}, or in messages that are not understood. */
    private static final Canary PASSWORD = Canary.of("Canary");
    /** What a client writes into other fields of messages that are understood; may come back to it, and goes no further. */
    private static final Canary STRAY = Canary.of("Stray");

    private static final Canary ATTACHED = Canary.of("Attached");
    private static final Canary NAME = Canary.of("Name");
    private static final Canary UNKNOWN = Canary.of("Nobody");

    private static final String AGENT = "7001";
    /** Others with the same password, so that failures are not too many for one. */
    private static final int FIRST_OTHER = 7101;

    @TempDir
    private static Path directory;

    private static final CanarySearch SEARCH = new CanarySearch();
    private static final Set<String> GRID = new LinkedHashSet<>();
    private static final List<Ear> EARS = new ArrayList<>();
    private static int others;
    private static TalkativeNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = new TalkativeNodes(directory);
        NodeJvms.Jvm hashing = nodes.run("hash-password", PASSWORD.text() + "\n", List.of("hash-password"));
        assertThat(hashing.awaitEnd()).isZero();
        String hash = hashing.output().strip();
        String plain = config("plain.yaml", "demo: true", "password: " + PASSWORD.text());
        nodes.start(List.of(plain, plain, config("hashed.yaml", "demo: true", "password-hash: " + hash)));
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static String config(String file, String first, String credentials) throws Exception {
        String text = """
                %s
                processors:
                  - id: sim
                    instance-domain: demo
                    cti:
                      type: simulated
                    agents:
                      - id: "%s"
                        name: %s
                        %s
                    agent-ranges:
                      - from: %s
                        count: 100
                        %s
                """;
        return Files.writeString(
                        directory.resolve(file),
                        text.formatted(first, AGENT, NAME.text(), credentials, FIRST_OTHER, credentials))
                .toString();
    }

    // ---- what is done with the password

    @Test
    @Order(1)
    void configurationFilesThatAreWrong() throws Exception {
        String secret = PASSWORD.text();
        List<String> files = List.of(
                config("unknown-key.yaml", "demo: true", "pasword: " + secret),
                config("not-demo.yaml", "demo: false", "password: " + secret),
                config("no-hash.yaml", "demo: true", "password-hash: " + secret),
                config("no-yaml.yaml", "demo: true", "password: \"" + secret + "\" " + secret + ": : ["),
                config("list.yaml", "demo: true", "password: [" + secret + "]"),
                config("map.yaml", "demo: true", "password: {" + secret + ": " + secret + "}"));
        List<NodeJvms.Jvm> checks = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            checks.add(nodes.run("check" + i, "", List.of("check-config", files.get(i))));
        }
        for (NodeJvms.Jvm check : checks) {
            assertThat(check.awaitEnd()).as(check.errors()).isEqualTo(2);
        }
    }

    @Test
    @Order(2)
    void refusedLogins() throws Exception {
        for (String url : nodes.urls()) {
            Ear ear = ear(url);
            assertThat(ear.ask(prepare(other(), PASSWORD.text() + "x", false)).encode())
                    .contains("invalidCredentials");
            assertThat(ear.ask(prepare(UNKNOWN.text(), PASSWORD.text(), false)).encode())
                    .contains("invalidCredentials");
            assertThat(ear.ask(prepare(AGENT, PASSWORD.text(), false, "no such model"))
                            .encode())
                    .contains("unknownModel");
            assertThat(ear.ask(prepare(AGENT, PASSWORD.text().repeat(60), true)).encode())
                    .contains("invalidRequest");
            ear.close();
        }
        look("refused logins");
    }

    @Test
    @Order(3)
    void messagesThatAreNotUnderstood() throws Exception {
        String secret = PASSWORD.text();
        String whole = prepare(AGENT, secret, true).put("requestId", "m").encode();
        List<String> texts = brokenAround(secret, whole);
        for (String url : nodes.urls()) {
            Ear ear = ear(url);
            texts.forEach(ear::provoke);
            ear.send(secret);
            assertThat(ear.awaitClose()).as("too many malformed").isEqualTo(1008);
            Ear binary = ear(url);
            binary.sendBinary(whole);
            assertThat(binary.awaitClose()).as("binary").isEqualTo(1003);
            Ear large = ear(url);
            large.send(whole + " ".repeat(70_000) + secret);
            assertThat(large.awaitClose()).as("too large").isEqualTo(1009);
        }
        look("messages that are not understood");
    }

    /** Whatever {@code agent.password} holds is the secret, in any form. */
    @Test
    @Order(4)
    void passwordsThatAreNoText() throws Exception {
        String secret = PASSWORD.text();
        for (String url : nodes.urls()) {
            Ear ear = ear(url);
            for (Object form : List.of(
                    new JsonObject().put("value", secret),
                    new JsonObject().put(secret, 1),
                    new JsonArray().add(secret),
                    new JsonArray().add(new JsonObject().put("password", secret)))) {
                JsonObject request = prepare(AGENT, "", true);
                agentOf(request).put("password", form);
                assertThat(ear.ask(request).encode()).contains("invalidRequest");
            }
            JsonObject list = prepare(AGENT, "", true);
            JsonObject data = list.getJsonObject("request").getJsonObject("data");
            data.put("agent", new JsonArray().add(agentOf(list).put("password", secret)));
            assertThat(ear.ask(list).encode()).contains("invalidRequest");
            String escaped = prepare(AGENT, secret, false).put("requestId", "e").encode();
            escaped = escaped.replace("\"password\"", "\"p\\u0061ssword\"").replace("\"agent\"", "\"\\u0061gent\"");
            assertThat(ear.answer(escaped.replace("sim", "elsewhere"), "e").encode())
                    .contains("unknownService");
            JsonObject other = prepare(AGENT, secret, false);
            other.getJsonObject("request").put("command", "prepareSessions");
            assertThat(ear.ask(other).encode()).contains("unknownCommand");
            other.getJsonObject("request").put("command", "getCapabilities");
            ear.ask(other);
            ear.close();
        }
        look("passwords that are no text");
    }

    @Test
    @Order(5)
    void passwordsInOtherFields() throws Exception {
        String stray = STRAY.text();
        for (String url : nodes.urls()) {
            Ear ear = ear(url);
            List<JsonObject> requests = new ArrayList<>();
            for (String field : List.of("password", "model", "override", "agent", "secret")) {
                JsonObject request = prepare(other(), "wrong", false);
                request.getJsonObject("request").getJsonObject("data").put(field, stray);
                requests.add(request);
            }
            for (String field : List.of("pasword", "Password", "pin")) {
                JsonObject request = prepare(other(), "wrong", false);
                agentOf(request).remove("password");
                agentOf(request).put(field, stray);
                requests.add(request);
            }
            requests.add(prepare(AGENT, PASSWORD.text(), false).put("serviceId", stray));
            JsonObject command = prepare(AGENT, PASSWORD.text(), false);
            command.getJsonObject("request").put("command", stray);
            requests.add(command);
            requests.add(core(stray));
            requests.add(core("bindService").put("serviceId", stray));
            requests.add(core("bindResource").put("serviceId", "sim").put("resourceId", stray));
            requests.add(core("bindResource")
                    .put("serviceId", "sim")
                    .put("resourceId", "none")
                    .put("data", new JsonObject().put("resumeKey", stray)));
            requests.add(core("getServices").put("data", new JsonObject().put("type", stray)));
            requests.forEach(ear::ask);
            ear.close();
        }
        look("passwords in other fields");
    }

    @Test
    @Order(6)
    void aSessionFromLoginToDrain() throws Exception {
        Ear holder = ear(nodes.urls().get(0));
        JsonObject prepared = holder.ask(prepare(AGENT, PASSWORD.text(), false));
        assertThat(prepared.encode()).contains("\"success\"");
        // each node asks for confirmation, takes the stand-in once, and then knows it no more
        for (int i = 1; i <= 3; i++) {
            holder.ask(core("bindResource").put("serviceId", "sim").put("resourceId", resource(prepared)));
            Ear next = ear(nodes.urls().get(i % 3));
            JsonObject confirm = next.ask(prepare(AGENT, PASSWORD.text(), false));
            assertThat(confirm.encode()).contains("\"confirm\"", "standin:");
            JsonObject original = confirm.getJsonObject("response").getJsonObject("original");
            original.getJsonObject("request").getJsonObject("data").put("override", true);
            prepared = next.ask(original);
            assertThat(prepared.encode()).contains("\"success\"");
            assertThat(next.ask(original).encode()).contains("invalidCredentials");
            assertThat(holder.awaitClose()).isEqualTo(4002);
            holder = next;
        }
        look("sessions that were overridden");

        String session = resource(prepared);
        JsonObject bound =
                holder.ask(core("bindResource").put("serviceId", "sim").put("resourceId", session));
        assertThat(holder.ask(request(session, "session.start", session, null)).encode())
                .contains("\"success\"");
        holder.await("session.initialized");
        String channel = new JsonObject(holder.await("channel.created"))
                .getJsonObject("event")
                .getString("target");
        holder.ask(request(session, "channel.activate", channel, null));
        holder.ask(request(session, "channel.dial", channel, new JsonObject().put("destination", "5550101")));
        String conversation = new JsonObject(holder.await("state.updated", "CONNECTED"))
                .getJsonObject("event")
                .getString("target");
        String interaction = conversation.substring(0, conversation.lastIndexOf('.'));
        JsonObject attached = new JsonObject().put("set", new JsonObject().put("mark", ATTACHED.text()));
        holder.ask(request(session, "interaction.setdata", interaction, attached));
        holder.await("interaction.datachanged");
        holder.ask(request(session, "conversation.hold", conversation, null));
        holder.await("state.updated", "HELD");
        // a request of the session that carries credentials where no one asked for any
        JsonObject credentials =
                new JsonObject().put("agent", new JsonObject().put("id", AGENT).put("password", PASSWORD.text()));
        holder.ask(request(session, "session.start", session, credentials));
        holder.ask(request(session, "conversation.hold", conversation, credentials));
        holder.ask(request(session, "session.snapshot", session, null));
        look("a call");

        holder.close();
        Ear back = ear(nodes.urls().get(1));
        String key = bound.getJsonObject("data").getString("resumeKey");
        JsonObject resume = new JsonObject().put("resumeKey", key).put("lastSequence", 1);
        JsonObject resumed = back.ask(core("bindResource")
                .put("serviceId", "sim")
                .put("resourceId", session)
                .put("data", resume));
        assertThat(resumed.encode()).contains("\"success\"");
        back.await("interaction.datachanged");
        assertThat(ear(nodes.urls().get(2))
                        .ask(prepare(AGENT, PASSWORD.text(), false))
                        .encode())
                .contains("\"confirm\"");
        look("a resumed session");

        nodes.drain(1);
        assertThat(back.awaitClose()).isEqualTo(1012);
        nodes.awaitDrained(1);
        look("a drained node");
    }

    // ---- and where it is looked for

    @Test
    @Order(7)
    void thePasswordIsNowhere() throws Exception {
        nodes.stop();
        long printed = 0;
        Set<String> told = new TreeSet<>();
        for (NodeJvms.Jvm jvm : nodes.everything()) {
            for (Path file : jvm.printed()) {
                byte[] log = Files.readAllBytes(file);
                printed += log.length;
                if (new String(log, UTF_8).contains("login of an unknown agent")) {
                    told.add(file.getFileName().toString());
                }
                search("log " + file.getFileName(), "", log, true);
            }
        }
        for (Ear ear : EARS) {
            ear.heard().forEach(frame -> search("frame", frame, frame.getBytes(UTF_8), false));
        }
        assertThat(GRID)
                .contains(
                        GridConfig.DIRECTORY,
                        GridConfig.SESSIONS,
                        GridConfig.LEASES,
                        GridConfig.SWITCHES,
                        GridConfig.NODES,
                        GridConfig.ATTEMPTS);
        // the search finds what is to be found, wherever it looks
        assertThat(SEARCH.marks())
                .contains(
                        "attached data in frame",
                        "attached data in grid object sessions",
                        "attached data in grid object switches",
                        "attached data in http",
                        "name in frame",
                        "name in grid object sessions",
                        "failed login in frame");
        // what was typed for an agent's id may be a password in the wrong field: only its client hears it again
        assertThat(SEARCH.marks())
                .filteredOn(mark -> mark.startsWith("failed login"))
                .hasSize(1);
        assertThat(told).as("logs that tell of such a login").contains("node1.log", "node2.log", "node3.log");
        assertThat(printed).as("bytes of logs").isGreaterThan(1_000_000);
        assertThat(SEARCH.leaks()).isEmpty();
    }

    /** Looks at what is there now and may be gone later: the grid and the management ports. */
    private static void look(String after) throws Exception {
        GRID.addAll(GridContents.show(
                nodes.grid(),
                (object, entry, bytes) -> search("grid object " + object, entry + " after " + after, bytes, true)));
        for (String path : List.of(
                "/health/live", "/health/ready", "/metrics", "/simulated-switch/calls", "/simulated-switch/history")) {
            for (String answer : nodes.get(path)) {
                search("http", path + " after " + after, answer.getBytes(UTF_8), true);
            }
        }
    }

    private static void search(String place, String detail, byte[] bytes, boolean strayToo) {
        SEARCH.forSecret("password", PASSWORD, place, detail, bytes);
        if (strayToo) {
            SEARCH.forSecret("stray", STRAY, place, detail, bytes);
        }
        SEARCH.forMark("attached data", ATTACHED, place, bytes);
        SEARCH.forMark("name", NAME, place, bytes);
        SEARCH.forMark("failed login", UNKNOWN, place, bytes);
    }

    // ---- words

    private static Ear ear(String url) throws Exception {
        Ear ear = new Ear(nodes.vertx(), url);
        EARS.add(ear);
        assertThat(ear.ask(core("bindService").put("serviceId", "ServiceMonitor"))
                        .encode())
                .contains("success");
        assertThat(ear.ask(core("bindService").put("serviceId", "sim")).encode())
                .contains("success");
        ear.ask(core("getServices"));
        return ear;
    }

    private static String other() {
        return Integer.toString(FIRST_OTHER + others++);
    }
}
