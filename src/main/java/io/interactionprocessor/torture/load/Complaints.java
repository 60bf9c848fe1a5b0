package io.interactionprocessor.torture.load;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * What the service answers to what comes over one socket. A malformed message never closes a connection by itself; more than
 * 20 within 10 s do (protocol 2). Times in microseconds.
 */
final class Complaints {
    private static final int BORNE = 20;
    private static final long WITHIN = 10_000_000;
    private static final Set<String> MALFORMED = Set.of("malformedMessage", "unknownMessageType");

    private final Deque<Long> malformed = new ArrayDeque<>();
    private int answers;
    private int allMalformed;
    private int internalErrors;
    private boolean tooMany;

    /** An answer has come. */
    void heard(String text, long now) {
        answers++;
        String code = code(text);
        if (code.equals("internalError")) {
            internalErrors++;
        } else if (MALFORMED.contains(code)) {
            allMalformed++;
            malformed.add(now);
            while (now - malformed.peek() >= WITHIN) {
                malformed.remove();
            }
            tooMany |= malformed.size() > BORNE;
        }
    }

    /** The code of an error or a failure; what is not even JSON only a service can have written that has failed. */
    private static String code(String text) {
        try {
            JsonObject message = new JsonObject(text);
            JsonObject response = message.getJsonObject("response", message);
            JsonObject refusal = response.getJsonObject("failure", message.getJsonObject("error", new JsonObject()));
            return refusal.getString("code", "");
        } catch (DecodeException | ClassCastException e) {
            return "internalError";
        }
    }

    /** Returns whether the service has to end the connection for it. */
    boolean tooMany() {
        return tooMany;
    }

    int answers() {
        return answers;
    }

    /** Returns how many answers said that a message was malformed. */
    int malformed() {
        return allMalformed;
    }

    int internalErrors() {
        return internalErrors;
    }
}
