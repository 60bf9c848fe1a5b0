package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes {@code resourceEvent}s (protocol 7.2). */
final class EventJson {
    private EventJson() {}

    static void write(JsonGenerator json, String serviceId, String resourceId, Event event) throws IOException {
        Event.Body body = event.body();
        json.writeStartObject();
        json.writeStringField("messageType", "resourceEvent");
        json.writeStringField("serviceId", serviceId);
        json.writeStringField("resourceId", resourceId);
        writeRequestId(json, event);
        json.writeObjectFieldStart("event");
        json.writeStringField("messageType", body instanceof Event.StateUpdated ? "stateEvent" : "objectEvent");
        json.writeStringField("name", body.name());
        json.writeStringField("target", event.target());
        json.writeNumberField("sequence", event.sequence());
        writeRequestId(json, event);
        json.writeObjectFieldStart("data");
        writeData(json, body);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeRequestId(JsonGenerator json, Event event) throws IOException {
        if (event.requestId() != null) {
            json.writeStringField("requestId", event.requestId());
        }
    }

    private static void writeData(JsonGenerator json, Event.Body body) throws IOException {
        if (body instanceof Event.StateUpdated updated) {
            json.writeStringField("state", updated.state());
            json.writeStringField("previous", updated.previous());
            ObjectJson.writeWord(json, "cause", updated.cause());
            ObjectJson.writeActions(json, updated.actions());
        } else if (body instanceof Event.ActionsUpdated updated) {
            ObjectJson.writeActions(json, updated.actions());
        } else if (body instanceof Event.InfoChanged changed) {
            writeInfoChanged(json, changed);
        } else if (body instanceof Event.Created created) {
            ObjectJson.writeFields(json, created.fields());
            ObjectJson.writeActions(json, created.actions());
        } else if (body instanceof Event.Preview preview) {
            ObjectJson.writeFields(json, preview.fields());
            ObjectJson.writeActions(json, preview.actions());
        } else if (body instanceof Event.MemberAdded added) {
            ObjectJson.writeMember(json, added.member());
        } else if (body instanceof Event.MemberChanged changed) {
            ObjectJson.writeMember(json, changed.member());
        } else if (body instanceof Event.MemberRemoved removed) {
            ObjectJson.writeMember(json, removed.member());
        } else if (body instanceof Event.DataChanged changed) {
            ValueJson.writeMapField(json, "data", changed.data());
            ValueJson.writeStrings(json, "changed", changed.changed());
        } else if (body instanceof Event.FocusChanged changed) {
            json.writeStringField("focus", changed.focus());
        } else if (body instanceof Event.AttributesChanged changed) {
            json.writeBooleanField("muted", changed.muted());
            json.writeBooleanField("recording", changed.recording());
            ObjectJson.writeWord(json, "role", changed.role());
        } else if (body instanceof Event.Ended ended) {
            ObjectJson.writeWord(json, "cause", ended.cause());
        } else if (body instanceof Event.SessionSnapshot snapshot) {
            SnapshotJson.write(json, snapshot.snapshot());
        } else if (body instanceof Event.SessionEnded ended) {
            ObjectJson.writeWord(json, "reason", ended.reason());
        }
        // Initialized, Disposed, SessionInitialized: nothing more to say
    }

    private static void writeInfoChanged(JsonGenerator json, Event.InfoChanged changed) throws IOException {
        ObjectJson.writeWord(json, "availability", changed.availability());
        json.writeStringField("reason", changed.reason());
        ObjectJson.writeTime(json, "since", changed.since());
        ObjectJson.writeWord(json, "pending", changed.pending());
        json.writeStringField("pendingReason", changed.pendingReason());
        ObjectJson.writeActions(json, changed.actions());
    }
}
