package io.interactionprocessor.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests to the session that have no answer yet, in the order in which they were made. They outlive connections: what
 * has no answer is sent again with the same id, and the service executes nothing twice (protocol 6.2).
 */
final class PendingRequests {
    private final Map<String, Sent> waiting = new LinkedHashMap<>();

    private record Sent(JsonObject message, Promise<JsonObject> answer, long at) {}

    Future<JsonObject> add(String requestId, JsonObject message) {
        Promise<JsonObject> answer = Promise.promise();
        waiting.put(requestId, new Sent(message, answer, System.nanoTime()));
        return answer.future();
    }

    /** Takes a {@code resourceResponse} or {@code resourceError}; returns whether somebody waited for it. */
    boolean answered(JsonObject message) {
        Sent sent = waiting.remove(message.getString("requestId", ""));
        if (sent == null) {
            return false;
        }
        JsonObject response = message.getJsonObject("response");
        if (response == null) {
            sent.answer().fail(RequestFailed.of(message.getJsonObject("error")));
        } else {
            sent.answer().complete(response);
        }
        return true;
    }

    void sendAgain(Connection connection) {
        waiting.replaceAll((id, sent) -> new Sent(sent.message(), sent.answer(), System.nanoTime()));
        waiting.values().forEach(sent -> connection.send(sent.message()));
    }

    /** Returns how many nanoseconds the oldest has been waiting since it was last sent; 0 if there is none. */
    long oldest() {
        Iterator<Sent> all = waiting.values().iterator();
        return all.hasNext() ? System.nanoTime() - all.next().at() : 0;
    }

    void fail(RequestFailed why) {
        List<Sent> lost = new ArrayList<>(waiting.values());
        waiting.clear();
        lost.forEach(sent -> sent.answer().tryFail(why));
    }
}
