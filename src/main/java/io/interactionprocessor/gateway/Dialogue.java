package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Read;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one client and the service say to each other, from the connection's side: limits, core requests, bound services;
 * what is for a session goes through {@link Errands}. Every request gets exactly one answer (protocol 2). Not thread-safe:
 * it lives on its socket's context. {@code now} is milliseconds of an {@link AwakeClock}.
 */
final class Dialogue {
    private static final int FAR_TOO_MANY = 10;

    private final World world;
    private final World.Client client;
    private final Consumer<String> onServiceEvent;
    private final Answers answers;
    private final Errands errands;
    private final Bindings bindings = new Bindings();
    private final RateLimit rate;
    private final RateLimit flood;
    private final MalformedBudget malformed;

    /**
     * Begins.
     *
     * @param address where the sessions' side reaches this connection
     * @param remote the client's network address
     * @param onServiceEvent brings a rendered event of the {@code ServiceMonitor} to this dialogue's thread and sends it
     */
    Dialogue(
            String address,
            String remote,
            World world,
            World.Client client,
            Consumer<String> onServiceEvent,
            long now) {
        GatewaySettings.Limits limits = world.settings().limits();
        this.world = world;
        this.client = client;
        this.onServiceEvent = onServiceEvent;
        this.answers = new Answers(world, client);
        this.errands = new Errands(address, remote, world, client, answers, bindings);
        this.rate = new RateLimit(limits.requestsPerSecond(), limits.burst(), now);
        this.flood = new RateLimit(
                (double) FAR_TOO_MANY * limits.requestsPerSecond(), (double) FAR_TOO_MANY * limits.burst(), now);
        this.malformed = new MalformedBudget(
                limits.malformedLimit(), limits.malformedWindow().toMillis());
    }

    /** The client has sent a message. */
    void message(String text, long now) {
        if (!flood.allows(now)) {
            client.close(CloseCode.POLICY.code(), "far too many messages");
            return;
        }
        boolean withinRate = rate.allows(now);
        Request request = null;
        try {
            Read read = world.reader().read(text);
            if (read instanceof Read.Understood understood) {
                request = understood.request();
                understood(request, withinRate, now);
            } else if (read instanceof Read.NotUnderstood not) {
                notUnderstood(not.error(), now);
            }
        } catch (RuntimeException e) {
            if (request != null) {
                errands.giveUp(request);
            }
            answers.failed(request, e);
        }
    }

    /** The sessions' side has something for the client. */
    void outbound(Outbound message, long now) {
        errands.outbound(message, now);
    }

    /** Time has passed. */
    void tick(long now) {
        errands.tick(now);
    }

    /** Returns whether a request waits for an answer. */
    boolean waits() {
        return errands.waits();
    }

    /** The connection is gone. */
    void closed() {
        world.services().unsubscribe(onServiceEvent);
        for (String serviceId : bindings.services()) {
            release(serviceId);
        }
        errands.closed();
    }

    private void notUnderstood(Response.CoreError error, long now) {
        world.figures().countNotUnderstood();
        answers.give(error);
        // A message that has a wrong field is well-formed: its client speaks the protocol, with mistakes.
        boolean wellFormed = error.failure().code() == FailureCode.INVALID_REQUEST;
        if (!wellFormed && malformed.exceededAt(now)) {
            client.close(CloseCode.POLICY.code(), "too many malformed messages");
        }
    }

    private void understood(Request request, boolean withinRate, long now) {
        world.figures().countRequest();
        if (!withinRate) {
            answers.tooMany(request, "Too many requests: send fewer in a second.");
        } else if (errands.clash(request)) {
            answers.give(Replies.clash(request));
        } else if (request instanceof Request.Service service) {
            service(service, now);
        } else if (request instanceof Request.Resource resource) {
            errands.aboutResource(resource, resource.serviceId(), resource.resourceId(), now);
        } else {
            core((Request.Core) request, now);
        }
    }

    private void core(Request.Core request, long now) {
        if (request instanceof Request.Ping) {
            answers.succeed(request, new Response.Pong(world.wallClock().getAsLong()));
        } else if (request instanceof Request.GetServices get) {
            answers.succeed(request, new Response.Services(world.services().services(Optional.ofNullable(get.type()))));
        } else if (request instanceof Request.BindService bind) {
            bindService(bind);
        } else if (request instanceof Request.UnbindService unbind) {
            unbindService(unbind);
        } else if (request instanceof Request.BindResource bind) {
            errands.aboutResource(bind, bind.serviceId(), bind.resourceId(), now);
        } else if (request instanceof Request.UnbindResource unbind) {
            errands.aboutResource(unbind, unbind.serviceId(), unbind.resourceId(), now);
        } else {
            answers.give(Replies.failure(
                    request,
                    FailureCode.UNKNOWN_COMMAND,
                    "There is no such core command: use getServices, bindService, unbindService, bindResource,"
                            + " unbindResource or ping."));
        }
    }

    private void bindService(Request.BindService request) {
        String serviceId = request.serviceId();
        if (!world.services().has(serviceId)) {
            answers.give(Replies.unknownService(request, serviceId));
            return;
        }
        boolean isNew = bindings.bindService(serviceId);
        if (isNew) {
            world.services().bound(serviceId);
        }
        answers.succeed(request, null);
        if (isNew && serviceId.equals(ServiceCatalog.SERVICE_MONITOR)) {
            client.send(world.services().subscribe(onServiceEvent));
        }
    }

    private void unbindService(Request.UnbindService request) {
        String serviceId = request.serviceId();
        if (bindings.unbindService(serviceId)) {
            release(serviceId);
            answers.succeed(request, null);
        } else if (world.services().has(serviceId)) {
            answers.give(Replies.serviceNotBound(request, serviceId));
        } else {
            answers.give(Replies.unknownService(request, serviceId));
        }
    }

    private void release(String serviceId) {
        if (serviceId.equals(ServiceCatalog.SERVICE_MONITOR)) {
            world.services().unsubscribe(onServiceEvent);
        }
        world.services().unbound(serviceId);
    }

    private void service(Request.Service request, long now) {
        String serviceId = request.serviceId();
        if (!world.services().has(serviceId)) {
            answers.give(Replies.unknownService(request, serviceId));
        } else if (!bindings.hasService(serviceId)) {
            answers.give(Replies.serviceNotBound(request, serviceId));
        } else if (world.sessionAddress().apply(serviceId) == null) {
            answers.give(Replies.failure(request, FailureCode.UNKNOWN_COMMAND, "This service takes no requests."));
        } else if (request instanceof Request.PrepareSession prepare) {
            errands.prepareSession(prepare, now);
        } else {
            errands.forward(request, serviceId, now);
        }
    }
}
