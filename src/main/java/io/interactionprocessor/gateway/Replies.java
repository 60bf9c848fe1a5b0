package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;

/** The refusals that the edge itself answers with, in the form that the request calls for (protocol 2, 5). */
final class Replies {
    private Replies() {}

    /** A failure of whatever kind of request this is. */
    static Response failure(Request request, FailureCode code, String message) {
        return failure(request, Failure.of(code, message));
    }

    /** {@code internalError} with an id that the log has too. */
    static Response internalError(Request request, String errorId, String context) {
        return failure(
                request,
                new Failure(
                        FailureCode.INTERNAL_ERROR,
                        "The service failed; ask its operator to look for " + errorId + " in the log.",
                        null,
                        context));
    }

    static Response unknownService(Request request, String serviceId) {
        return new Response.ServiceError(
                request.requestId(),
                serviceId,
                Failure.of(
                        FailureCode.UNKNOWN_SERVICE,
                        "There is no such service on this node; getServices lists those there are."));
    }

    static Response serviceNotBound(Request request, String serviceId) {
        return new Response.ServiceError(
                request.requestId(),
                serviceId,
                Failure.of(
                        FailureCode.NOT_BOUND, "This connection has not bound the service; send bindService first."));
    }

    static Response unknownResource(Request request, String serviceId, String resourceId) {
        return new Response.ResourceError(
                request.requestId(),
                serviceId,
                resourceId,
                Failure.of(
                        FailureCode.UNKNOWN_RESOURCE,
                        "There is no such session, or it has ended; send prepareSession for a new one."));
    }

    /** The id of a request that still waits has been used again. */
    static Response clash(Request request) {
        return new Response.CoreError(
                request.requestId(),
                new Failure(
                        FailureCode.INVALID_REQUEST,
                        "An earlier request with this requestId is not answered yet; choose another.",
                        "/requestId",
                        null));
    }

    private static Response failure(Request request, Failure failure) {
        if (request instanceof Request.Core core) {
            return new Response.CoreFailure(core.requestId(), core.command(), failure, core.original());
        }
        if (request instanceof Request.Service service) {
            return new Response.ServiceFailure(
                    service.requestId(), service.serviceId(), service.command(), failure, service.original());
        }
        Request.Resource resource = (Request.Resource) request;
        return new Response.ResourceFailure(
                resource.requestId(),
                resource.serviceId(),
                resource.resourceId(),
                resource.commandName(),
                resource.target(),
                failure,
                resource.original());
    }
}
