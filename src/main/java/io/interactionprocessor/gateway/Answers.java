package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.ErrorContext;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers that the edge gives one client by itself. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final World world;
    private final World.Client client;

    Answers(World world, World.Client client) {
        this.world = world;
        this.client = client;
    }

    void give(Response response) {
        client.send(world.writer().response(response));
    }

    /** Success of a core request; {@code data} may be null. */
    void succeed(Request.Core request, Object data) {
        give(new Response.CoreSuccess(request.requestId(), request.command(), data));
    }

    void tooMany(Request request, String message) {
        world.figures().countRateLimited();
        give(Replies.failure(request, FailureCode.TOO_MANY_REQUESTS, message));
    }

    /**
     * Something of ours threw. The log gets the stack, and never the exception's message: it might quote what the client
     * sent, and that might be a password.
     *
     * @param request what was being handled, or null if that is not known
     */
    void failed(Request request, Throwable error) {
        String errorId = world.ids().get();
        world.figures().countInternalError();
        LOG.error("Error {} while handling {}: {}", errorId, kindOf(request), ErrorContext.stackOf(error));
        String context = ErrorContext.of(errorId, error, world.settings().exposeStackTraces());
        if (request == null) {
            give(new Response.CoreError(
                    null, new Failure(FailureCode.INTERNAL_ERROR, "The service failed.", null, context)));
        } else {
            give(Replies.internalError(request, errorId, context));
        }
    }

    private static String kindOf(Request request) {
        return request == null ? "a message" : request.getClass().getSimpleName();
    }
}
