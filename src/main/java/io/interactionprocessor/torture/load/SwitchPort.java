package io.interactionprocessor.torture.load;

import io.interactionprocessor.torture.history.SwitchEntry;
import io.interactionprocessor.torture.history.SwitchHistory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The simulated switch's own side, on whichever node answers. All on the load's event loop. */
final class SwitchPort {
    private static final int PIECE = 2_000;
    private static final long CONNECT_MS = 1_000;
    private static final long ANSWER_MS = 4_000;
    private static final String CALLS = "/simulated-switch/calls";

    private final List<String> managements;
    private final HttpClient http;
    private int next;

    SwitchPort(Vertx vertx, List<String> managements) {
        this.managements = List.copyOf(managements);
        http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) CONNECT_MS));
    }

    boolean isKnown() {
        return !managements.isEmpty();
    }

    /** Reads what is new into a history; returns whether that was everything. */
    Future<Boolean> read(SwitchHistory history) {
        // Each time from another node: whoever answers for the switch must tell the same.
        next++;
        String path = "/simulated-switch/history?limit=" + PIECE + "&after=" + history.readAfter();
        return ask(HttpMethod.GET, path, null).map(answer -> {
            List<SwitchEntry> piece = new ArrayList<>();
            answer.getJsonArray("entries").forEach(each -> piece.add(entry((JsonObject) each)));
            long end = answer.getLong("last");
            history.add(piece, end, Micros.now());
            return history.last() >= end;
        });
    }

    private static SwitchEntry entry(JsonObject json) {
        Map<String, Object> detail = new HashMap<>();
        for (Map.Entry<String, Object> each : json) {
            Object value = each.getValue() instanceof JsonArray list ? list.getList() : each.getValue();
            if (value != null) {
                detail.put(each.getKey(), value);
            }
        }
        long number = json.getLong("number");
        long at = TimeUnit.MILLISECONDS.toMicros(
                Instant.parse(json.getString("at")).toEpochMilli());
        detail.keySet().removeAll(List.of("number", "at", "what"));
        return new SwitchEntry(number, at, json.getString("what"), detail);
    }

    /** Lets a customer call; returns the call's id. */
    Future<String> call(String from, String to, JsonObject data, long hangUpAfterMs) {
        JsonObject body = new JsonObject()
                .put("from", from)
                .put("to", to)
                .put("data", data)
                .put("hangupAfterMs", hangUpAfterMs);
        return ask(HttpMethod.POST, CALLS, body).map(answer -> answer.getString("id"));
    }

    /** Returns how many live parties each address has, by the switch. */
    Future<Map<String, Integer>> calls() {
        return ask(HttpMethod.GET, CALLS, null).map(answer -> {
            Map<String, Integer> counts = new HashMap<>();
            for (Object call : answer.getJsonArray("calls")) {
                for (Object each : ((JsonObject) call).getJsonArray("parties")) {
                    JsonObject party = (JsonObject) each;
                    String state = party.getString("state");
                    if (!state.equals("DISCONNECTED") && !state.equals("FAILED")) {
                        counts.merge(party.getString("address"), 1, Integer::sum);
                    }
                }
            }
            return counts;
        });
    }

    /** Lets the link to the switch fail, or come back. */
    Future<Void> link(String state) {
        return ask(HttpMethod.PUT, "/simulated-switch/link", new JsonObject().put("state", state))
                .mapEmpty();
    }

    /** Tries one node after the other, beginning with the one that answered last. */
    private Future<JsonObject> ask(HttpMethod method, String path, JsonObject body) {
        return ask(method, path, body, 0);
    }

    private Future<JsonObject> ask(HttpMethod method, String path, JsonObject body, int attempt) {
        if (managements.isEmpty()) {
            return Future.failedFuture("no management port is known");
        }
        RequestOptions request = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(managements.get(next % managements.size()) + path)
                .putHeader("content-type", "application/json");
        Future<JsonObject> answer = http.request(request)
                .compose(open -> open.send(body == null ? Buffer.buffer() : body.toBuffer()))
                .compose(response -> response.body()
                        .compose(text -> response.statusCode() == 200
                                ? Future.succeededFuture(text.toJsonObject())
                                : Future.failedFuture("HTTP " + response.statusCode() + ": " + text)))
                .timeout(ANSWER_MS, TimeUnit.MILLISECONDS);
        return answer.recover(failure -> {
            next++;
            // A call must not be made twice; reading may be tried on every node.
            return method.equals(HttpMethod.POST) || attempt + 1 >= managements.size()
                    ? Future.failedFuture(failure)
                    : ask(method, path, body, attempt + 1);
        });
    }
}
