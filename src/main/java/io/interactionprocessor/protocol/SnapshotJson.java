package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the data of {@code session.snapshot}, event and answer (protocol 7.2). */
final class SnapshotJson {
    private SnapshotJson() {}

    static void write(JsonGenerator json, Snapshot snapshot) throws IOException {
        json.writeObjectFieldStart("session");
        json.writeStringField("id", snapshot.id());
        json.writeObjectFieldStart("agent");
        json.writeStringField("id", snapshot.agentId());
        json.writeStringField("name", snapshot.agentName());
        json.writeEndObject();
        json.writeStringField("model", snapshot.model());
        json.writeStringField("state", snapshot.state());
        ObjectJson.writeTime(json, "since", snapshot.since());
        ObjectJson.writeActions(json, snapshot.actions());
        json.writeEndObject();
        json.writeArrayFieldStart("groups");
        for (Snapshot.GroupNode group : snapshot.groups()) {
            writeGroup(json, group);
        }
        json.writeEndArray();
        json.writeNumberField("sequence", snapshot.sequence());
    }

    private static void writeGroup(JsonGenerator json, Snapshot.GroupNode group) throws IOException {
        json.writeStartObject();
        ObjectJson.writeGroup(json, group.fields());
        ObjectJson.writeActions(json, group.actions());
        json.writeArrayFieldStart("channels");
        for (Snapshot.ChannelNode channel : group.channels()) {
            writeChannel(json, channel);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeChannel(JsonGenerator json, Snapshot.ChannelNode channel) throws IOException {
        json.writeStartObject();
        ObjectJson.writeChannel(json, channel.fields());
        ObjectJson.writeActions(json, channel.actions());
        json.writeArrayFieldStart("interactions");
        for (Snapshot.InteractionNode interaction : channel.interactions()) {
            writeInteraction(json, interaction);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeInteraction(JsonGenerator json, Snapshot.InteractionNode interaction) throws IOException {
        json.writeStartObject();
        ObjectJson.writeInteraction(json, interaction.fields());
        ObjectJson.writeActions(json, interaction.actions());
        json.writeArrayFieldStart("conversations");
        for (Snapshot.ConversationNode conversation : interaction.conversations()) {
            json.writeStartObject();
            ObjectJson.writeConversation(json, conversation.fields());
            ObjectJson.writeActions(json, conversation.actions());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
