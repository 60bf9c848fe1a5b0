package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes values of any JSON kind: attached data, capabilities. */
final class ValueJson {
    private ValueJson() {}

    static void writeMapField(JsonGenerator json, String name, Map<String, ?> map) throws IOException {
        json.writeFieldName(name);
        writeMap(json, map);
    }

    static void writeStrings(JsonGenerator json, String name, List<String> strings) throws IOException {
        json.writeArrayFieldStart(name);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    static void writeEntries(JsonGenerator json, Map<?, ?> map) throws IOException {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(entry.getKey().toString());
            writeValue(json, entry.getValue());
        }
    }

    static void writeMap(JsonGenerator json, Map<?, ?> map) throws IOException {
        json.writeStartObject();
        writeEntries(json, map);
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            writeMap(json, map);
        } else if (value instanceof Collection<?> elements) {
            json.writeStartArray();
            for (Object element : elements) {
                writeValue(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Enum<?> word) {
            json.writeString(word.toString());
        } else {
            // null, strings, numbers and booleans; anything else is refused
            json.writeObject(value);
        }
    }
}
