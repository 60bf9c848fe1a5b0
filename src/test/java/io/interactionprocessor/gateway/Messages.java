package io.interactionprocessor.gateway;

import io.vertx.core.json.JsonObject;

/** What clients send, in these tests. */
final class Messages {
    private Messages() {}

    static String core(String requestId, String command) {
        return core(requestId, command, new JsonObject());
    }

    /** {@code fields}: put beside {@code command}. */
    static String core(String requestId, String command, JsonObject fields) {
        return new JsonObject()
                .put("messageType", "coreRequest")
                .put("requestId", requestId)
                .put("command", command)
                .mergeIn(fields)
                .encode();
    }

    static String bindService(String requestId, String serviceId) {
        return core(requestId, "bindService", new JsonObject().put("serviceId", serviceId));
    }

    static String bindResource(String requestId, String serviceId, String resourceId) {
        return core(
                requestId,
                "bindResource",
                new JsonObject().put("serviceId", serviceId).put("resourceId", resourceId));
    }

    static String service(String requestId, String serviceId, String command, JsonObject data) {
        return new JsonObject()
                .put("messageType", "serviceRequest")
                .put("requestId", requestId)
                .put("serviceId", serviceId)
                .put("request", new JsonObject().put("command", command).put("data", data))
                .encode();
    }

    static String prepareSession(String requestId, String serviceId, String agent, String password) {
        return service(
                requestId,
                serviceId,
                "prepareSession",
                new JsonObject().put("agent", new JsonObject().put("id", agent).put("password", password)));
    }

    static String resource(String requestId, String serviceId, String resourceId, String command) {
        return new JsonObject()
                .put("messageType", "resourceRequest")
                .put("requestId", requestId)
                .put("serviceId", serviceId)
                .put("resourceId", resourceId)
                .put(
                        "request",
                        new JsonObject()
                                .put("command", command)
                                .put("target", resourceId)
                                .put("data", new JsonObject()))
                .encode();
    }
}
