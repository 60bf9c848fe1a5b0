package io.interactionprocessor.cti.asterisk;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks ARI: requests by HTTP, events by a WebSocket. Used on one context. */
final class AriClient {
    private static final Logger LOG = LoggerFactory.getLogger(AriClient.class);

    private static final int CONNECTIONS = 16;
    private static final int MOST_WAITING = 20_000;
    private static final int LONGEST_EVENT = 1 << 20;
    private static final long REQUEST_TIMEOUT = 6_000;
    private static final int CONNECT_TIMEOUT = 3_000;

    /** To TCP alone a dead connection looks well for up to 15 minutes. A short pause of Asterisk is less than this. */
    private static final long PONG_WITHIN = 3_500;

    /** A socket that is dead does not say goodbye; what closes it waits no longer than this. */
    private static final int GOODBYE_SECONDS = 1;

    /** Asterisk closes an idle connection after 15 s: ours goes first, or a request would meet a closed one. */
    private static final int KEEP_ALIVE_SECONDS = 8;

    /** An answer; {@code body} is null, a JsonObject or a JsonArray. */
    record Answer(int status, Object body) {
        boolean good() {
            return status < 300;
        }

        String error() {
            return body instanceof JsonObject json
                    ? String.valueOf(json.getValue("message", json.getValue("error")))
                    : "";
        }
    }

    private final Vertx vertx;
    private final URI url;
    private final String authorization;
    private final HttpClient http;
    private final WebSocketClient sockets;
    private WebSocket socket;
    private Consumer<String> ended;
    private Promise<Void> pong;

    AriClient(Vertx vertx, AsteriskSettings.Ari settings) {
        this.vertx = vertx;
        url = URI.create(settings.url().replaceAll("/+$", ""));
        String credentials = settings.user() + ':' + settings.password().reveal();
        authorization = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        boolean tls = "https".equals(url.getScheme());
        http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setSsl(tls)
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setConnectTimeout(CONNECT_TIMEOUT)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(MOST_WAITING));
        sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setSsl(tls)
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setClosingTimeout(GOODBYE_SECONDS)
                .setMaxFrameSize(LONGEST_EVENT)
                .setMaxMessageSize(LONGEST_EVENT));
    }

    private int port() {
        return url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }

    // ---- events

    /**
     * Takes the application's events over; whoever had them gets {@code ApplicationReplaced} and then nothing.
     *
     * @param closed learns why no more events come, unless {@link #stopListening} was called
     */
    Future<Void> listen(String app, Consumer<JsonObject> events, Consumer<String> closed) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(url.getHost())
                .setPort(port())
                .setURI(url.getPath() + "/events?app=" + encode(app) + "&subscribeAll=false");
        options.putHeader("Authorization", authorization);
        options.setTimeout(CONNECT_TIMEOUT);
        return sockets.connect(options).map(opened -> {
            socket = opened;
            ended = closed;
            opened.textMessageHandler(text -> {
                if (socket != opened) {
                    // Given up behind a cut cable: Asterisk may still tell it that another, this one, has taken over.
                    return;
                }
                try {
                    events.accept(new JsonObject(text));
                } catch (DecodeException malformed) {
                    LOG.warn("Asterisk sent an event that is no JSON, of {} characters", text.length());
                }
            });
            opened.pongHandler(frame -> {
                if (pong != null && socket == opened) {
                    pong.tryComplete();
                    pong = null;
                }
            });
            opened.exceptionHandler(cause -> LOG.debug("the events' socket failed", cause));
            opened.closeHandler(gone -> {
                if (socket == opened) {
                    forget();
                    closed.accept("Asterisk has closed the connection");
                }
            });
            return null;
        });
    }

    /** Completes when Asterisk has answered on the events' socket; one that does not answer in time is given up. */
    Future<Void> ping() {
        if (socket == null) {
            return Future.failedFuture("the events' socket is closed");
        }
        if (pong == null) {
            Promise<Void> asked = Promise.promise();
            pong = asked;
            socket.writePing(Buffer.buffer("ip"));
            vertx.setTimer(PONG_WITHIN, late -> {
                if (pong == asked) {
                    LOG.warn("Asterisk has not answered a ping for {} ms: the events' socket is given up", PONG_WITHIN);
                    stopListening();
                    ended.accept("Asterisk has not answered for " + PONG_WITHIN + " ms");
                }
            });
        }
        return pong.future();
    }

    /** Returns whether events come. */
    boolean listening() {
        return socket != null;
    }

    /** Hears no more events, and does not say so. */
    void stopListening() {
        WebSocket open = socket;
        forget();
        if (open != null) {
            open.close();
        }
    }

    /** A ping that was not answered on this socket never will be: on the next one it would pass for sent. */
    private void forget() {
        socket = null;
        if (pong != null) {
            pong.tryFail("the events' socket is closed");
            pong = null;
        }
    }

    Future<Void> close() {
        stopListening();
        return Future.join(http.close(), sockets.close()).mapEmpty();
    }

    // ---- requests

    Future<Answer> get(String path, Map<String, String> query) {
        return send(HttpMethod.GET, path, query, null);
    }

    Future<Answer> post(String path, Map<String, String> query) {
        return send(HttpMethod.POST, path, query, null);
    }

    Future<Answer> post(String path, Map<String, String> query, JsonObject body) {
        return send(HttpMethod.POST, path, query, body);
    }

    Future<Answer> put(String path, JsonObject body) {
        return send(HttpMethod.PUT, path, Map.of(), body);
    }

    Future<Answer> delete(String path, Map<String, String> query) {
        return send(HttpMethod.DELETE, path, query, null);
    }

    /** Sends; fails only if there was no answer. */
    private Future<Answer> send(HttpMethod method, String path, Map<String, String> query, JsonObject body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(url.getHost())
                .setPort(port())
                .setURI(target(path, query))
                .setTimeout(REQUEST_TIMEOUT)
                .putHeader("Authorization", authorization);
        return http.request(options)
                .compose(request -> {
                    if (body == null) {
                        return request.send();
                    }
                    request.putHeader("Content-Type", "application/json");
                    return request.send(body.toBuffer());
                })
                .compose(response -> response.body().map(bytes -> answer(response.statusCode(), bytes)))
                .onSuccess(answer -> {
                    if (LOG.isDebugEnabled()) {
                        LOG.debug("{} {} -> {} {}", method, path, answer.status(), answer.error());
                    }
                });
    }

    private static Answer answer(int status, Buffer bytes) {
        if (bytes.length() == 0) {
            return new Answer(status, null);
        }
        try {
            return new Answer(status, Json.decodeValue(bytes));
        } catch (DecodeException notJson) {
            return new Answer(status, null);
        }
    }

    private String target(String path, Map<String, String> query) {
        StringBuilder target = new StringBuilder(url.getPath()).append(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            target.append(separator).append(parameter.getKey()).append('=').append(encode(parameter.getValue()));
            separator = '&';
        }
        return target.toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
