package io.interactionprocessor.cluster;

import io.vertx.core.json.JsonObject;

/** Messages of a client, without their ids. */
final class Requests {
    private Requests() {}

    static JsonObject core(String command) {
        return new JsonObject().put("messageType", "coreRequest").put("command", command);
    }

    static JsonObject prepare(String agent, String password, boolean override) {
        return prepare(agent, password, override, null);
    }

    static JsonObject prepare(String agent, String password, boolean override, String model) {
        JsonObject data = new JsonObject()
                .put("override", override)
                .put("agent", new JsonObject().put("id", agent).put("password", password));
        if (model != null) {
            data.put("model", model);
        }
        return new JsonObject()
                .put("messageType", "serviceRequest")
                .put("serviceId", "sim")
                .put(
                        "request",
                        new JsonObject().put("command", "prepareSession").put("data", data));
    }

    static JsonObject agentOf(JsonObject prepare) {
        return prepare.getJsonObject("request").getJsonObject("data").getJsonObject("agent");
    }

    static String resource(JsonObject prepared) {
        return prepared.getJsonObject("response").getJsonObject("resource").getString("id");
    }

    static JsonObject request(String session, String command, String target, JsonObject data) {
        return new JsonObject()
                .put("messageType", "resourceRequest")
                .put("serviceId", "sim")
                .put("resourceId", session)
                .put(
                        "request",
                        new JsonObject()
                                .put("command", command)
                                .put("target", target)
                                .put("data", data));
    }
}
