package io.interactionprocessor.ops;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.SessionEnding;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** {@code DELETE /sessions/DOMAIN/AGENT} on the management port: an administrator ends a session (protocol 1, 4003). */
public final class SessionAdmin {
    private final Function<AgentKey, Future<SessionEnding>> ending;

    /** Serves nothing before it is mounted. {@code ending} fails if the cluster does not answer. */
    public SessionAdmin(Function<AgentKey, Future<SessionEnding>> ending) {
        this.ending = ending;
    }

    /** Adds the route. */
    public void mount(Router router) {
        router.delete("/sessions/:domain/:agent")
                .handler(context -> ending.apply(new AgentKey(context.pathParam("domain"), context.pathParam("agent")))
                        .onSuccess(outcome -> {
                            switch (outcome) {
                                case BEGUN -> answer(context, 202, "the session ends");
                                case NO_SESSION ->
                                    answer(context, 404, "the agent has no session in this instance-domain");
                                case INTERACTION_OPEN ->
                                    answer(context, 409, "an interaction is open; end it first, or try again later");
                            }
                        })
                        .onFailure(failure -> answer(
                                context,
                                503,
                                "the cluster, or the session's node, did not answer: " + failure.getMessage())));
    }

    private static void answer(RoutingContext context, int status, String message) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(new JsonObject().put("message", message).toBuffer());
    }
}
