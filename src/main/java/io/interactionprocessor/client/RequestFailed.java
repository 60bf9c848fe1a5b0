package io.interactionprocessor.client;

import io.vertx.core.json.JsonObject;
import java.io.Serial;

/**
 * A request that did not succeed: refused with a code of the protocol, or without an answer ({@code connectionLost},
 * {@code noAnswer}, {@code ended}); then its outcome is unknown.
 */
public final class RequestFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    RequestFailed(String code, String message) {
        super(code + ": " + message, null, false, false);
        this.code = code;
    }

    /** Makes it of the {@code failure} of a response or the {@code error} of an error. */
    static RequestFailed of(JsonObject failure) {
        return failure == null
                ? new RequestFailed("internalError", "neither success nor failure")
                : new RequestFailed(failure.getString("code", ""), failure.getString("message", ""));
    }

    /** Returns the failure code (protocol 8). */
    public String code() {
        return code;
    }
}
