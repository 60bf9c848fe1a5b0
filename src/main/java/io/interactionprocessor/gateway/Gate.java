package io.interactionprocessor.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Who may upgrade to a WebSocket. */
final class Gate {
    static final int ADMITTED = 0;

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int UNAVAILABLE = 503;

    private final GatewaySettings settings;
    private final Origins origins;

    Gate(GatewaySettings settings) {
        this.settings = settings;
        this.origins = new Origins(settings.allowedOrigins());
    }

    /**
     * Decides.
     *
     * @param connections how many are open already
     * @return {@link #ADMITTED}, or the HTTP status to refuse with
     */
    int statusFor(HttpServerRequest request, boolean draining, int connections) {
        if (!settings.path().equals(request.path())) {
            return NOT_FOUND;
        }
        if (!HttpMethod.GET.equals(request.method())) {
            return METHOD_NOT_ALLOWED;
        }
        if (hasBody(request)) {
            return BAD_REQUEST;
        }
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            return UPGRADE_REQUIRED;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!origins.admit(origin, request.getHeader(HttpHeaders.HOST), request.isSSL())) {
            return FORBIDDEN;
        }
        return draining || connections >= settings.maxConnections() ? UNAVAILABLE : ADMITTED;
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !"0".equals(length));
    }
}
