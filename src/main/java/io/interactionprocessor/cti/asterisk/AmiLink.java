package io.interactionprocessor.cti.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks AMI, connects anew when the connection is lost. Calls go on without it: only queues' members and remote
 * answering wait for it. Used on one context.
 */
final class AmiLink {
    private static final Logger LOG = LoggerFactory.getLogger(AmiLink.class);

    private static final int MOST_OUTSTANDING = 20_000;
    private static final int CONNECT_TIMEOUT = 3_000;
    private static final long RECONNECT = 1_000;
    private static final long LOGIN_WITHIN = 6_000;
    private static final long PING = 5_000;

    /** Learns what happens. */
    interface Listener {
        /** Logged in; what was missed is missed. */
        void ready();

        void event(Map<String, String> event);
    }

    /** An action that waits for its answer, or for a list of them that an event ends. */
    private static final class Outstanding {
        final String last;
        final Promise<List<Map<String, String>>> promise = Promise.promise();
        final List<Map<String, String>> blocks = new ArrayList<>();

        Outstanding(String last) {
            this.last = last;
        }

        boolean complete(Map<String, String> block) {
            blocks.add(block);
            return last == null || last.equals(block.get("Event")) || "Error".equals(block.get("Response"));
        }
    }

    private final Vertx vertx;
    private final AsteriskSettings.Ami settings;
    private final Listener listener;
    private final NetClient client;
    private final Map<String, Outstanding> outstanding = new LinkedHashMap<>();

    private NetSocket socket;
    private boolean ready;
    private boolean closed;
    private long actions;

    /** Runs out if the login is not answered, then sends the pings. */
    private long timer = -1;

    private boolean pinged;

    /** Creates it; {@code settings} null: it never connects. */
    AmiLink(Vertx vertx, AsteriskSettings.Ami settings, Listener listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.listener = listener;
        client = settings == null
                ? null
                : vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT));
    }

    void open() {
        if (settings == null || closed) {
            return;
        }
        client.connect(settings.port(), settings.host()).onSuccess(this::opened).onFailure(cause -> {
            LOG.warn("AMI: cannot connect: {}", cause.getMessage());
            again();
        });
    }

    private void opened(NetSocket opened) {
        if (closed) {
            opened.close();
            return;
        }
        socket = opened;
        AmiParser parser = new AmiParser(this::block);
        opened.handler(bytes -> {
            try {
                parser.take(bytes.getBytes());
            } catch (IllegalStateException garbage) {
                LOG.warn("AMI: {}", garbage.getMessage());
                opened.close();
            }
        });
        opened.closeHandler(gone -> lost(opened));
        Map<String, String> login = new LinkedHashMap<>();
        login.put("Username", settings.user());
        login.put("Secret", settings.password().reveal());
        login.put("Events", "on");
        timer = vertx.setTimer(LOGIN_WITHIN, late -> {
            LOG.warn("AMI: Asterisk does not answer the login");
            opened.close();
        });
        send("Login", login, null)
                .onSuccess(blocks -> {
                    vertx.cancelTimer(timer);
                    if (!good(blocks)) {
                        LOG.warn("AMI: Asterisk refuses the login of {}", settings.user());
                        opened.close();
                        return;
                    }
                    ready = true;
                    pinged = false;
                    timer = vertx.setPeriodic(PING, tick -> ping());
                    listener.ready();
                })
                .onFailure(cause -> opened.close());
    }

    private void ping() {
        if (pinged) {
            LOG.warn("AMI: Asterisk does not answer");
            socket.close();
            return;
        }
        pinged = true;
        action("Ping", Map.of()).onComplete(done -> pinged = false);
    }

    private void lost(NetSocket which) {
        if (socket != which) {
            return;
        }
        socket = null;
        ready = false;
        vertx.cancelTimer(timer);
        List<Outstanding> unanswered = List.copyOf(outstanding.values());
        outstanding.clear();
        unanswered.forEach(one -> one.promise.fail("AMI is gone"));
        if (!closed) {
            LOG.warn("AMI: the connection is lost");
            again();
        }
    }

    private void again() {
        if (!closed) {
            vertx.setTimer(RECONNECT, later -> open());
        }
    }

    void close() {
        closed = true;
        vertx.cancelTimer(timer);
        if (client != null) {
            client.close();
        }
    }

    boolean ready() {
        return ready;
    }

    // ---- actions

    /** Sends an action and returns its answer: empty if Asterisk refused, with its words logged. */
    Future<List<Map<String, String>>> action(String name, Map<String, String> fields) {
        return ready ? send(name, fields, null) : Future.failedFuture("AMI is not connected");
    }

    /** Sends an action that is answered by a list, ended by an event named {@code last}. */
    Future<List<Map<String, String>>> list(String name, Map<String, String> fields, String last) {
        return ready ? send(name, fields, last) : Future.failedFuture("AMI is not connected");
    }

    /** Makes a ringing phone answer. */
    void talk(String channel) {
        action("PJSIPNotify", Map.of("Channel", channel, "Variable", "Event=talk"))
                .onSuccess(blocks -> {
                    if (!good(blocks)) {
                        LOG.warn(
                                "AMI: {} cannot be told to answer: {}",
                                channel,
                                blocks.get(0).get("Message"));
                    }
                })
                .onFailure(cause -> LOG.warn("AMI: {} cannot be told to answer: {}", channel, cause.getMessage()));
    }

    static boolean good(List<Map<String, String>> blocks) {
        return !blocks.isEmpty() && "Success".equals(blocks.get(0).get("Response"));
    }

    private Future<List<Map<String, String>>> send(String name, Map<String, String> fields, String last) {
        if (outstanding.size() >= MOST_OUTSTANDING) {
            return Future.failedFuture("too many AMI actions wait for an answer");
        }
        String id = Long.toString(++actions);
        StringBuilder text = new StringBuilder("Action: ").append(name).append("\r\n");
        text.append("ActionID: ").append(id).append("\r\n");
        fields.forEach((key, value) ->
                text.append(key).append(": ").append(clean(value)).append("\r\n"));
        Outstanding waiting = new Outstanding(last);
        outstanding.put(id, waiting);
        socket.write(text.append("\r\n").toString());
        return waiting.promise.future();
    }

    /** A value with a line break would be the next header. */
    private static String clean(String value) {
        return value.replaceAll("[\\r\\n]", " ");
    }

    private void block(Map<String, String> block) {
        String id = block.get("ActionID");
        Outstanding waiting = id == null ? null : outstanding.get(id);
        if (waiting != null) {
            if (waiting.complete(block)) {
                outstanding.remove(id);
                waiting.promise.complete(waiting.blocks);
            }
        } else if (block.containsKey("Event")) {
            listener.event(block);
        }
    }
}
