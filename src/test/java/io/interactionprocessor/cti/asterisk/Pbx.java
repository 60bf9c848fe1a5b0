package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.cti.asterisk.AsteriskSettings.AgentLine;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.AnswerMode;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.QueueLine;
import io.interactionprocessor.cti.asterisk.AsteriskSettings.Route;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.nodes.FreePorts;
import io.interactionprocessor.torture.ground.Ground;
import io.vertx.core.json.JsonArray;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Asterisk of the test's own, on free ports of the loopback, with a directory of its own under {@code target}. */
final class Pbx implements Closeable {
    private static final Path CONFIGURATION = Path.of("src/test/resources/asterisk/etc");
    private static final Path SHIPPED = Path.of("conf/asterisk/interaction-processor.conf");
    private static final int SAMPLES_PER_SECOND = 8_000;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What callers hear: on hold, and while they wait in a queue. */
    static final int HOLD_MUSIC = 600;

    static final int QUEUE_MUSIC = 800;
    static final int RINGBACK = 425;

    final int version;
    final int ariPort;
    final int amiPort;
    final int sipPort;
    final int talkPort;
    final int loadPort;
    final int deskPort;
    final int carrierPort;
    /** Where it listens, and whence desk phones and carrier call. */
    final String ip;

    private final List<String> prefix;
    private final String deskIp;
    private final String carrierIp;
    private final Path root;
    private final Path instance;
    private final List<Closeable> things = new ArrayList<>();
    private Process process;

    private Pbx(int version, String name, String ip, List<String> prefix, String deskIp, String carrierIp)
            throws Exception {
        this.version = version;
        this.ip = ip;
        this.prefix = prefix;
        this.deskIp = deskIp;
        this.carrierIp = carrierIp;
        root = AsteriskInstall.root(version);
        instance = Files.createDirectories(Path.of("target", "asterisk"))
                .toAbsolutePath()
                .resolve(name + version);
        ariPort = freeTcp();
        amiPort = freeTcp();
        sipPort = freeUdp();
        talkPort = freeUdp();
        loadPort = freeUdp();
        deskPort = freeUdp();
        carrierPort = freeUdp();
        configure();
    }

    /** Starts one. */
    static Pbx start(int version, String name) throws Exception {
        AsteriskInstall.require();
        return started(new Pbx(version, name, "127.0.0.1", List.of(), "127.0.0.33", "127.0.0.34"));
    }

    /** Starts one somewhere else; desk phones and carrier are at {@code phones}. */
    static Pbx startAt(Ground.Place place, String phones, int version, String name) throws Exception {
        AsteriskInstall.require();
        return started(new Pbx(version, name, place.host(), place.prefix(), phones, phones));
    }

    private static Pbx started(Pbx pbx) throws Exception {
        try {
            pbx.start();
            return pbx;
        } catch (Exception e) {
            pbx.close();
            throw e;
        }
    }

    private static int freeTcp() {
        return FreePorts.find(1).get(0);
    }

    /** Below the ports of outgoing packets, and no other test's: several have phones at once. */
    static int freeUdp() throws IOException {
        while (true) {
            int port = FreePorts.find(1).get(0);
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // somebody has it for datagrams
            }
        }
    }

    private void configure() throws IOException {
        deleteAll(instance);
        for (String directory : List.of("etc", "run", "log", "spool/tmp", "lib", "data/moh", "data/mohq")) {
            Files.createDirectories(instance.resolve(directory));
        }
        Path modules = root.resolve("usr/lib/x86_64-linux-gnu/asterisk/modules");
        if (!Files.isDirectory(modules)) {
            modules = root.resolve("usr/lib/asterisk/modules");
        }
        Files.createSymbolicLink(
                instance.resolve("data/documentation"), root.resolve("usr/share/asterisk/documentation"));
        Files.createSymbolicLink(instance.resolve("data/rest-api"), root.resolve("usr/share/asterisk/rest-api"));
        int rtp = 26_000 + 2_000 * (ariPort % 3);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("${instance}", instance.toString());
        values.put("${root}", root.toString());
        values.put("${modules}", modules.toString());
        values.put("${ip}", ip);
        values.put("${desk-ip}", deskIp);
        values.put("${carrier-ip}", carrierIp);
        values.put("${ari}", Integer.toString(ariPort));
        values.put("${ami}", Integer.toString(amiPort));
        values.put("${sip}", Integer.toString(sipPort));
        values.put("${talk}", Integer.toString(talkPort));
        values.put("${load}", Integer.toString(loadPort));
        values.put("${desk}", Integer.toString(deskPort));
        values.put("${carrier}", Integer.toString(carrierPort));
        values.put("${rtp}", Integer.toString(rtp));
        values.put("${rtpend}", Integer.toString(rtp + 1_998));
        try (Stream<Path> files = Files.list(CONFIGURATION)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                for (Map.Entry<String, String> value : values.entrySet()) {
                    text = text.replace(value.getKey(), value.getValue());
                }
                if (file.endsWith("modules.conf")) {
                    text = present(text, modules);
                }
                Files.writeString(instance.resolve("etc").resolve(file.getFileName()), text);
            }
        }
        Files.copy(SHIPPED, instance.resolve("etc").resolve(SHIPPED.getFileName()));
        for (String empty :
                List.of("acl", "websocket_client", "ccss", "udptl", "pjproject", "features", "pjsip_notify")) {
            Files.writeString(instance.resolve("etc/" + empty + ".conf"), "");
        }
        Files.write(instance.resolve("data/moh/tone.sln"), tone(HOLD_MUSIC));
        Files.write(instance.resolve("data/mohq/tone.sln"), tone(QUEUE_MUSIC));
    }

    private static String present(String modules, Path directory) {
        StringBuilder kept = new StringBuilder();
        for (String line : modules.lines().toList()) {
            if (!line.startsWith("load = ")
                    || Files.exists(
                            directory.resolve(line.substring("load = ".length()).trim()))) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    private static byte[] tone(int frequency) {
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        for (int i = 0; i < 20 * SAMPLES_PER_SECOND; i++) {
            int sample = (int) (8_000 * Math.sin(2 * Math.PI * frequency * i / SAMPLES_PER_SECOND));
            samples.write(sample);
            samples.write(sample >> 8);
        }
        return samples.toByteArray();
    }

    static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Starts Asterisk, again if it was killed. */
    void start() throws Exception {
        String libraries = Stream.of("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "usr/lib")
                .map(path -> root.resolve(path).toString())
                .reduce((a, b) -> a + ':' + b)
                .orElseThrow();
        Files.deleteIfExists(instance.resolve("run/asterisk.ctl"));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                AsteriskInstall.loader(root).toString(),
                "--library-path",
                libraries,
                root.resolve("usr/sbin/asterisk").toString(),
                "-C",
                instance.resolve("etc/asterisk.conf").toString(),
                "-f",
                "-n"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(instance.resolve("log/stdout").toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("Asterisk did not start: " + Files.readString(instance.resolve("log/stdout")));
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return ari("GET", "/asterisk/info").statusCode() == 200 && amiAnswers();
        } catch (IOException notYet) {
            return false;
        }
    }

    static InetAddress address(String numbers) throws IOException {
        byte[] bytes = new byte[4];
        int i = 0;
        for (String number : numbers.split("\\.", -1)) {
            bytes[i++] = (byte) Integer.parseInt(number);
        }
        return InetAddress.getByAddress(bytes);
    }

    private boolean amiAnswers() throws IOException {
        try (Socket socket = new Socket(address(ip), amiPort)) {
            return socket.isConnected();
        }
    }

    /** A request of the test's own. */
    HttpResponse<String> ari(String method, String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(ariUrl() + path))
                        .timeout(Duration.ofSeconds(5))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString("cti:ctisecret"
                                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    String ariUrl() {
        return "http://" + ip + ":" + ariPort + "/ari";
    }

    /** The process, to be frozen or killed. */
    Process process() {
        return process;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Is closed with it, before it. */
    <T extends Closeable> T with(T thing) {
        things.add(thing);
        return thing;
    }

    @Override
    public void close() throws IOException {
        for (Closeable thing : things) {
            thing.close();
        }
        if (process != null) {
            end(process);
        }
    }

    /** Ends a process, and waits until it is gone. */
    static void end(Process process) {
        try {
            process.destroy();
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A desk phone of its own: agents 2002 and 2003, by the user that is called. */
    DeskPhone desk() throws IOException {
        return new DeskPhone(this, deskIp, deskPort, "2002");
    }

    /** A line from outside. */
    DeskPhone carrier() throws IOException {
        return new DeskPhone(this, carrierIp, carrierPort, "carrier");
    }

    /** Another line from outside. */
    DeskPhone anotherCarrier() throws IOException {
        return new DeskPhone(this, carrierIp, freeUdp(), "carrier");
    }

    /** The channels there are, as Asterisk describes them. */
    JsonArray channels() throws IOException, InterruptedException {
        return new JsonArray(ari("GET", "/channels").body());
    }

    /** What a connector to it is told; agents 1001 to 1004, 2001 and 2002, queues 8001 and 8002 (also the PBX's support). */
    AsteriskSettings settings() {
        List<AgentLine> agents = Stream.of("1001", "1002", "1003", "1004", "2001", "2002")
                .map(id -> new AgentLine(id, "Agent " + id, id, Set.of("8001", "8002", "8003")))
                .toList();
        return settings(ariPort, amiPort, agents, "PJSIP/{number}");
    }

    AsteriskSettings settings(int ari, int ami, List<AgentLine> agents, String endpoint) {
        return new AsteriskSettings(
                new AsteriskSettings.Ari("http://127.0.0.1:" + ari + "/ari", "cti", Secret.of("ctisecret")),
                Optional.of(new AsteriskSettings.Ami("127.0.0.1", ami, "cti", Secret.of("ctisecret"))),
                "cti",
                agents,
                new AsteriskSettings.Stations(
                        endpoint,
                        "Local/{number}@ip-queue-member/n",
                        AnswerMode.AUTO_ANSWER,
                        Map.of("2001", AnswerMode.TALK, "1003", AnswerMode.MANUAL),
                        Map.of()),
                List.of(
                        new QueueLine("8001", "sales", "", "queue", 0, 15_000),
                        new QueueLine("8002", "support", "support", "queue", 0, 15_000),
                        new QueueLine("8003", "hasty", "hasty", "queue", 0, 15_000)),
                List.of(
                        new Route(Pattern.compile("555[0-9]{4}"), "Local/{number}@outside/n"),
                        new Route(Pattern.compile("9[0-9]{3}"), "PJSIP/{number}")),
                List.of("CUSTOMER_ID"),
                "default",
                new AsteriskSettings.Times(10_000, 10_000, 30_000, 30_000));
    }
}
