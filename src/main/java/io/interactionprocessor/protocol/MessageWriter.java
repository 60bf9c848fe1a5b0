package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Writes what the service sends (protocol 2 to 7): records to JSON text, streaming, without a tree. Texts that are JSON
 * already ({@code original}, {@code data}) are embedded as they are. Thread-safe.
 */
public final class MessageWriter {
    private final JsonFactory factory = new JsonFactory();

    /** Returns the answer to a request. */
    public String response(Response response) {
        return write(json -> ResponseJson.write(json, response));
    }

    /**
     * Returns a {@code confirm} whose {@code original} has a one-time stand-in for the password (protocol 4.1).
     *
     * @param standIn what the client may send in the password's place
     */
    public String confirm(Response.SessionConfirm confirm, String standIn) {
        return response(new Response.SessionConfirm(
                confirm.requestId(),
                confirm.serviceId(),
                confirm.message(),
                confirm.since(),
                confirm.state(),
                confirm.node(),
                confirm.calls(),
                AgentPassword.replace(confirm.original(), standIn)));
    }

    /** Returns one event of a session as a {@code resourceEvent}. */
    public String event(String serviceId, String resourceId, Event event) {
        return write(json -> EventJson.write(json, serviceId, resourceId, event));
    }

    /** Returns one event of the {@code ServiceMonitor} as a {@code serviceEvent}. */
    public String serviceEvent(ServiceEvent event) {
        return write(json -> ServiceJson.writeEvent(json, event));
    }

    /** Returns the data attached to a call as JSON text. */
    public String attachedData(Map<String, Object> data) {
        return write(json -> ValueJson.writeMap(json, data));
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private String write(Content content) {
        try (SegmentedStringWriter text = new SegmentedStringWriter(factory._getBufferRecycler())) {
            try (JsonGenerator json = factory.createGenerator(text)) {
                content.write(json);
            }
            return text.getAndClear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
