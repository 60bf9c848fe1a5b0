package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.interactionprocessor.model.Member;
import java.io.IOException;

/** Writes the fields of the objects under a session (protocol 7), as they stand in {@code created} and in snapshots. */
final class ObjectJson {
    private ObjectJson() {}

    static void writeFields(JsonGenerator json, ObjectFields fields) throws IOException {
        if (fields instanceof ObjectFields.Group group) {
            writeGroup(json, group);
            ValueJson.writeStrings(json, "channels", group.channels());
        } else if (fields instanceof ObjectFields.Channel channel) {
            writeChannel(json, channel);
        } else if (fields instanceof ObjectFields.Interaction interaction) {
            writeInteraction(json, interaction);
        } else if (fields instanceof ObjectFields.Conversation conversation) {
            writeConversation(json, conversation);
        }
    }

    /** Without its channels: ids in an event, whole objects in a snapshot. */
    static void writeGroup(JsonGenerator json, ObjectFields.Group group) throws IOException {
        json.writeStringField("id", group.id());
        json.writeStringField("name", group.name());
    }

    static void writeChannel(JsonGenerator json, ObjectFields.Channel channel) throws IOException {
        json.writeStringField("id", channel.id());
        json.writeStringField("name", channel.name());
        writeWord(json, "type", channel.type());
        writeWord(json, "state", channel.state());
        json.writeStringField("endpoint", channel.endpoint());
        writeWord(json, "availability", channel.availability());
        json.writeStringField("reason", channel.reason());
        writeTime(json, "since", channel.since());
        writeWord(json, "pending", channel.pending());
        json.writeStringField("pendingReason", channel.pendingReason());
    }

    static void writeInteraction(JsonGenerator json, ObjectFields.Interaction interaction) throws IOException {
        json.writeStringField("id", interaction.id());
        writeWord(json, "type", interaction.type());
        writeWord(json, "state", interaction.state());
        writeWord(json, "direction", interaction.direction());
        json.writeStringField("queue", interaction.queue());
        json.writeStringField("from", interaction.from());
        json.writeStringField("to", interaction.to());
        ValueJson.writeMapField(json, "data", interaction.data());
        json.writeStringField("focus", interaction.focus());
        writeTime(json, "since", interaction.since());
    }

    static void writeConversation(JsonGenerator json, ObjectFields.Conversation conversation) throws IOException {
        json.writeStringField("id", conversation.id());
        writeWord(json, "role", conversation.role());
        writeWord(json, "state", conversation.state());
        json.writeBooleanField("muted", conversation.muted());
        json.writeBooleanField("recording", conversation.recording());
        json.writeArrayFieldStart("members");
        for (Member member : conversation.members()) {
            json.writeStartObject();
            writeMember(json, member);
            json.writeEndObject();
        }
        json.writeEndArray();
        writeTime(json, "since", conversation.since());
        writeWord(json, "cause", conversation.cause());
    }

    static void writeMember(JsonGenerator json, Member member) throws IOException {
        json.writeStringField("id", member.id());
        json.writeStringField("address", member.address());
        json.writeStringField("name", member.name());
        writeWord(json, "role", member.role());
        writeWord(json, "state", member.state());
    }

    static void writeActions(JsonGenerator json, Actions actions) throws IOException {
        json.writeFieldName("actions");
        json.writeRawValue(actions.allowedJson());
        json.writeFieldName("blocked");
        json.writeRawValue(actions.blockedJson());
    }

    /** Writes an enum's word, or null; {@code toString} of every enum on the wire is its word. */
    static void writeWord(JsonGenerator json, String name, Enum<?> word) throws IOException {
        json.writeStringField(name, word == null ? null : word.toString());
    }

    static void writeTime(JsonGenerator json, String name, long millis) throws IOException {
        json.writeStringField(name, Timestamps.format(millis));
    }
}
