package io.interactionprocessor.protocol;

import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * The one secret in the protocol: the value of {@code agent.password} (protocol 4.1). It is found by its path, never by what
 * it looks like, so that a model or a note with the same text stays as it is.
 */
public final class AgentPassword {
    /** What stands for a password in everything that is echoed. */
    public static final String MASK = "***";

    private AgentPassword() {}

    /** Returns {@code message}, a JSON text that was understood, with {@link #MASK} for the password, if it has one. */
    public static String mask(String message) {
        return mayHoldOne(message) ? replace(message, MASK) : message;
    }

    /**
     * Returns {@code message} with another text for the password, if it has one; every other character stays. This is how
     * the one-time stand-in gets into the {@code original} of a {@code confirm}.
     *
     * @param message a JSON text that was understood
     */
    public static String replace(String message, String replacement) {
        StringBuilder result = new StringBuilder(message.length() + replacement.length());
        int copied = 0;
        for (JsonSpans.Span span : JsonSpans.find(message, AgentPassword::isOne)) {
            result.append(message, copied, span.from()).append('"');
            JsonStringEncoder.getInstance().quoteAsString(replacement, result);
            result.append('"');
            copied = span.to();
        }
        return result.append(message, copied, message.length()).toString();
    }

    /** Cheap, and wrong only on the safe side: the name may be written with escapes. */
    private static boolean mayHoldOne(String message) {
        return message.contains("password") || message.contains("\\u");
    }

    private static boolean isOne(JsonStreamContext object) {
        if (!"password".equals(object.getCurrentName())) {
            return false;
        }
        JsonStreamContext holder = object.getParent();
        while (holder != null && holder.inArray()) {
            holder = holder.getParent();
        }
        return holder != null && "agent".equals(holder.getCurrentName());
    }
}
