package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Tells of a rendered message which request it answers. */
public final class AnsweredRequest {
    private static final JsonFactory JSON = new JsonFactory();

    /** What {@link MessageWriter} begins every event with; most messages are events, and need no parser. */
    private static final String EVENT = "{\"messageType\":\"resourceEvent\"";

    private AnsweredRequest() {}

    /**
     * Returns the {@code requestId} of an answer; empty for an event, and for an error that names no request. Reads the
     * message's head only.
     *
     * @param message as {@link MessageWriter} has written it: {@code messageType} and {@code requestId} come first
     */
    public static Optional<String> idOf(String message) {
        if (message.startsWith(EVENT)) {
            return Optional.empty();
        }
        try (JsonParser json = JSON.createParser(message)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean requestId = json.currentName().equals("requestId");
                if (!json.nextToken().isScalarValue()) {
                    break;
                }
                if (requestId) {
                    return Optional.of(json.getText());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
