package io.interactionprocessor.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The management port of a node: health, and the simulated switch's own side. */
public final class SwitchSide {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;

    SwitchSide(String base) {
        this.base = base;
    }

    /** A customer calls; the call's id. */
    public String call(String from, String to, JsonObject data) {
        return call(new JsonObject().put("from", from).put("to", to).put("data", data));
    }

    /** A customer calls; the call's id. */
    public String call(JsonObject body) {
        HttpResponse<String> response = send("POST", "/simulated-switch/calls", body.encode());
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError("POST calls " + body + ": " + response.statusCode() + " " + response.body());
        }
        String id = new JsonObject(response.body()).getString("id");
        if (id == null) {
            throw new AssertionError("no id in " + response.body());
        }
        return id;
    }

    /** The customer hangs up. */
    public void hangUp(String id) {
        HttpResponse<String> response = send("DELETE", "/simulated-switch/calls/" + id, null);
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError("DELETE " + id + ": " + response.statusCode() + " " + response.body());
        }
    }

    /** The link fails or comes back. */
    public void link(String state) {
        HttpResponse<String> response = send(
                "PUT",
                "/simulated-switch/link",
                new JsonObject().put("state", state).encode());
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError("PUT link: " + response.statusCode() + " " + response.body());
        }
    }

    /** All calls, as the switch sees them. */
    public JsonArray calls() {
        return list(send("GET", "/simulated-switch/calls", null).body(), "calls");
    }

    /** The call with this id, or null. */
    public JsonObject call(String id) {
        return calls().stream()
                .map(JsonObject.class::cast)
                .filter(call -> id.equals(String.valueOf(call.getValue("id"))))
                .findFirst()
                .orElse(null);
    }

    /** The history after the entry with this number. */
    public JsonArray history(long after) {
        return list(
                send("GET", "/simulated-switch/history?after=" + after, null).body(), "history");
    }

    /** Any request on the management port. */
    public HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(method + " " + path, failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    /** The contract leaves open whether a list comes bare or under a name. */
    private static JsonArray list(String body, String name) {
        if (body.stripLeading().startsWith("[")) {
            return new JsonArray(body);
        }
        JsonObject object = new JsonObject(body);
        if (object.containsKey(name)) {
            return object.getJsonArray(name);
        }
        return object.stream()
                .map(java.util.Map.Entry::getValue)
                .filter(JsonArray.class::isInstance)
                .map(JsonArray.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no list in " + body));
    }
}
