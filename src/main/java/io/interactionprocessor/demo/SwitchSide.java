package io.interactionprocessor.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/** The management ports of the nodes: their readiness, and the simulated switch's own side, where customers call. */
final class SwitchSide {
    private final HttpClient http;

    SwitchSide(Vertx vertx) {
        http = vertx.createHttpClient();
    }

    /** Lets a customer call; returns the call's id. */
    Future<String> call(String management, String from, String to, JsonObject data) {
        JsonObject body = new JsonObject().put("from", from).put("to", to).put("data", data);
        return send(HttpMethod.POST, management + "/simulated-switch/calls", body.toBuffer())
                .compose(SwitchSide::successful)
                .map(answer -> answer.toJsonObject().getString("id"));
    }

    /** Returns what the switch knows of all calls, as JSON text. */
    Future<String> calls(String management) {
        return send(HttpMethod.GET, management + "/simulated-switch/calls", Buffer.buffer())
                .compose(SwitchSide::successful)
                .map(Buffer::toString);
    }

    /** Returns the status of a node's readiness check. */
    Future<Integer> readiness(String management) {
        return send(HttpMethod.GET, management + "/health/ready", Buffer.buffer())
                .map(HttpClientResponse::statusCode);
    }

    private Future<HttpClientResponse> send(HttpMethod method, String url, Buffer body) {
        return http.request(new RequestOptions()
                        .setMethod(method)
                        .setAbsoluteURI(url)
                        .putHeader("content-type", "application/json"))
                .compose(request -> request.send(body));
    }

    private static Future<Buffer> successful(HttpClientResponse response) {
        return response.body()
                .compose(body -> response.statusCode() / 100 == 2
                        ? Future.succeededFuture(body)
                        : Future.failedFuture(new DemoFailed("HTTP " + response.statusCode() + ": " + body)));
    }
}
