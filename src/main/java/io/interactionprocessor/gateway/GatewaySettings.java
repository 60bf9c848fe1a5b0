package io.interactionprocessor.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What the operator can say about the edge. The root package fills it from the configuration.
 *
 * @param host the interface to listen on
 * @param port the port to listen on; 0 for a free one
 * @param path where the WebSocket is
 * @param eventLoops how many event loops share the port
 * @param maxConnections how many clients at once on this node; one more gets HTTP 503
 * @param allowedOrigins web pages that may connect, as browsers write their Origin; {@code *} for all. Clients that send no
 *     Origin, and pages from this host and port, always may
 * @param tls certificate and key, or null for none
 * @param echoCredentials whether passwords come back verbatim in {@code data} and {@code original} (protocol 4.1); the
 *     reader must be built with the same
 * @param exposeStackTraces whether faults of this service are told with their stack (protocol 4.1)
 */
public record GatewaySettings(
        String host,
        int port,
        String path,
        int eventLoops,
        int maxConnections,
        List<String> allowedOrigins,
        Tls tls,
        boolean echoCredentials,
        boolean exposeStackTraces,
        Limits limits,
        Timing timing,
        DrainPace drain) {
    public GatewaySettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(drain, "drain");
        allowedOrigins = List.copyOf(allowedOrigins);
        positive(eventLoops, "eventLoops");
        positive(maxConnections, "maxConnections");
        if (echoCredentials && tls == null && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "echoCredentials would send passwords over the network in the clear: configure TLS, listen on a loopback"
                            + " address, or leave it off");
        }
    }

    /**
     * A PEM certificate (chain) and its key.
     *
     * @param certificatePath a file
     * @param keyPath a file
     */
    public record Tls(String certificatePath, String keyPath) {}

    /**
     * What one connection may cost.
     *
     * @param maxMessageBytes one message; above: close 1009
     * @param maxFrameBytes one frame; above, the connection is cut before the frame is read. More than a message, so that a
     *     client that sends somewhat too much still learns why
     * @param malformedLimit malformed messages within {@code malformedWindow}; above: close 1008
     * @param malformedWindow see there
     * @param requestsPerSecond in the long run; above: failure {@code tooManyRequests}, ten times as many: close 1008
     * @param burst requests at once
     * @param maxOutstanding requests without an answer; above: failure {@code tooManyRequests}
     * @param outboundBytes bytes that the client has not read yet; above: close 1013
     */
    public record Limits(
            int maxMessageBytes,
            int maxFrameBytes,
            int malformedLimit,
            Duration malformedWindow,
            int requestsPerSecond,
            int burst,
            int maxOutstanding,
            int outboundBytes) {
        /** The protocol's. */
        public static final Limits DEFAULT =
                new Limits(64 * 1024, 256 * 1024, 20, Duration.ofSeconds(10), 1000, 2000, 128, 1024 * 1024);

        public Limits {
            positive(maxMessageBytes, "maxMessageBytes");
            positive(maxFrameBytes, "maxFrameBytes");
            positive(malformedLimit, "malformedLimit");
            positive(malformedWindow, "malformedWindow");
            positive(requestsPerSecond, "requestsPerSecond");
            positive(burst, "burst");
            positive(maxOutstanding, "maxOutstanding");
            positive(outboundBytes, "outboundBytes");
        }
    }

    /**
     * How long things may take.
     *
     * @param pingInterval between two pings of the server
     * @param silenceTimeout a connection from which nothing came for so long is dropped
     * @param handshakeTimeout from accepting a connection to the end of its upgrade
     * @param commandTimeout what the sessions' side has to answer in; the edge answers {@code timeout} itself a little later
     * @param standInLifetime how long a password's stand-in is good for
     */
    public record Timing(
            Duration pingInterval,
            Duration silenceTimeout,
            Duration handshakeTimeout,
            Duration commandTimeout,
            Duration standInLifetime) {
        /** The protocol's. */
        public static final Timing DEFAULT = new Timing(
                Duration.ofSeconds(15),
                Duration.ofSeconds(45),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));

        private static final Duration GRACE = Duration.ofMillis(100);
        private static final long SHORTEST_SWEEP = 10;
        private static final long LONGEST_SWEEP = 250;
        private static final long SWEEPS_PER_INTERVAL = 5;

        public Timing {
            positive(pingInterval, "pingInterval");
            positive(silenceTimeout, "silenceTimeout");
            positive(handshakeTimeout, "handshakeTimeout");
            positive(commandTimeout, "commandTimeout");
            positive(standInLifetime, "standInLifetime");
            if (silenceTimeout.compareTo(pingInterval) <= 0) {
                throw new IllegalArgumentException("silenceTimeout must be longer than pingInterval");
            }
        }

        /** When the edge gives up: after the sessions' side should have. */
        Duration answerTimeout() {
            return commandTimeout.plus(GRACE);
        }

        /** How many sweeps come to one look at what services have to tell. */
        int sweepsPerStatus() {
            return sweepMillis() == LONGEST_SWEEP ? 4 : 1;
        }

        /** Milliseconds between two looks at the connections: fine enough for the shortest of the times. */
        long sweepMillis() {
            long shortest = Math.min(pingInterval.toMillis(), handshakeTimeout.toMillis());
            return Math.max(SHORTEST_SWEEP, Math.min(LONGEST_SWEEP, shortest / SWEEPS_PER_INTERVAL));
        }
    }

    /**
     * How connections are closed when the node drains: in batches, so that the other nodes are not asked for everything at
     * once.
     *
     * @param batch connections at a time, on each event loop
     * @param pause between two batches, give or take half
     * @param longest for all; if it would take longer, the batches are larger
     */
    public record DrainPace(int batch, Duration pause, Duration longest) {
        /**
         * 5 at a time, ten times a second, within 5 s: the others, one of which may have just been started, have to take
         * them all. Of 470 that went to a node which had been up for 5 s, 104 needed more than 3 s when it was twice as
         * fast, 5 at this pace.
         */
        public static final DrainPace DEFAULT = new DrainPace(5, Duration.ofMillis(100), Duration.ofSeconds(5));

        /** So many at a time when clients must leave at once, since this node can do nothing for them any more. */
        private static final int HURRIED = 250;

        public DrainPace {
            positive(batch, "batch");
            positive(pause, "pause");
            positive(longest, "longest");
        }

        /** Returns this, in a hurry. */
        DrainPace hurried() {
            return new DrainPace(Math.max(batch, HURRIED), pause, longest);
        }

        /**
         * Returns how many of {@code connections} to close now, so that all are after {@code millis}: a busy event loop comes
         * late to each batch.
         */
        int batchFor(int connections, long millis) {
            long batches = Math.max(1, millis / Math.max(1, pause.toMillis()));
            return (int) Math.max(batch, (connections + batches - 1) / batches);
        }
    }

    /** Returns the protocol's defaults on an address. */
    public static GatewaySettings on(String host, int port) {
        return new GatewaySettings(
                host,
                port,
                "/ws",
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                50_000,
                List.of(),
                null,
                false,
                false,
                Limits.DEFAULT,
                Timing.DEFAULT,
                DrainPace.DEFAULT);
    }

    /** Returns whether an address can be reached from this machine only. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("[::1]")
                || name.matches("127(\\.\\d+){3}");
    }

    private static void positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
    }

    private static void positive(Duration value, String name) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 ms");
        }
    }
}
