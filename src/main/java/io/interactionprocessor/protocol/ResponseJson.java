package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/** Writes the answers to requests (protocol 2 to 5). */
final class ResponseJson {
    private ResponseJson() {}

    static void write(JsonGenerator json, Response response) throws IOException {
        json.writeStartObject();
        if (response instanceof Response.ResourceSuccess success) {
            writeResource(json, success);
        } else if (response instanceof Response.ResourceFailure failure) {
            writeResource(json, failure);
        } else if (response instanceof Response.ResourceError error) {
            begin(json, "resourceError", error.requestId());
            json.writeStringField("serviceId", error.serviceId());
            json.writeStringField("resourceId", error.resourceId());
            writeFailure(json, "error", error.failure());
        } else if (response instanceof Response.ServiceError error) {
            begin(json, "serviceError", error.requestId());
            json.writeStringField("serviceId", error.serviceId());
            writeFailure(json, "error", error.failure());
        } else if (response instanceof Response.CoreError error) {
            begin(json, "coreError", error.requestId());
            writeFailure(json, "error", error.failure());
        } else if (response instanceof Response.CoreSuccess success) {
            begin(json, "coreResponse", success.requestId());
            result(json, success.command(), "success");
            writeCoreData(json, success.data());
        } else if (response instanceof Response.CoreFailure failure) {
            begin(json, "coreResponse", failure.requestId());
            result(json, failure.command(), "failure");
            writeFailure(json, "failure", failure.failure());
            writeRaw(json, "original", failure.original());
        } else {
            writeService(json, response);
        }
        json.writeEndObject();
    }

    private static void writeResource(JsonGenerator json, Response.ResourceSuccess success) throws IOException {
        begin(json, "resourceResponse", success.requestId());
        json.writeStringField("serviceId", success.serviceId());
        json.writeStringField("resourceId", success.resourceId());
        json.writeObjectFieldStart("response");
        json.writeStringField("command", success.command());
        json.writeStringField("target", success.target());
        json.writeStringField("result", "success");
        if (success.snapshot() != null) {
            json.writeObjectFieldStart("data");
            SnapshotJson.write(json, success.snapshot());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeResource(JsonGenerator json, Response.ResourceFailure failure) throws IOException {
        begin(json, "resourceResponse", failure.requestId());
        json.writeStringField("serviceId", failure.serviceId());
        json.writeStringField("resourceId", failure.resourceId());
        json.writeObjectFieldStart("response");
        json.writeStringField("command", failure.command());
        json.writeStringField("target", failure.target());
        json.writeStringField("result", "failure");
        writeFailure(json, "failure", failure.failure());
        writeRaw(json, "original", failure.original());
        json.writeEndObject();
    }

    private static void writeService(JsonGenerator json, Response response) throws IOException {
        begin(json, "serviceResponse", response.requestId());
        if (response instanceof Response.SessionPrepared prepared) {
            beginService(json, prepared.serviceId(), "prepareSession", "success");
            json.writeObjectFieldStart("resource");
            json.writeStringField("id", prepared.resourceId());
            writeRaw(json, "data", prepared.data());
            json.writeEndObject();
        } else if (response instanceof Response.SessionConfirm confirm) {
            beginService(json, confirm.serviceId(), "prepareSession", "confirm");
            json.writeStringField("message", confirm.message());
            json.writeObjectFieldStart("session");
            ObjectJson.writeTime(json, "since", confirm.since());
            json.writeStringField("state", confirm.state());
            json.writeStringField("node", confirm.node());
            json.writeNumberField("calls", confirm.calls());
            json.writeEndObject();
            writeRaw(json, "original", confirm.original());
        } else if (response instanceof Response.ServiceSuccess success) {
            beginService(json, success.serviceId(), success.command(), "success");
            ValueJson.writeMapField(json, "data", success.data());
        } else if (response instanceof Response.ServiceFailure failure) {
            beginService(json, failure.serviceId(), failure.command(), "failure");
            writeFailure(json, "failure", failure.failure());
            writeRaw(json, "original", failure.original());
        }
        json.writeEndObject();
    }

    private static void begin(JsonGenerator json, String messageType, String requestId) throws IOException {
        json.writeStringField("messageType", messageType);
        if (requestId != null) {
            json.writeStringField("requestId", requestId);
        }
    }

    private static void beginService(JsonGenerator json, String serviceId, String command, String result)
            throws IOException {
        json.writeStringField("serviceId", serviceId);
        json.writeObjectFieldStart("response");
        result(json, command, result);
    }

    private static void result(JsonGenerator json, String command, String result) throws IOException {
        json.writeStringField("command", command);
        json.writeStringField("result", result);
    }

    private static void writeCoreData(JsonGenerator json, Object data) throws IOException {
        json.writeObjectFieldStart("data");
        if (data instanceof Response.Services services) {
            ServiceJson.writeServices(json, services.services());
        } else if (data instanceof Response.Bound bound) {
            json.writeStringField("resumeKey", bound.resumeKey());
            json.writeNumberField("epoch", bound.epoch());
            json.writeBooleanField("resumed", bound.resumed());
            json.writeStringField("state", bound.state());
        } else if (data instanceof Response.Pong pong) {
            ObjectJson.writeTime(json, "time", pong.time());
        } else if (data instanceof Map<?, ?> map) {
            ValueJson.writeEntries(json, map);
        } else if (data != null) {
            throw new IllegalArgumentException(
                    "no wire form for " + data.getClass().getName());
        }
        json.writeEndObject();
    }

    private static void writeFailure(JsonGenerator json, String name, Failure failure) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("code", failure.code().wire());
        json.writeStringField("message", failure.message());
        if (failure.field() != null) {
            json.writeStringField("field", failure.field());
        }
        if (failure.context() != null) {
            json.writeStringField("context", failure.context());
        }
        json.writeEndObject();
    }

    /** Embeds a text that is JSON already. */
    private static void writeRaw(JsonGenerator json, String name, String text) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(text);
    }
}
