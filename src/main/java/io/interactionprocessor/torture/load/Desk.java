package io.interactionprocessor.torture.load;

import io.interactionprocessor.client.ClientOptions;
import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.model.Secret;
import io.interactionprocessor.torture.history.ClientHistory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One client of an agent who has no part in the load, for races and duels. On the load's event loop. */
public final class Desk {
    /** Longer than any scenario lasts. */
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private static final Duration GIVE_UP = Duration.ofMinutes(1);
    private static final long LONGEST_MS = 15_000;

    private final DesktopClient client;
    private final Recorder recorder;
    private final Promise<Long> away = Promise.promise();
    private int awayCode;

    /** How a client waits. */
    enum Manner {
        /** Notices soon that its node is gone, and comes back sooner than clients should: for duels and races. */
        HASTY(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(12), Duration.ofSeconds(6)),
        /** Gives up what has no answer after a second, and tries another node. */
        IMPATIENT(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(3)),
        /** Waits for its answers as long as it takes. */
        PATIENT(Duration.ofMillis(500), Duration.ofMillis(500), FOR_EVER, FOR_EVER),
        /** As the reference client comes, but with 0 to 2 s until it comes back: for very many. */
        USUAL(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(45));

        private final Duration firstDelay;
        private final Duration longestDelay;
        private final Duration patience;
        private final Duration silence;

        Manner(Duration firstDelay, Duration longestDelay, Duration patience, Duration silence) {
            this.firstDelay = firstDelay;
            this.longestDelay = longestDelay;
            this.patience = patience;
            this.silence = silence;
        }
    }

    Desk(Vertx vertx, WebSocketClient sockets, List<String> urls, ClientHistory history, Manner manner) {
        String agent = history.agent();
        recorder = new Recorder(history) {
            @Override
            public void disconnected(String url, int code, String reason) {
                super.disconnected(url, code, reason);
                awayCode = code;
                away.tryComplete(Micros.now());
            }
        };
        client = new DesktopClient(
                vertx,
                sockets,
                ClientOptions.of(urls, "sim", agent, Secret.of("demo"))
                        .staying()
                        .delays(manner.firstDelay, manner.longestDelay)
                        .patience(manner.patience, manner.silence, GIVE_UP),
                recorder);
    }

    /** Connects to a node. */
    public Future<Void> connect(String url) {
        return client.connectTo(url);
    }

    /** Asks for the session; returns the whole response. */
    public Future<JsonObject> prepare(boolean override) {
        return client.prepareSession(override).timeout(LONGEST_MS, TimeUnit.MILLISECONDS);
    }

    /** Binds and starts the session that was granted. */
    public Future<JsonObject> take() {
        return client.resourceId() == null
                ? Future.failedFuture("no session was granted")
                : client.bind().compose(bound -> client.call("session.start", client.resourceId(), new JsonObject()));
    }

    /** Sends a request to the session and returns the whole response. */
    public Future<JsonObject> request(String command, JsonObject data) {
        if (client.resourceId() == null) {
            return Future.failedFuture("no session was granted");
        }
        return client.request(command, target(command), data).timeout(LONGEST_MS, TimeUnit.MILLISECONDS);
    }

    /** The session, its group or its channel, as the command's name says. */
    private String target(String command) {
        return switch (command.substring(0, command.indexOf('.'))) {
            case "channelgroup" -> client.resourceId() + ".g1";
            case "channel" -> client.resourceId() + ".g1.c1";
            default -> client.resourceId();
        };
    }

    /** Completes when the connection ends, with the time. */
    public Future<Long> away() {
        return away.future();
    }

    /** Returns the code with which the connection ended. */
    public int awayCode() {
        return awayCode;
    }

    /** Stops reading, or goes on. */
    public void reads(boolean reading) {
        client.reads(reading);
    }

    /** Asks the service for what it does not know, with so much text that the refusal, which repeats it, is long too. */
    public void askInVain(int characters) {
        client.service("nothing", new JsonObject().put("text", "x".repeat(characters)));
    }

    /** Returns the node of the present connection, or null. */
    public String url() {
        return client.url();
    }

    /** Returns what this client has seen. */
    public ClientHistory history() {
        return recorder.history();
    }

    /** From now on the session's end is what the harness wants. */
    public void expectEnd() {
        recorder.leave();
    }

    /** Loses the connection, as a broken network would; the client comes back by itself. */
    public Future<Void> drop() {
        return client.drop();
    }

    /** Logs out, if it can, and goes. */
    public Future<Void> leave() {
        recorder.leave();
        if (client.resourceId() == null) {
            return client.close();
        }
        return client.request("session.logout", client.resourceId(), new JsonObject())
                .timeout(LONGEST_MS, TimeUnit.MILLISECONDS)
                .transform(done -> client.close());
    }

    /** Goes without logging out. */
    public Future<Void> close() {
        recorder.leave();
        return client.close();
    }
}
