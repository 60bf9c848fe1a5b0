package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.cti.LinkClient;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The switch's own side over HTTP, for tests, demos and load generators; the same on every node. What is wrong with a
 * request is said here (400, a JSON error that names the field); what is right goes to whichever node runs the switch
 * (503 if none does).
 */
public final class SimulatedSwitchApi {
    private static final String ROOT = "/simulated-switch";
    private static final Pattern NUMBER = Pattern.compile("[0-9+*#]{1,32}");
    private static final long MOST_BODY = 64 * 1024;
    private static final long DAY = 86_400_000;
    private static final long MOST_CALLS_PER_MINUTE = 60_000;
    private static final long MOST_ENTRIES = 10_000;

    private static final Set<String> LINK_STATES = Set.of("up", "down", "silent");

    private final NumberPlan plan;
    private final LinkClient link;

    /**
     * Serves nothing before it is mounted.
     *
     * @param link used by this object alone, on the context of the router's server; its deadline is how long a request
     *     waits for a node that runs the switch
     */
    public SimulatedSwitchApi(SimulatedSettings settings, LinkClient link) {
        this.plan = new NumberPlan(settings);
        this.link = link;
    }

    /** Adds the routes below {@code /simulated-switch}. */
    public void mount(Router router) {
        router.route(ROOT + "/*").handler(BodyHandler.create(false).setBodyLimit(MOST_BODY));
        router.post(ROOT + "/calls").handler(context -> run(context, this::call));
        router.get(ROOT + "/calls").handler(context -> run(context, request -> SwitchOperations.calls()));
        router.delete(ROOT + "/calls/:id")
                .handler(context -> run(context, request -> SwitchOperations.hangUp(context.pathParam("id"))));
        router.get(ROOT + "/history").handler(context -> run(context, this::history));
        router.put(ROOT + "/traffic").handler(context -> run(context, this::traffic));
        router.put(ROOT + "/link").handler(context -> run(context, this::link));
    }

    private void run(RoutingContext context, Function<RoutingContext, JsonObject> operation) {
        JsonObject request;
        try {
            request = operation.apply(context);
        } catch (Invalid invalid) {
            answer(
                    context,
                    400,
                    SwitchOperations.error(invalid.field, invalid.getMessage()).encode());
            return;
        }
        link.operateSwitch(request.encode())
                .onSuccess(side -> answer(context, side.status(), side.json()))
                .onFailure(cause -> answer(
                        context,
                        503,
                        SwitchOperations.error(null, cause.getMessage()).encode()));
    }

    private static void answer(RoutingContext context, int status, String json) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .end(json);
        }
    }

    private JsonObject call(RoutingContext context) {
        JsonObject body = body(context);
        String from = text(body, "from");
        if (!NUMBER.matcher(from).matches()) {
            throw new Invalid("/from", "a number is 1 to 32 of 0-9, +, * and #");
        }
        String to = text(body, "to");
        NumberPlan.Kind kind = plan.kindOf(to);
        if (kind != NumberPlan.Kind.QUEUE && kind != NumberPlan.Kind.EXTENSION) {
            throw new Invalid("/to", "customers call queues and extensions; " + to + " is neither");
        }
        Object data = body.getValue("data", new JsonObject());
        if (!(data instanceof JsonObject object)) {
            throw new Invalid("/data", "must be an object");
        }
        return SwitchOperations.call(from, to, object, number(body, "hangupAfterMs", 0L, DAY));
    }

    private JsonObject history(RoutingContext context) {
        return SwitchOperations.history(parameter(context, "after", 0, Long.MAX_VALUE - 1), (int)
                parameter(context, "limit", MOST_ENTRIES, MOST_ENTRIES));
    }

    private JsonObject traffic(RoutingContext context) {
        JsonObject body = body(context);
        return SwitchOperations.traffic(
                (int) number(body, "callsPerMinute", null, MOST_CALLS_PER_MINUTE),
                number(body, "talkMs", 20_000L, DAY));
    }

    private JsonObject link(RoutingContext context) {
        String state = text(body(context), "state");
        if (!LINK_STATES.contains(state)) {
            throw new Invalid("/state", "must be \"up\", \"down\", or \"silent\" (half open: nothing is answered)");
        }
        return SwitchOperations.link(state);
    }

    private static JsonObject body(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (DecodeException | ClassCastException notAnObject) {
            // Said below, in the same words as for no body at all.
        }
        throw new Invalid("", "the body must be a JSON object");
    }

    private static String text(JsonObject body, String field) {
        if (body.getValue(field) instanceof String text) {
            return text;
        }
        throw new Invalid("/" + field, body.containsKey(field) ? "must be a string" : "is missing");
    }

    private static long number(JsonObject body, String field, Long missing, long most) {
        Object value = body.getValue(field, missing);
        if (value == null && !body.containsKey(field)) {
            throw new Invalid("/" + field, "is missing");
        }
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= 0
                && ((Number) value).longValue() <= most) {
            return ((Number) value).longValue();
        }
        throw new Invalid("/" + field, "must be a whole number from 0 to " + most);
    }

    private static long parameter(RoutingContext context, String name, long missing, long most) {
        String text = context.request().getParam(name);
        if (text == null) {
            return missing;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, in the same words as for a number out of range.
        }
        throw new Invalid("/" + name, "must be a whole number from 0 to " + most);
    }

    /** Something in a request is wrong. */
    private static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String field;

        Invalid(String field, String message) {
            super(message, null, false, false);
            this.field = field;
        }
    }
}
