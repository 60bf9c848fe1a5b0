package io.interactionprocessor.client;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Requests as they stand on the wire (protocol 2), and what their answers mean. */
final class Messages {
    private Messages() {}

    static JsonObject core(String requestId, String command, JsonObject fields) {
        return fields.copy()
                .put("messageType", "coreRequest")
                .put("requestId", requestId)
                .put("command", command);
    }

    static JsonObject service(String requestId, String service, String command, JsonObject data) {
        return new JsonObject()
                .put("messageType", "serviceRequest")
                .put("requestId", requestId)
                .put("serviceId", service)
                .put("request", new JsonObject().put("command", command).put("data", data));
    }

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

    static JsonObject prepareSession(ClientOptions options, boolean override) {
        JsonObject agent = new JsonObject()
                .put("id", options.agent())
                .put("password", options.password().reveal());
        JsonObject data = new JsonObject().put("override", override).put("agent", agent);
        return options.model() == null ? data : data.put("model", options.model());
    }

    /** Fails with {@link RequestFailed} unless the result is {@code success}. */
    static Future<JsonObject> successful(JsonObject response) {
        return switch (response.getString("result", "")) {
            case "success" -> Future.succeededFuture(response);
            case "confirm" -> Future.failedFuture(new RequestFailed("confirm", response.getString("message")));
            default -> Future.failedFuture(RequestFailed.of(response.getJsonObject("failure")));
        };
    }
}
