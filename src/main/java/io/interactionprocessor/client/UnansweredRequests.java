package io.interactionprocessor.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The requests to a session that have no answer yet, oldest first: what is sent again, with the same ids, after a resume. */
final class UnansweredRequests {
    private final Map<String, Sent> sent = new LinkedHashMap<>();

    private record Sent(JsonObject message, Promise<JsonObject> answer, long at) {}

    /** Remembers a request; its future completes with the {@code response}. */
    Future<JsonObject> add(String requestId, JsonObject message) {
        Sent request = new Sent(message, Promise.promise(), System.nanoTime());
        sent.put(requestId, request);
        return request.answer().future();
    }

    /** Takes an answer, a response or an error; returns whether somebody waited for it. */
    boolean answered(JsonObject message) {
        Sent request = sent.remove(message.getString("requestId", ""));
        if (request == null) {
            return false;
        }
        JsonObject response = message.getJsonObject("response");
        if (response == null) {
            request.answer().fail(RequestFailed.of(message.getJsonObject("error")));
        } else {
            request.answer().complete(response);
        }
        return true;
    }

    /** Sends everything again. */
    void repeat(Consumer<JsonObject> sender) {
        sent.replaceAll((id, request) -> new Sent(request.message(), request.answer(), System.nanoTime()));
        sent.values().forEach(request -> sender.accept(request.message()));
    }

    /** Returns whether one waits longer than this, in nanoseconds. */
    boolean waitsLongerThan(long nanos) {
        return !sent.isEmpty()
                && System.nanoTime() - sent.values().iterator().next().at() > nanos;
    }

    /** Nothing will be answered any more. */
    void fail(RequestFailed why) {
        List<Sent> lost = new ArrayList<>(sent.values());
        sent.clear();
        lost.forEach(request -> request.answer().tryFail(why));
    }
}
