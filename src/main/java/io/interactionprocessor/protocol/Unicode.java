package io.interactionprocessor.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * JSON can escape half of a surrogate pair, UTF-8 cannot encode one: such a text could be read, but never be echoed or passed
 * on as it was (RFC 7493, 2.1).
 */
final class Unicode {
    private Unicode() {}

    /** Returns whether all names and strings of a message are Unicode text; it looks only if there are such escapes. */
    static boolean isSound(String message, JsonNode tree) {
        return !(message.contains("\\ud") || message.contains("\\uD")) || isSound(tree);
    }

    static boolean isSound(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isSound(JsonNode node) {
        if (node.isTextual()) {
            return isSound(node.textValue());
        }
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (!isSound(property.getKey()) || !isSound(property.getValue())) {
                return false;
            }
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                if (!isSound(element)) {
                    return false;
                }
            }
        }
        return true;
    }
}
