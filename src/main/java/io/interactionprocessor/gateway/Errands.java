package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.AnsweredRequest;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one connection passes on to the sessions' side, and what comes back. Not thread-safe. */
final class Errands {
    private final String address;
    private final String remote;
    private final World world;
    private final World.Client client;
    private final Answers answers;
    private final Bindings bindings;
    private final Outstanding outstanding;
    private final StandIns standIns;
    private final Set<String> used = new HashSet<>(2);
    private boolean closed;

    Errands(String address, String remote, World world, World.Client client, Answers answers, Bindings bindings) {
        GatewaySettings settings = world.settings();
        this.address = address;
        this.remote = remote;
        this.world = world;
        this.client = client;
        this.answers = answers;
        this.bindings = bindings;
        this.outstanding = new Outstanding(
                settings.limits().maxOutstanding(),
                settings.timing().answerTimeout().toMillis());
        this.standIns =
                new StandIns(world.ids(), settings.timing().standInLifetime().toMillis());
    }

    boolean clash(Request request) {
        return outstanding.clashes(request);
    }

    /** Forgets a request that will be answered otherwise. */
    void giveUp(Request request) {
        outstanding.answered(request.requestId());
    }

    /** A stand-in that was not issued here, or not for this agent, goes on as it is: it is a wrong password. */
    void prepareSession(Request.PrepareSession request, long now) {
        Request.PrepareSession checked = standIns.redeem(request.serviceId(), request.agent(), request.password(), now)
                .map(password -> new Request.PrepareSession(
                        request.requestId(),
                        request.serviceId(),
                        request.model(),
                        request.override(),
                        request.agent(),
                        password,
                        request.data(),
                        request.original()))
                .orElse(request);
        forward(checked, request.serviceId(), now);
    }

    /** A request to a resource, or to bind or unbind it. */
    void aboutResource(Request request, String serviceId, String resourceId, long now) {
        if (!world.services().has(serviceId)) {
            answers.give(Replies.unknownService(request, serviceId));
        } else if (world.sessionAddress().apply(serviceId) == null
                || bindings.standing(serviceId, resourceId) == Bindings.Standing.UNKNOWN) {
            answers.give(Replies.unknownResource(request, serviceId, resourceId));
        } else {
            forward(request, serviceId, now);
        }
    }

    void forward(Request request, String serviceId, long now) {
        if (outstanding.full()) {
            answers.tooMany(request, "Too many requests without an answer: wait for some.");
            return;
        }
        String to = world.sessionAddress().apply(serviceId);
        used.add(to);
        outstanding.add(request, now);
        world.sessions().hand(to, new Inbound.Call(address, remote, request), () -> nobodyThere(request));
    }

    private void nobodyThere(Request request) {
        if (!closed && outstanding.answered(request.requestId()).isPresent()) {
            answers.give(Replies.failure(
                    request,
                    FailureCode.NOT_ACCEPTING_SESSIONS,
                    "This node does not serve sessions at present; use another."));
        }
    }

    void outbound(Outbound message, long now) {
        if (closed) {
            return;
        }
        if (message instanceof Outbound.Frames frames) {
            frames(frames);
        } else if (message instanceof Outbound.Answer answer) {
            answered(answer.response(), now);
        } else if (message instanceof Outbound.Bound bound) {
            bound(bound);
        } else if (message instanceof Outbound.Unbound unbound) {
            unbound(unbound);
        }
    }

    /** An answer to a request that does not wait here is no fault: it was sent over an earlier connection. */
    private void frames(Outbound.Frames frames) {
        if (frames.answered().stream().anyMatch(outstanding::isGivenUp)) {
            frames.frames().forEach(this::frameUnlessLate);
        } else {
            frames.answered().forEach(outstanding::answered);
            frames.frames().forEach(client::send);
        }
    }

    private void frameUnlessLate(String frame) {
        Optional<String> requestId = AnsweredRequest.idOf(frame);
        if (requestId.isPresent()
                && outstanding.answered(requestId.get()).isEmpty()
                && outstanding.wasGivenUp(requestId.get())) {
            world.figures().countLateAnswer();
        } else {
            client.send(frame);
        }
    }

    private void answered(Response response, long now) {
        Optional<Request> request = outstanding.answered(response.requestId());
        if (request.isEmpty()) {
            world.figures().countLateAnswer();
            return;
        }
        try {
            answer(request.get(), response, now);
        } catch (RuntimeException e) {
            answers.failed(request.get(), e);
        }
    }

    private void answer(Request request, Response response, long now) {
        if (response instanceof Response.CoreSuccess && request instanceof Request.UnbindResource unbind) {
            bindings.unbindResource(unbind.resourceId(), false);
        }
        if (response instanceof Response.SessionConfirm confirm
                && request instanceof Request.PrepareSession prepare
                && !world.settings().echoCredentials()) {
            String standIn = standIns.issue(prepare.serviceId(), prepare.agent(), prepare.password(), now);
            client.send(world.writer().confirm(confirm, standIn));
        } else {
            answers.give(response);
        }
    }

    private void bound(Outbound.Bound bound) {
        Optional<Request> request = outstanding.answered(bound.answer().requestId());
        if (request.isPresent() && request.get() instanceof Request.BindResource bind) {
            bindings.bindResource(bind.serviceId(), bound.resourceId());
            answers.give(bound.answer());
            if (!bound.events().isEmpty()) {
                client.replay(bound.events());
            }
        } else {
            // The client believes that it has failed. A new connection is the way to agree again.
            world.figures().countLateAnswer();
            client.close(CloseCode.OVERLOADED.code(), "an answer came too late");
        }
    }

    private void unbound(Outbound.Unbound unbound) {
        bindings.unbindResource(unbound.resourceId(), unbound.ended());
        if (unbound.closeCode() != 0) {
            client.close(unbound.closeCode(), unbound.closeReason());
        }
    }

    boolean waits() {
        return outstanding.size() > 0;
    }

    void tick(long now) {
        standIns.expire(now);
        List<Request> overdue = outstanding.overdue(now);
        for (Request request : overdue) {
            world.figures().countTimeout();
            answers.give(Replies.failure(
                    request,
                    FailureCode.TIMEOUT,
                    "No answer in time: whether the request was executed is unknown; look at the session's state."));
        }
    }

    /** The connection is gone: whatever it had bound is detached. */
    void closed() {
        closed = true;
        for (String to : used) {
            world.sessions().hand(to, new Inbound.Closed(address), () -> {});
        }
    }
}
