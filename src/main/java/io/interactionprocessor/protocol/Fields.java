package io.interactionprocessor.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the properties of one JSON object of a client's message and remembers the first that is not as it should be. A
 * property that is {@code null} counts as missing. After a fault the answers are null, false or empty, so that a caller can
 * read on and look for the fault once, at the end.
 *
 * <p>Messages of faults never hold anything that the client wrote: it might be a password in the wrong place.
 */
final class Fields {
    /**
     * What is wrong.
     *
     * @param field JSON Pointer in the client's message
     */
    record Fault(String field, String message) {}

    private final Fields root;
    private final JsonNode object;
    private final String pointer;
    private Fault fault;

    private Fields(Fields root, JsonNode object, String pointer) {
        this.root = root == null ? this : root;
        this.object = object;
        this.pointer = pointer;
    }

    /** Returns the fields of {@code node}, none if it is null or JSON's null; anything but an object is a fault. */
    static Fields of(JsonNode node, String pointer) {
        return of(null, node, pointer);
    }

    private static Fields of(Fields root, JsonNode node, String pointer) {
        boolean object = node != null && node.isObject();
        Fields fields = new Fields(root, object ? node : JsonNodeFactory.instance.objectNode(), pointer);
        if (!object && node != null && !node.isNull()) {
            fields.root.refuseAt(pointer, "must be an object");
        }
        return fields;
    }

    /** Returns the first fault in these fields or in objects within, or null. */
    Fault fault() {
        return root.fault;
    }

    JsonNode get(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    boolean has(String name) {
        return get(name) != null;
    }

    /** Reads a string of any length that must be there. */
    String required(String name) {
        String value = optional(name);
        if (value == null) {
            refuse(name, "is missing: a string must be given");
        }
        return value;
    }

    /** Reads a string that must be there, not be blank and have at most {@code max} characters. */
    String required(String name, int max) {
        String value = required(name);
        if (value != null && (value.isBlank() || longer(value, max))) {
            refuse(name, "must have 1 to " + max + " characters, not all of them blank");
        }
        return value;
    }

    /** Reads a string of any length, null if it is missing. */
    String optional(String name) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            refuse(name, "must be a string");
            return null;
        }
        return value.textValue();
    }

    /** Reads a string of at most {@code max} characters, null if it is missing. */
    String optional(String name, int max) {
        String value = optional(name);
        if (value != null && longer(value, max)) {
            refuse(name, "must have at most " + max + " characters");
        }
        return value;
    }

    /** Reads a boolean, false if it is missing. */
    boolean flag(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isBoolean()) {
            refuse(name, "must be true or false");
        }
        return value != null && value.booleanValue();
    }

    /** Reads a whole number from 0 on, null if it is missing. */
    Long count(String name) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            refuse(name, "must be a whole number, 0 or more");
            return null;
        }
        return value.longValue();
    }

    /** Reads an object, an empty one if it is missing. */
    Fields object(String name) {
        return of(root, get(name), pointerTo(name));
    }

    /** Reads an object that must be there. */
    Fields requiredObject(String name) {
        if (!has(name)) {
            refuse(name, "is missing: an object must be given");
        }
        return object(name);
    }

    /** Remembers that a property is not as it should be. */
    void refuse(String name, String message) {
        root.refuseAt(pointerTo(name), message);
    }

    private void refuseAt(String field, String message) {
        if (fault == null) {
            String name = field.substring(field.lastIndexOf('/') + 1);
            fault = new Fault(field, name + ' ' + message);
        }
    }

    private String pointerTo(String name) {
        return pointer + '/' + name;
    }

    /** Returns whether a text has more than {@code max} characters: Unicode's, not Java's. */
    static boolean longer(String text, int max) {
        return text.length() > max && text.codePointCount(0, text.length()) > max;
    }
}
