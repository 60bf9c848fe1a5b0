package io.interactionprocessor.cluster;

import io.vertx.core.json.JsonObject;
import java.util.List;

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

    /** Returns texts that are not understood, with a secret in odd places; {@code whole} is a message that holds it. */
    static List<String> brokenAround(String secret, String whole) {
        int at = whole.indexOf(secret);
        return List.of(
                secret,
                '"' + secret + '"',
                "[\"" + secret + "\"]",
                "{\"" + secret + "\":1}",
                "{\"" + secret + "\":1,\"" + secret + "\":2}",
                whole.substring(0, at + 10),
                whole.substring(0, at + secret.length()),
                whole.substring(0, at + secret.length() + 1),
                whole.substring(0, whole.length() - 1),
                whole + secret,
                whole.substring(at),
                whole.replace('"' + secret + '"', secret),
                whole.replace(secret, secret + "\\x" + secret),
                whole.replace(secret, secret + "\u0001" + secret),
                whole.replace('"' + secret + '"', '"' + secret + "\",\"password\":\"" + secret + '"'),
                whole.replace('"' + secret + '"', '"' + secret + "\"," + secret),
                whole.replace('"' + secret + '"', "[".repeat(40) + '"' + secret + '"' + "]".repeat(40)),
                whole.replace('"' + secret + '"', "12" + secret),
                whole.replace("serviceRequest", secret),
                whole.replace("\"messageType\":\"serviceRequest\"", "\"messageType\":[\"" + secret + "\"]"));
    }
}
