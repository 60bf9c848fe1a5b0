package io.interactionprocessor.demo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/**
 * The demonstration on a real Asterisk. Its customer is a Local channel that Asterisk calls the queue with; it belongs to
 * an application of the demonstration's own.
 */
final class AsteriskSide implements DemoSwitch {
    private static final String APPLICATION = "ip-demo";
    private static final int LOOKS = 40;
    private static final long LOOK_AGAIN = 50;

    private final Vertx vertx;
    private final AsteriskTarget target;
    private final HttpClient http;
    private final WebSocketClient sockets;
    private final String authorization;
    private Future<?> listening;

    AsteriskSide(Vertx vertx, AsteriskTarget target) {
        this.vertx = vertx;
        this.target = target;
        http = vertx.createHttpClient();
        sockets = vertx.createWebSocketClient();
        String login = target.user() + ':' + target.password().reveal();
        authorization = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /** With the password in it: nobody else may read the file, and it goes with this process. */
    @Override
    public String configuration(Path directory) throws IOException {
        Path file = directory.resolve("demo-asterisk.yaml");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        file.toFile().deleteOnExit();
        JsonObject ari = new JsonObject()
                .put("url", target.ari())
                .put("user", target.user())
                .put("password", target.password().reveal());
        String yaml = """
                demo: true
                processors:
                  - id: sim
                    name: Asterisk
                    instance-domain: demo
                    agents:
                      - {id: "1001", extension: "%s", password: demo}
                      - {id: "1002", extension: "%s", password: demo}
                    cti:
                      type: asterisk
                      ari: %s
                      queues:
                        - {number: "%s", name: demo}
                      routes:
                        - {number: "[0-9*#+]{2,}", endpoint: "PJSIP/{number}"}
                      call-data: [order]
                """.formatted(target.stations().get(0), target.stations().get(1), ari.encode(), target.queue());
        Files.writeString(file, yaml);
        return file.toString();
    }

    @Override
    public String queue() {
        return target.queue();
    }

    @Override
    public String firstStation() {
        return target.stations().get(0);
    }

    @Override
    public String secondStation() {
        return target.stations().get(1);
    }

    @Override
    public Future<String> call(String from, JsonObject data) {
        String path = "/channels?endpoint=" + encode("Local/" + target.queue() + '@' + target.context() + "/n")
                + "&app=" + APPLICATION + "&formats=ulaw&callerId=" + from;
        return listening()
                .compose(done -> send(HttpMethod.POST, path, new JsonObject().put("variables", data)))
                .map(answer -> new JsonObject(answer).getString("id"));
    }

    /** An application exists for as long as somebody listens to it. */
    private Future<?> listening() {
        if (listening == null) {
            URI uri = URI.create(target.ari());
            WebSocketConnectOptions options = new WebSocketConnectOptions()
                    .setHost(uri.getHost())
                    .setPort(uri.getPort())
                    .setSsl("https".equals(uri.getScheme()))
                    .setURI(uri.getPath() + "/events?app=" + APPLICATION);
            options.putHeader("Authorization", authorization);
            listening = sockets.connect(options);
        }
        return listening;
    }

    @Override
    public Future<Boolean> gone(String call) {
        return look(call, LOOKS);
    }

    private Future<Boolean> look(String call, int left) {
        return send(HttpMethod.GET, "/channels", null).compose(channels -> {
            boolean there = channels.contains('"' + call + '"');
            if (!there || left == 0) {
                return Future.succeededFuture(!there);
            }
            Promise<Boolean> again = Promise.promise();
            vertx.setTimer(LOOK_AGAIN, timer -> look(call, left - 1).onComplete(again));
            return again.future();
        });
    }

    private Future<String> send(HttpMethod method, String path, JsonObject body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(target.ari() + path)
                .putHeader("Authorization", authorization)
                .putHeader("Content-Type", "application/json");
        return http.request(options)
                .compose(request -> body == null ? request.send() : request.send(body.toBuffer()))
                .compose(response -> response.body().map(answer -> {
                    if (response.statusCode() >= 300) {
                        throw new DemoFailed("Asterisk answers " + response.statusCode() + ": " + answer);
                    }
                    return answer.toString();
                }));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String invitation() {
        return "dial " + target.queue() + " on a phone of your Asterisk whose context has it";
    }
}
