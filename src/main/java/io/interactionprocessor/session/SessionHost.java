package io.interactionprocessor.session;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.protocol.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The sessions of one instance-domain that this node owns, and what clients, twins and the switch side ask of them
 * (design 1, session verticle; this is what it thinks with). One thread; no I/O but through {@link HostPorts}.
 */
public final class SessionHost {
    /** Clients wait up to 2 s, by chance, before they come back (protocol 1); then they bind. In ms. */
    private static final long COMING_BACK = 2_500;

    /** How many sessions are taken over, or compared with the switch, at once without a client's asking. */
    private static final int AT_ONCE = 64;

    private final HostPorts ports;
    private final Map<SessionId, Hosted> sessions = new HashMap<>();
    private final Tally owned = new Tally();
    /** Usually one; more while one that has been overridden does not know it yet. */
    private final Map<String, List<Hosted>> byAgent = new HashMap<>();

    private final Map<String, Set<SessionId>> byConnection = new HashMap<>();
    private final Map<String, ActionRules> rules = new HashMap<>();
    private final Pipeline pipeline = new Pipeline();
    /** How many things are under way, for each connection that is still there. */
    private final Map<String, Integer> entered = new HashMap<>();

    private final Expected expected = new Expected();
    private final Pace pace = new Pace(AT_ONCE);
    private final Orphans orphans;
    private final Comparison comparison;

    /** Creates a host without sessions. */
    public SessionHost(HostPorts ports) {
        this.ports = ports;
        this.orphans = new Orphans(this, ports, pace);
        this.comparison = new Comparison(this, ports, orphans, pace, owned, sessions);
        comparison.start();
    }

    /** Nothing is looked after any more. */
    public void stop() {
        comparison.stop();
    }

    /** Returns whether the client of any session has gone so lately that it may be on its way to another node. */
    public boolean awaitsClients() {
        long since = ports.time().now() - COMING_BACK;
        return sessions.values().stream().anyMatch(hosted -> hosted.session().detachedAt() > since);
    }

    /** Returns how many sessions this node owns in the domain. */
    public int size() {
        return sessions.size();
    }

    /** Something from a client's connection. */
    public void receive(Inbound inbound) {
        if (inbound instanceof Inbound.Closed closed) {
            closed(closed.connection());
        } else if (inbound instanceof Inbound.Call call) {
            call(call);
        }
    }

    private void call(Inbound.Call call) {
        Request request = call.request();
        if (request instanceof Request.Resource resource) {
            if (!pipeline.keep(call.connection(), resource.resourceId(), () -> resource(call, resource))) {
                resource(call, resource);
            }
        } else if (request instanceof Request.BindResource bind) {
            pipeline.begin(call.connection(), bind.resourceId());
            new Binding(this, ports, call, bind, () -> pipeline.end(call.connection(), bind.resourceId())).run();
        } else if (request instanceof Request.UnbindResource unbind) {
            if (!pipeline.keep(call.connection(), unbind.resourceId(), () -> unbind(call, unbind))) {
                unbind(call, unbind);
            }
        } else if (request instanceof Request.PrepareSession prepare) {
            new Preparation(this, ports, call, prepare).run();
        } else if (request instanceof Request.GetCapabilities capabilities) {
            answer(
                    call.connection(),
                    new Response.ServiceSuccess(
                            capabilities.requestId(),
                            capabilities.serviceId(),
                            capabilities.command(),
                            capabilities(ports.processors().get(capabilities.serviceId()))));
        } else if (request instanceof Request.InvalidService invalid) {
            Failure failure = new Failure(FailureCode.INVALID_REQUEST, invalid.message(), invalid.field(), null);
            serviceFailure(call.connection(), invalid, failure);
        } else if (request instanceof Request.Service unknown) {
            Failure failure = Failure.of(
                    FailureCode.UNKNOWN_COMMAND, "no such command; a service takes prepareSession and getCapabilities");
            serviceFailure(call.connection(), unknown, failure);
        }
    }

    private void resource(Inbound.Call call, Request.Resource request) {
        Hosted hosted = sessions.get(new SessionId(request.resourceId()));
        if (hosted != null && hosted.session().phase() == SessionState.Phase.ENDED) {
            unknownResource(call.connection(), request.requestId(), request.serviceId(), request.resourceId());
        } else if (hosted != null && hosted.isBoundTo(call.connection())) {
            hosted.request(request);
        } else {
            notBound(call.connection(), request.requestId(), request.serviceId(), request.resourceId());
        }
    }

    private void unbind(Inbound.Call call, Request.UnbindResource request) {
        Hosted hosted = sessions.get(new SessionId(request.resourceId()));
        if (hosted == null || !hosted.isBoundTo(call.connection())) {
            notBound(call.connection(), request.requestId(), request.serviceId(), request.resourceId());
            return;
        }
        hosted.detach(call.connection());
        answer(call.connection(), new Response.CoreSuccess(request.requestId(), request.command(), null));
        ports.clients().send(call.connection(), new Outbound.Unbound(request.resourceId(), false, 0, ""));
    }

    /** A connection is not there any more, and nobody has said so. */
    void connectionGone(String connection) {
        closed(connection);
    }

    private void closed(String connection) {
        entered.remove(connection);
        Set<SessionId> bound = byConnection.remove(connection);
        if (bound != null) {
            for (SessionId id : bound) {
                Hosted hosted = sessions.get(id);
                if (hosted != null) {
                    hosted.detach(connection);
                }
            }
        }
    }

    // ---- the switch side

    /** Something about an agent of this node has changed on the switch. */
    public void agentChanged(String processor, AgentEvent event) {
        byAgent.getOrDefault(key(processor, event.view().agent()), List.of()).stream()
                .max(Comparator.comparing(hosted -> hosted.session().epoch()))
                .ifPresent(hosted -> hosted.changed(event));
    }

    /** A processor's link is up anew, perhaps on another node: every session compares itself with the switch. */
    public void linkUp(String processor) {
        List.copyOf(sessions.values()).stream()
                .filter(hosted -> hosted.session().origin().processor().equals(processor))
                .forEach(hosted -> pace.add(hosted::linkUp));
    }

    // ---- the cluster

    /** A node has left the cluster: killed, frozen, cut off or closed. */
    public void nodeLeft(String node) {
        orphans.nodeLeft(node);
    }

    /**
     * This node hears a majority again, or has joined the others after a partition: others may have taken sessions of it,
     * and events may have been missed.
     */
    public void regained() {
        for (Hosted hosted : List.copyOf(sessions.values())) {
            hosted.verify();
            pace.add(hosted::linkUp);
        }
    }

    // ---- the twins

    /** A twin takes a session over: completes when everything of it is stored and this node has let go. */
    public CompletionStage<Void> handOver(SessionId id, Epoch newEpoch) {
        return handOver(id, newEpoch, "");
    }

    private CompletionStage<Void> handOver(SessionId id, Epoch newEpoch, String by) {
        Hosted hosted = sessions.get(id);
        return hosted == null || !hosted.session().epoch().isOlderThan(newEpoch)
                ? CompletableFuture.completedFuture(null)
                : hosted.handOver(by);
    }

    /** A session of this node has been overridden: completes when its client has been told. */
    public CompletionStage<Void> overridden(SessionId id, Epoch newEpoch) {
        return overridden(id, newEpoch, "");
    }

    private CompletionStage<Void> overridden(SessionId id, Epoch newEpoch, String by) {
        expected.overridden(id, newEpoch);
        Hosted hosted = sessions.get(id);
        return hosted == null || !hosted.session().epoch().isOlderThan(newEpoch)
                ? CompletableFuture.completedFuture(null)
                : hosted.override(by);
    }

    /**
     * An administrator ends a session of this node, unless an interaction is open.
     *
     * @return whether its end has begun; fails if it is not here, any more or yet
     */
    public CompletionStage<Boolean> endByAdministrator(SessionId id) {
        Hosted hosted = sessions.get(id);
        return hosted == null
                ? CompletableFuture.failedFuture(new IllegalStateException("the session is not here; try again"))
                : hosted.endByAdministrator();
    }

    /**
     * Asks whoever has a session, here or elsewhere, to let go of it; completes whether it does or not.
     *
     * @param by the connection that asked for it, or had
     */
    CompletionStage<Void> takeFrom(String node, SessionId id, Epoch newEpoch, String by) {
        return handOver(id, newEpoch, by)
                .handle((here, failure) -> null)
                .thenCompose(here -> ports.place().node().equals(node)
                        ? CompletableFuture.<Void>completedFuture(null)
                        : ports.peers().handOver(node, id, newEpoch))
                .handle((there, failure) -> null);
    }

    CompletionStage<Void> tellOverridden(DirectoryEntry old, Epoch newEpoch, String by) {
        return ports.place().node().equals(old.node())
                ? overridden(old.session(), newEpoch, by)
                : ports.peers().overridden(old.node(), old.session(), newEpoch);
    }

    // ---- for preparation and binding

    Hosted find(SessionId id) {
        return sessions.get(id);
    }

    Expected expected() {
        return expected;
    }

    /**
     * Begins to own a session.
     *
     * @param forClient whether its client asked for it, over another connection than it may have here
     */
    Hosted adopt(
            SessionState state, Epoch epoch, List<StoredSession.StoredAnswer> answers, long step, boolean forClient) {
        SessionSettings.Processor processor = ports.processors().get(state.processor());
        Session session = new Session(state, epoch, answers, ports.settings(), processor, rulesOf(processor));
        String agentKey = key(state.processor(), state.agent().agent());
        Hosted[] self = new Hosted[1];
        self[0] = new Hosted(session, step, ports, owned, connection -> left(connection, state.id()), () -> {
            sessions.remove(state.id(), self[0]);
            byAgent.computeIfPresent(agentKey, (key, all) -> all.remove(self[0]) && all.isEmpty() ? null : all);
        });
        Hosted before = sessions.put(state.id(), self[0]);
        if (before != null) {
            before.superseded(forClient);
        }
        byAgent.computeIfAbsent(agentKey, key -> new ArrayList<>(1)).add(self[0]);
        return self[0];
    }

    /** Something begins for a connection that takes a while: should it close meanwhile, that must not be missed. */
    void enter(String connection) {
        entered.merge(connection, 1, Integer::sum);
    }

    /** Returns whether a connection for which something has begun is still there. */
    boolean isThere(String connection) {
        return entered.containsKey(connection);
    }

    /** What has begun is over. */
    void leave(String connection) {
        if (isThere(connection)) {
            entered.merge(connection, -1, (count, one) -> count == 1 ? null : count - 1);
        }
    }

    void bound(String connection, SessionId id) {
        byConnection.computeIfAbsent(connection, any -> new HashSet<>(1)).add(id);
    }

    private void left(String connection, SessionId id) {
        byConnection.computeIfPresent(connection, (any, bound) -> bound.remove(id) && bound.isEmpty() ? null : bound);
    }

    // ---- answers

    /** Tells whether the session exists at all: then it is only not bound by this client. */
    private void notBound(String connection, String requestId, String serviceId, String resourceId) {
        ports.store().find(new SessionId(resourceId), StoredSession.NO_EVENTS).whenComplete((stored, failure) -> {
            if (failure == null && stored.isEmpty()) {
                unknownResource(connection, requestId, serviceId, resourceId);
            } else {
                Failure why = Failure.of(FailureCode.NOT_BOUND, "bind the resource first");
                answer(connection, new Response.ResourceError(requestId, serviceId, resourceId, why));
            }
        });
    }

    void unknownResource(String connection, String requestId, String serviceId, String resourceId) {
        Failure why = Failure.of(FailureCode.UNKNOWN_RESOURCE, "no such session, or it has ended; prepare a new one");
        answer(connection, new Response.ResourceError(requestId, serviceId, resourceId, why));
    }

    private void serviceFailure(String connection, Request.Service request, Failure failure) {
        answer(
                connection,
                new Response.ServiceFailure(
                        request.requestId(), request.serviceId(), request.command(), failure, request.original()));
    }

    private void answer(String connection, Response response) {
        ports.clients().send(connection, new Outbound.Answer(response));
    }

    private Map<String, Object> capabilities(SessionSettings.Processor processor) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("protocol-version", 1);
        data.put("telephony", true);
        data.put("multimedia", false);
        data.put("channel-groups", true);
        data.put("call-models", processor.models());
        data.put("default-call-model", processor.models().get(0));
        data.put(
                "requests",
                rulesOf(processor).supported().stream().map(Verb::wire).toList());
        data.put("not-ready-reasons", processor.notReadyReasons());
        data.put("dispositions", processor.dispositions());
        data.put("resume", true);
        data.put("replay-window", ports.settings().keepEvents());
        data.put("supervisor", false);
        return data;
    }

    private ActionRules rulesOf(SessionSettings.Processor processor) {
        return rules.computeIfAbsent(processor.id(), any -> new ActionRules(processor.operations()));
    }

    private static String key(String processor, String agent) {
        return processor + '\n' + agent;
    }
}
