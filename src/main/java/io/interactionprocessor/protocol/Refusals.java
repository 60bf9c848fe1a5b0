package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * The answers to what is no request (protocol 2, {@code coreError}). None quotes the message or the parser, whose words quote
 * it: there might be a password in it.
 */
final class Refusals {
    private static final int REQUEST_ID_LENGTH = 128;

    private Refusals() {}

    static Read malformed(String text, JsonProcessingException e) {
        String what = e instanceof StreamConstraintsException
                ? "The message is nested too deeply, or has a string, a name or a number that is too long"
                : "The message is not one JSON object with each key once";
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ')';
        return refuse(requestIdOf(text), FailureCode.MALFORMED_MESSAGE, what + where + '.', null);
    }

    static Read notAnObject() {
        return refuse(null, FailureCode.MALFORMED_MESSAGE, "The message is not a JSON object.", null);
    }

    static Read unsound(String text) {
        return refuse(
                requestIdOf(text),
                FailureCode.MALFORMED_MESSAGE,
                "The message has half of a surrogate pair: it is not Unicode text.",
                null);
    }

    static Read noMessageType(String requestId) {
        return refuse(
                requestId,
                FailureCode.UNKNOWN_MESSAGE_TYPE,
                "messageType is missing: send coreRequest, serviceRequest or resourceRequest.",
                null);
    }

    static Read unknownMessageType(String requestId) {
        return refuse(
                requestId,
                FailureCode.UNKNOWN_MESSAGE_TYPE,
                "Clients send the messageTypes coreRequest, serviceRequest and resourceRequest, no other.",
                null);
    }

    static Read noRequestId() {
        return refuse(
                null,
                FailureCode.INVALID_REQUEST,
                "requestId must be a string of 1 to " + REQUEST_ID_LENGTH + " characters.",
                "/requestId");
    }

    static Read invalid(String requestId, Fields.Fault fault) {
        return refuse(requestId, FailureCode.INVALID_REQUEST, fault.message(), fault.field());
    }

    /** Returns the text of a {@code requestId} that may be echoed, else null. */
    static String validRequestId(JsonNode node) {
        return node == null || !isRequestId(node.textValue()) ? null : node.textValue();
    }

    private static boolean isRequestId(String text) {
        return text != null && !text.isEmpty() && !Fields.longer(text, REQUEST_ID_LENGTH) && Unicode.isSound(text);
    }

    private static Read refuse(String requestId, FailureCode code, String message, String field) {
        return new Read.NotUnderstood(new Response.CoreError(requestId, new Failure(code, message, field, null)));
    }

    /**
     * Finds the {@code requestId} of a message that could not be read as a whole, as far as it can be read: a client that
     * waits for an answer should learn which of its messages was wrong. Null if there is none, or more than one.
     */
    private static String requestIdOf(String text) {
        String found = null;
        try (JsonParser parser = JsonSpans.LENIENT.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("requestId");
                boolean string = parser.nextToken() == JsonToken.VALUE_STRING;
                if (wanted && (found != null || !string || !isRequestId(parser.getText()))) {
                    return null;
                }
                if (wanted) {
                    found = parser.getText();
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            // as far as it goes
            return found;
        }
        return found;
    }
}
