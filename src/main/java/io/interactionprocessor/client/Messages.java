package io.interactionprocessor.client;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** The messages of a client (protocol 2 to 4) and what is read of their answers. */
final class Messages {
    private Messages() {}

    static JsonObject resource(
            String requestId, String service, String resource, String command, String target, JsonObject data) {
        JsonObject request = new JsonObject().put("command", command).put("target", target);
        if (data != null) {
            request.put("data", data);
        }
        return new JsonObject()
                .put("messageType", "resourceRequest")
                .put("requestId", requestId)
                .put("serviceId", service)
                .put("resourceId", resource)
                .put("request", request);
    }

    static JsonObject service(String service, String command, JsonObject data) {
        return new JsonObject()
                .put("messageType", "serviceRequest")
                .put("serviceId", service)
                .put("request", new JsonObject().put("command", command).put("data", data));
    }

    static JsonObject prepareSession(ClientOptions options, boolean override) {
        JsonObject agent = new JsonObject()
                .put("id", options.agent())
                .put("password", options.password().reveal());
        JsonObject data = new JsonObject().put("override", override).put("agent", agent);
        return options.model() == null ? data : data.put("model", options.model());
    }

    /** Returns a service of the answer to {@code getServices}; empty if it is not there. */
    static JsonObject serviceIn(JsonObject answer, String id) {
        for (Object service : answer.getJsonObject("data").getJsonArray("services")) {
            if (id.equals(((JsonObject) service).getString("id"))) {
                return (JsonObject) service;
            }
        }
        return new JsonObject();
    }

    /** Fails unless the result is {@code success}. */
    static Future<JsonObject> successful(JsonObject response) {
        return switch (response.getString("result", "")) {
            case "success" -> Future.succeededFuture(response);
            case "confirm" -> Future.failedFuture(new RequestFailed("confirm", response.getString("message")));
            default -> Future.failedFuture(RequestFailed.of(response.getJsonObject("failure")));
        };
    }
}
