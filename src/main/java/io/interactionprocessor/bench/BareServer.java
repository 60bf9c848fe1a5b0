package io.interactionprocessor.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.function.IntSupplier;
import org.HdrHistogram.Histogram;

/**
 * What everything is compared with: a WebSocket server that parses each message and sends it back, and does nothing else.
 * One verticle for each event loop, as the service has it.
 *
 * <p>A message {@code {"entries":N,"ms":T}} is not echoed but runs the grid's own entry processors, N at a time for T
 * milliseconds, and answers with how many succeeded, how many failed and how long they took. {@code {"members":0}} is
 * answered with how many members of the grid this one sees; {@code {"ping":T}} is not answered: from then on the connection
 * gets a ping each T milliseconds.
 */
public final class BareServer extends VerticleBase {
    private static final byte[] VALUE = new byte[400];
    private static final int KEYS = 20_000;

    private final String host;
    private final int port;
    private final Entries entries;
    private final IntSupplier members;

    /** One write by an entry processor to the grid. */
    public interface Entries {
        /** Writes; completes when it is replicated. */
        Future<?> write(String key, byte[] value);
    }

    /**
     * Makes a server that does not listen yet.
     *
     * @param host the address to listen on
     * @param port and the port
     * @param entries the grid, or null where there is none
     * @param members how many members of it are seen here, asked on event loops
     */
    public BareServer(String host, int port, Entries entries, IntSupplier members) {
        this.host = host;
        this.port = port;
        this.entries = entries;
        this.members = members;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setAcceptBacklog(10_000);
        return vertx.createHttpServer(options).webSocketHandler(this::connected).listen(port, host);
    }

    private void connected(ServerWebSocket socket) {
        socket.textMessageHandler(text -> {
            JsonObject message = new JsonObject(text);
            if (entries != null && message.containsKey("entries")) {
                new Run(socket, message.getInteger("entries"), message.getLong("ms") * 1_000_000).start();
            } else if (message.containsKey("ping")) {
                ping(socket, message.getLong("ping"));
            } else if (message.containsKey("members")) {
                write(socket, message.put("members", members.getAsInt()).encode());
            } else {
                write(socket, message.encode());
            }
        });
    }

    private void ping(ServerWebSocket socket, long everyMillis) {
        Buffer nothing = Buffer.buffer();
        long timer =
                vertx.setPeriodic(everyMillis, id -> socket.writePing(nothing).onFailure(lost -> socket.close()));
        socket.closeHandler(closed -> vertx.cancelTimer(timer));
    }

    private static void write(ServerWebSocket socket, String text) {
        socket.writeTextMessage(text).onFailure(lost -> socket.close());
    }

    /** A closed loop over the grid. */
    private final class Run {
        private final ServerWebSocket socket;
        private final int atATime;
        private final long nanos;
        private final long begin = System.nanoTime();
        private final Histogram latency = new Histogram(3);
        private int running;
        private int count;
        private int failed;

        Run(ServerWebSocket socket, int atATime, long nanos) {
            this.socket = socket;
            this.atATime = atATime;
            this.nanos = nanos;
        }

        void start() {
            for (int i = 0; i < atATime; i++) {
                next();
            }
        }

        private void next() {
            long sent = System.nanoTime();
            if (sent - begin > nanos) {
                if (running == 0) {
                    end();
                }
                return;
            }
            running++;
            entries.write("entry-" + count++ % KEYS, VALUE).onComplete(written -> {
                running--;
                if (written.succeeded()) {
                    latency.recordValue(System.nanoTime() - sent);
                } else {
                    failed++;
                }
                next();
            });
        }

        private void end() {
            Buffer answer = new JsonObject()
                    .put("count", latency.getTotalCount())
                    .put("failed", failed)
                    .put("seconds", (System.nanoTime() - begin) / 1e9)
                    .put("p50", latency.getValueAtPercentile(50) / 1e6)
                    .put("p99", latency.getValueAtPercentile(99) / 1e6)
                    .toBuffer();
            write(socket, answer.toString());
        }
    }
}
