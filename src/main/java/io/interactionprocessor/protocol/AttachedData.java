package io.interactionprocessor.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a client attaches to a call: any JSON values by key (protocol 7.1, {@code setdata} and {@code dial}). */
final class AttachedData {
    private static final int KEY_LENGTH = 128;

    private AttachedData() {}

    /** Reads the object {@code name} of {@code fields}, an empty one if it is missing, as unmodifiable plain values. */
    static Map<String, Object> read(Fields fields, String name, ReadLimits limits) {
        JsonNode node = fields.get(name);
        if (node == null) {
            return Map.of();
        }
        if (!node.isObject()) {
            fields.refuse(name, "must be an object");
            return Map.of();
        }
        if (encodedLength(node) > limits.attachedData()) {
            fields.refuse(name, "is too large: at most " + limits.attachedData() + " bytes of JSON are allowed");
            return Map.of();
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!isKey(entry.getKey())) {
                fields.refuse(
                        name, "has a key that is too long or empty: 1 to " + KEY_LENGTH + " characters are allowed");
            }
            if (!finite(entry.getValue())) {
                fields.refuse(name, "has a number that is too large");
            }
        }
        return map(node);
    }

    /** Reads the list of keys {@code name}, an empty one if it is missing. */
    static List<String> keys(Fields fields, String name) {
        JsonNode node = fields.get(name);
        if (node == null) {
            return List.of();
        }
        List<String> keys = new ArrayList<>(node.size());
        for (JsonNode key : node) {
            if (key.isTextual() && isKey(key.textValue())) {
                keys.add(key.textValue());
            }
        }
        if (!node.isArray() || keys.size() < node.size()) {
            fields.refuse(name, "must be a list of keys, each a string of 1 to " + KEY_LENGTH + " characters");
        }
        return keys;
    }

    private static boolean isKey(String text) {
        return !text.isEmpty() && !Fields.longer(text, KEY_LENGTH);
    }

    private static int encodedLength(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Beyond a double's range there is no number that could be sent on. */
    private static boolean finite(JsonNode node) {
        if (node.isContainerNode()) {
            for (JsonNode child : node) {
                if (!finite(child)) {
                    return false;
                }
            }
            return true;
        }
        return !node.isDouble() || Double.isFinite(node.doubleValue());
    }

    private static Map<String, Object> map(JsonNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            map.put(entry.getKey(), value(entry.getValue()));
        }
        return Collections.unmodifiableMap(map);
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return map(node);
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>(node.size());
            for (JsonNode element : node) {
                list.add(value(element));
            }
            return Collections.unmodifiableList(list);
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.textValue();
    }
}
