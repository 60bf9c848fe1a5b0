package io.interactionprocessor.ops;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The HTTP server of the management port. It asks for no password, so it belongs on loopback or a private network.
 *
 * <ul>
 *   <li>{@code GET /health/live}: 200 while the event loop of this server turns
 *   <li>{@code GET /health/ready}: 200 when every check is up, else 503, with each check and the reason of those that are
 *       down
 *   <li>{@code GET /metrics}: the Prometheus text format
 *   <li>{@code POST /drain}: 202, and the node begins to drain
 * </ul>
 *
 * <p>A connector may mount routes of its own on {@link #router()} before {@link #listen}.
 */
public final class ManagementServer {
    private static final long CHECK_TIMEOUT_MS = 1_000;
    private static final long SHUTDOWN_SECONDS = 1;

    private final Router router;
    private final HealthChecks ready;
    private final HttpServer server;

    /**
     * Builds the routes; nothing listens yet.
     *
     * @param metrics what {@code /metrics} shows
     * @param drain begins to drain the node; called again when somebody asks again
     */
    public ManagementServer(Vertx vertx, Metrics metrics, Runnable drain) {
        router = Router.router(vertx);
        ready = HealthChecks.create(vertx);
        // Nobody has a reason to send much here, and an idle connection is nobody's.
        server = vertx.createHttpServer(
                        new HttpServerOptions().setIdleTimeout(60).setIdleTimeoutUnit(TimeUnit.SECONDS))
                .requestHandler(router);
        router.get("/health/live").handler(context -> json(context, 200, new JsonObject().put("status", "UP")));
        router.get("/health/ready").handler(this::answerReady);
        router.get("/metrics")
                .blockingHandler(context -> context.response()
                        .putHeader("content-type", Metrics.CONTENT_TYPE)
                        .end(metrics.scrape()));
        router.post("/drain").handler(context -> {
            drain.run();
            json(context, 202, new JsonObject().put("draining", true));
        });
    }

    /** Returns the router, for routes of a connector. */
    public Router router() {
        return router;
    }

    /**
     * Adds a check to {@code /health/ready}.
     *
     * @param name as it stands in the answer
     * @param whyNot returns why the node is not ready as far as this check goes, or nothing when it is; must not block
     */
    public void readiness(String name, Supplier<Optional<String>> whyNot) {
        ready.register(name, CHECK_TIMEOUT_MS, promise -> {
            Optional<String> reason = whyNot.get();
            promise.complete(reason.isEmpty() ? Status.OK() : Status.KO(new JsonObject().put("reason", reason.get())));
        });
    }

    /**
     * Listens.
     *
     * @param port 0 for a free one
     * @return the port
     */
    public Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    /** Answers what is being asked and stops listening. */
    public Future<Void> close() {
        return server.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS).compose(down -> server.close());
    }

    private void answerReady(RoutingContext context) {
        ready.checkStatus().onComplete(checked -> {
            boolean up = checked.succeeded() && CheckResult.isUp(checked.result());
            JsonArray checks = new JsonArray();
            if (checked.succeeded()) {
                List<CheckResult> each = checked.result().getChecks();
                (each == null ? List.<CheckResult>of() : each).forEach(check -> checks.add(shown(check)));
            }
            json(
                    context,
                    up ? 200 : 503,
                    new JsonObject().put("status", up ? "UP" : "DOWN").put("checks", checks));
        });
    }

    private static JsonObject shown(CheckResult check) {
        boolean up = CheckResult.isUp(check);
        JsonObject shown = new JsonObject().put("id", check.getId()).put("status", up ? "UP" : "DOWN");
        if (!up) {
            JsonObject data = check.getData();
            shown.put("reason", data == null ? "the check failed" : data.getString("reason", "the check failed"));
        }
        return shown;
    }

    private static void json(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(body.toBuffer());
    }
}
