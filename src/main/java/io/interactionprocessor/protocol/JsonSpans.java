package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds values in a JSON text by their path, so that they can be replaced or cut out without touching a character of the
 * rest: a number comes back with the digits it came with.
 */
final class JsonSpans {
    /** A value's place in the text. */
    record Span(int from, int to) {}

    /** Without limits: what comes here was read once already, or is on its way to be refused. */
    static final JsonFactory LENIENT = lenient();

    private JsonSpans() {}

    /**
     * Returns the places of all wanted values, first to last. What is inside a wanted value is not looked at.
     *
     * @param json a JSON text that has been read before
     * @param wanted asked for each property, with the context of the object that holds it
     */
    static List<Span> find(String json, Predicate<JsonStreamContext> wanted) {
        List<Span> found = new ArrayList<>(1);
        try (JsonParser parser = LENIENT.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && wanted.test(parser.getParsingContext())) {
                    parser.nextToken();
                    int from = (int) parser.currentTokenLocation().getCharOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    found.add(new Span(from, (int) parser.currentLocation().getCharOffset()));
                }
            }
        } catch (IOException e) {
            // the parser's own words could quote the message
            throw new UncheckedIOException(new IOException("not a JSON text"));
        }
        return found;
    }

    /** Returns the text of {@code /request/data}, an empty object if there is none. */
    static String requestData(String message) {
        List<Span> found = find(message, JsonSpans::isRequestData);
        return found.isEmpty()
                ? "{}"
                : message.substring(found.get(0).from(), found.get(0).to());
    }

    private static boolean isRequestData(JsonStreamContext object) {
        JsonStreamContext holder = object.getParent();
        return "data".equals(object.getCurrentName())
                && "request".equals(holder.getCurrentName())
                && holder.getParent().inRoot();
    }

    private static JsonFactory lenient() {
        JsonFactoryBuilder factory = new JsonFactoryBuilder();
        factory.disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);
        factory.disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES);
        factory.disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
        factory.streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .build());
        return factory.build();
    }
}
