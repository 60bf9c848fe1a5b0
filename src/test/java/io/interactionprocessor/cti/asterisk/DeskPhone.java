package io.interactionprocessor.cti.asterisk;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * A phone made of the test's own words: it says what a test wants it to say, shows every message that it got, and the
 * digits that came as sound packets (RFC 4733). It speaks no sound.
 */
final class DeskPhone implements Closeable {
    private static final int DIGITS = 101;
    private static final long FIRST_WAIT_MS = 500;
    private static final long LAST_WAIT_MS = 4_000;
    private static final int MOST_CROSSINGS = 3;
    private static final String DIGIT_NAMES = "0123456789*#ABCD";

    private final List<Thread> readers = new ArrayList<>();
    private final InetAddress address;
    private final DatagramSocket sip;
    private final DatagramSocket rtp;
    private final InetSocketAddress pbx;
    private final String user;
    private final List<SipMessage> got = new CopyOnWriteArrayList<>();
    private final List<Character> digits = new CopyOnWriteArrayList<>();
    /** The answers that its invitations got, by their number. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private final AtomicInteger counter = new AtomicInteger();
    private volatile BiConsumer<DeskPhone, SipMessage> invited = DeskPhone::answer;
    private volatile long beforeBye;
    private volatile SipMessage dialogue;
    private volatile boolean dialled;
    private int lastStamp;

    /** Listens. What it does when it is called is {@link #whenCalled}'s; until then it answers. */
    DeskPhone(Pbx pbx, String ip, int port, String user) throws IOException {
        address = Pbx.address(ip);
        this.user = user;
        this.pbx = new InetSocketAddress(Pbx.address(pbx.ip), pbx.sipPort);
        sip = bound(port, address);
        rtp = new DatagramSocket(0, address);
        start(this::readSip);
        start(this::readRtp);
    }

    /**
     * Binds the port that the phone before this one has closed. A process that another test is just starting has a copy of
     * that one's socket, until it has closed all that it was given.
     */
    private static DatagramSocket bound(int port, InetAddress address) throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (true) {
            try {
                return new DatagramSocket(port, address);
            } catch (BindException taken) {
                if (System.nanoTime() > until) {
                    throw taken;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "desk phone");
        readers.add(thread);
        thread.setDaemon(true);
        thread.start();
    }

    /** What it does with a call that comes. */
    void whenCalled(BiConsumer<DeskPhone, SipMessage> script) {
        invited = script;
    }

    /** How long it thinks before it confirms that a call has ended, in milliseconds. */
    void confirmsByeAfter(long millis) {
        beforeBye = millis;
    }

    /** The messages of a kind that came, oldest first: {@code INVITE}, {@code 200}. */
    List<SipMessage> got(String what) {
        return got.stream().filter(message -> message.what().equals(what)).toList();
    }

    /** The digits heard so far. */
    String digits() {
        return digits.stream().map(String::valueOf).collect(Collectors.joining());
    }

    // ---- being called

    private void readSip() {
        byte[] bytes = new byte[65_536];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                sip.receive(packet);
                if (packet.getLength() > 20) {
                    take(SipMessage.read(bytes, packet.getLength()));
                }
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private void take(SipMessage message) throws IOException {
        boolean again = message.what().equals("INVITE")
                && got("INVITE").stream()
                        .anyMatch(before -> before.header("CSeq").equals(message.header("CSeq"))
                                && before.header("Call-ID").equals(message.header("Call-ID")));
        if (again) {
            return;
        }
        got.add(message);
        switch (message.what()) {
            case "INVITE" -> {
                if (message.inDialogue()) {
                    reply(message, "200 OK", true);
                } else {
                    dialogue = message;
                    dialled = false;
                    invited.accept(this, message);
                }
            }
            case "CANCEL" -> {
                reply(message, "200 OK", false);
                reply(dialogue, "487 Request Terminated", false);
            }
            case "BYE" -> {
                if (beforeBye > 0) {
                    pause(beforeBye);
                }
                reply(message, "200 OK", false);
            }
            case "ACK" -> {}
            case "200" -> {
                if (message.header("CSeq").endsWith("INVITE")) {
                    if (dialled) {
                        dialogue = message;
                    }
                    acknowledge(message);
                }
            }
            default -> {
                if (!Character.isDigit(message.what().charAt(0))) {
                    reply(message, "200 OK", message.what().equals("UPDATE"));
                } else if (message.what().charAt(0) >= '3'
                        && message.header("CSeq").endsWith("INVITE")) {
                    acknowledge(message);
                }
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers the call. */
    void answer(SipMessage invite) {
        reply(invite, "200 OK", true);
    }

    /** Says something to a request, such as {@code 180 Ringing}, with or without a description of its sound. */
    void reply(SipMessage request, String status, boolean sound) {
        String to = request.header("To");
        send("SIP/2.0 " + status + "\r\n" + request.lines("Via") + request.lines("Record-Route") + "From: "
                + request.header("From") + "\r\nTo: "
                + (to.contains("tag=") ? to : to + ";tag=desk") + "\r\nCall-ID: " + request.header("Call-ID")
                + "\r\nCSeq: " + request.header("CSeq") + "\r\nContact: " + contact()
                + "\r\nAllow-Events: talk, hold\r\n"
                + content(sound ? sdp("sendrecv") : ""));
    }

    // ---- on its own account

    /** Calls a number, from somebody as a {@code From} header names him. */
    void call(String number, String from) {
        dialled = true;
        String to = "sip:" + number + "@" + host();
        String callId = "desk-" + System.nanoTime();
        String invite = "INVITE " + to + " SIP/2.0\r\nVia: " + via() + "\r\nFrom: " + from + ";tag=d"
                + counter.incrementAndGet() + "\r\nTo: <" + to + ">\r\nCall-ID: " + callId
                + "\r\nCSeq: 1 INVITE\r\nContact: " + contact() + "\r\nMax-Forwards: 70\r\n" + content(sdp("sendrecv"));
        send(invite);
        start(() -> repeat(invite, callId));
    }

    /** UDP loses messages: as RFC 3261, 17.1.1.2 has it, the same again after 0.5, 1, 2, 4 s, until something is heard of it. */
    private void repeat(String invite, String callId) {
        for (long wait = FIRST_WAIT_MS; wait <= LAST_WAIT_MS; wait *= 2) {
            pause(wait);
            if (sip.isClosed() || got.stream().anyMatch(message -> callId.equals(message.header("Call-ID")))) {
                return;
            }
            send(invite);
        }
    }

    /** Offers its sound anew: {@code sendonly} or {@code inactive} is holding, {@code sendrecv} is back. */
    void describe(String direction) {
        // RFC 3261, 14.1: an offer that crosses with one of the other side is refused (491), and made again a little
        // later.
        String status = offer(direction);
        for (int again = 0; again < MOST_CROSSINGS && status.equals("491"); again++) {
            pause(FIRST_WAIT_MS);
            status = offer(direction);
        }
        if (!status.equals("200")) {
            throw new AssertionError("the offer " + direction + " was answered with " + status);
        }
    }

    /** Sends an offer, again and again since UDP loses messages, until it is answered and the answer acknowledged. */
    private String offer(String direction) {
        String cseq = nextCseq("INVITE");
        String invite = request(cseq, sdp(direction));
        for (long wait = FIRST_WAIT_MS; wait <= LAST_WAIT_MS; wait *= 2) {
            send(invite);
            for (long end = System.nanoTime() + wait * 1_000_000; System.nanoTime() < end; pause(5)) {
                String status = acknowledged.get(cseq);
                if (status != null) {
                    return status;
                }
            }
        }
        throw new AssertionError("no answer to the offer " + direction);
    }

    void hangUp() {
        send(request(nextCseq("BYE"), ""));
    }

    private String nextCseq(String method) {
        return (10 + counter.incrementAndGet()) + " " + method;
    }

    private String request(String cseq, String body) {
        SipMessage last = dialogue;
        String me = last.header(dialled ? "From" : "To");
        String other = last.header(dialled ? "To" : "From");
        String contact = last.header("Contact");
        String target = contact.contains("<")
                ? contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'))
                : "sip:" + host();
        return cseq.substring(cseq.indexOf(' ') + 1) + ' ' + target + " SIP/2.0\r\nVia: " + via() + "\r\nFrom: "
                + (me.contains("tag=") ? me : me + ";tag=desk") + "\r\nTo: " + other + "\r\nCall-ID: "
                + last.header("Call-ID") + "\r\nCSeq: " + cseq + "\r\nContact: " + contact()
                + "\r\nMax-Forwards: 70\r\n" + content(body);
    }

    private void acknowledge(SipMessage answer) {
        String contact = answer.header("Contact");
        String target = contact.contains("<")
                ? contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'))
                : "sip:" + host();
        boolean good = answer.what().charAt(0) == '2';
        send("ACK " + target + " SIP/2.0\r\n" + (good ? "Via: " + via() + "\r\n" : answer.lines("Via")) + "From: "
                + answer.header("From") + "\r\nTo: " + answer.header("To") + "\r\nCall-ID: "
                + answer.header("Call-ID") + "\r\nCSeq: "
                + answer.header("CSeq").replace("INVITE", "ACK") + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
        acknowledged.put(answer.header("CSeq"), answer.what());
    }

    private String host() {
        return pbx.getAddress().getHostAddress() + ':' + pbx.getPort();
    }

    private String via() {
        return "SIP/2.0/UDP " + address.getHostAddress() + ':' + sip.getLocalPort() + ";branch=z9hG4bK"
                + System.nanoTime();
    }

    private String contact() {
        return "<sip:" + user + '@' + address.getHostAddress() + ':' + sip.getLocalPort() + '>';
    }

    private String sdp(String direction) {
        return "v=0\r\no=u 1 " + counter.incrementAndGet() + " IN IP4 " + address.getHostAddress()
                + "\r\ns=-\r\nc=IN IP4 " + address.getHostAddress() + "\r\nt=0 0\r\nm=audio " + rtp.getLocalPort()
                + " RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=" + direction
                + "\r\n";
    }

    private static String content(String body) {
        return (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            sip.send(new DatagramPacket(bytes, bytes.length, pbx));
        } catch (IOException e) {
            throw new IllegalStateException("the phone cannot send", e);
        }
    }

    // ---- what it hears

    private void readRtp() {
        byte[] bytes = new byte[2_048];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                rtp.receive(packet);
                int stamp = ((bytes[4] & 0xff) << 24)
                        | ((bytes[5] & 0xff) << 16)
                        | ((bytes[6] & 0xff) << 8)
                        | (bytes[7] & 0xff);
                // Every digit is sent many times over, with one time stamp.
                if ((bytes[1] & 0x7f) == DIGITS && stamp != lastStamp) {
                    lastStamp = stamp;
                    digits.add(DIGIT_NAMES.charAt(bytes[12] & 15));
                }
            }
        } catch (IOException closed) {
            // the end
        }
    }

    @Override
    public void close() {
        sip.close();
        rtp.close();
        // The system gives a port back when nobody waits for its packets any more.
        try {
            for (Thread reader : readers) {
                reader.join(5_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
