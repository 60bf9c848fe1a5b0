package io.interactionprocessor.cti.asterisk;

import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real SIP phone without a face: baresip. It speaks in a tone of its own, and what it hears is looked at. */
final class Phone implements Closeable {
    private static final int HEADER = 44;
    private static final int RATE = 8_000;
    private static final AtomicInteger PLACES =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(300));

    final String number;
    final int tone;
    private final Path directory;
    private final Process process;
    private final Socket control;
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();

    /** Starts a phone and waits until it is registered. */
    Phone(Pbx pbx, String number, int tone, boolean answersByItself) throws Exception {
        this.number = number;
        this.tone = tone;
        directory = Path.of("target", "asterisk", "phones" + pbx.version, number + "-" + pbx.ariPort)
                .toAbsolutePath();
        Pbx.deleteAll(directory);
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("accounts"),
                "<sip:%s@127.0.0.1:%d>;auth_user=%s;auth_pass=secret;answermode=%s;regint=120;audio_codecs=PCMU/8000/1\n"
                        .formatted(number, pbx.sipPort, number, answersByItself ? "auto" : "manual"));
        Files.writeString(directory.resolve("contacts"), "");
        Process started = null;
        Socket connected = null;
        for (int tries = 5; connected == null; tries--) {
            // Below those that the system gives to others, and never those of another phone: whoever connects to its
            // control port takes it away from the test that has it. It takes the port after its own too.
            int place = Math.floorMod(PLACES.getAndIncrement(), 300);
            int sip = 11_000 + 10 * place;
            int rtp = 20_000 + 20 * place;
            Files.writeString(directory.resolve("config"), configuration(sip, rtp, sip + 4));
            started = new ProcessBuilder("baresip", "-4", "-f", directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("out").toFile())
                    .start();
            connected = connect(started, sip + 4);
            if (connected == null && tries == 0) {
                throw new IOException("phone " + number + " did not start: " + log());
            }
        }
        process = started;
        control = connected;
        Thread reader = new Thread(this::read, "phone " + number);
        reader.setDaemon(true);
        reader.start();
        awaitRegistered();
    }

    private String configuration(int sip, int rtp, int port) {
        return """
                poll_method epoll
                sip_listen 127.0.0.1:%d
                sip_trans_def udp
                net_interface 127.0.0.1
                call_local_timeout 120
                call_max_calls 6
                audio_player aubridge,p%s
                audio_source ausine,%d
                audio_alert aubridge,a%s
                ausrc_srate 48000
                auplay_srate 8000
                ausrc_channels 2
                auplay_channels 1
                audio_level no
                rtp_ports %d-%d
                rtcp_mux no
                jitter_buffer_delay 0-0
                rtp_stats no
                module_path /usr/lib/baresip/modules
                module g711.so
                module ausine.so
                module aubridge.so
                module sndfile.so
                module uuid.so
                module_app account.so
                module_app menu.so
                module_app ctrl_tcp.so
                ctrl_tcp_listen 127.0.0.1:%d
                snd_path %s
                menu_bell no
                """.formatted(sip, number, tone, number, rtp, rtp + 18, port, directory);
    }

    /** Returns null if the phone has given up: somebody else has one of its ports. */
    private static Socket connect(Process phone, int port) throws Exception {
        while (phone.isAlive()) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException notYet) {
                Thread.sleep(30);
            }
        }
        return null;
    }

    private void awaitRegistered() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Files.readString(directory.resolve("out"), StandardCharsets.ISO_8859_1)
                .contains("200 OK")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("phone " + number + " did not register");
            }
            Thread.sleep(30);
        }
    }

    /** Netstrings: {@code LENGTH:JSON,}. */
    private void read() {
        try {
            InputStream in = control.getInputStream();
            while (true) {
                int length = 0;
                for (int c = in.read(); c != ':'; c = in.read()) {
                    if (c < 0) {
                        return;
                    }
                    if (c >= '0' && c <= '9') {
                        length = 10 * length + c - '0';
                    }
                }
                byte[] json = in.readNBytes(length);
                in.read();
                events.add(new JsonObject(new String(json, StandardCharsets.UTF_8)));
            }
        } catch (IOException closed) {
            // the phone has gone
        }
    }

    private void command(String name, String parameters) {
        String json = new JsonObject()
                .put("command", name)
                .put("params", parameters)
                .put("token", "t")
                .encode();
        try {
            OutputStream out = control.getOutputStream();
            out.write((json.length() + ":" + json + ",").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("phone " + number + " is gone", e);
        }
    }

    void dial(String to) {
        command("dial", to);
    }

    /** Says again where it is, to an Asterisk that has forgotten. */
    void register() {
        command("uareg", "120 0");
    }

    void lift() {
        command("accept", "");
    }

    void hangUp() {
        command("hangup", "");
    }

    void hold() {
        command("hold", "");
    }

    void resume() {
        command("resume", "");
    }

    /** How often the phone has told of something: CALL_INCOMING, CALL_ESTABLISHED, CALL_CLOSED. */
    long told(String type) {
        return events.stream()
                .filter(event -> type.equals(event.getString("type")))
                .count();
    }

    /** What the phone was told in SIP, as far as its log shows. */
    String log() throws IOException {
        return Files.readString(directory.resolve("out"), StandardCharsets.ISO_8859_1);
    }

    // ---- what it hears

    /** Returns the tones that some phones hear during the next while. A phone that gets no sound at all: null. */
    static Map<String, Set<Integer>> hear(Phone... phones) throws Exception {
        Map<Path, Long> before = new HashMap<>();
        for (Phone phone : phones) {
            for (Path dump : phone.dumps()) {
                before.put(dump, Files.size(dump));
            }
        }
        Thread.sleep(700);
        Map<String, Set<Integer>> heard = new HashMap<>();
        for (Phone phone : phones) {
            heard.put(phone.number, phone.heardSince(before));
        }
        return heard;
    }

    private Set<Integer> heardSince(Map<Path, Long> before) throws IOException {
        Set<Integer> heard = null;
        for (Path dump : dumps()) {
            short[] samples = samples(dump, before.getOrDefault(dump, (long) HEADER));
            if (samples.length > RATE / 10) {
                heard = heard == null ? new TreeSet<>() : heard;
                heard.addAll(Tones.in(samples, RATE));
            }
        }
        return heard;
    }

    private List<Path> dumps() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(
                    files.filter(file -> file.getFileName().toString().matches("dump-.*dec.*\\.wav"))
                            .toList());
        }
    }

    private static short[] samples(Path file, long from) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long start = Math.max(HEADER, from);
            int length = (int) Math.max(0, channel.size() - start) & ~1;
            ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            channel.position(start);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // goes on
            }
            bytes.flip();
            short[] samples = new short[bytes.remaining() / 2];
            bytes.asShortBuffer().get(samples);
            return samples;
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        control.close();
        Pbx.end(process);
    }
}
