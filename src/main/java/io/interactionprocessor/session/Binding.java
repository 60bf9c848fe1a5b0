package io.interactionprocessor.session;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.session.SessionState.Phase;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One {@code bindResource} (protocol 6.1, 6.3): the first binding, a resume over another connection to this node, or a
 * resume that takes the session over from another node, dead or alive. All three read what is stored and go on from there.
 */
final class Binding {
    /** How often the directory is asked while its answers get lost. */
    private static final int ATTEMPTS = 3;

    private final SessionHost host;
    private final HostPorts ports;
    private final Inbound.Call call;
    private final Request.BindResource request;
    private final Runnable whenAnswered;
    private final SessionId id;
    /** The resume key that the client has, or is given by its first binding. */
    private String key;

    private String hashOfKey;

    private AgentKey agent;

    private boolean isAnswered;
    private int attempts;

    /** Binds when run; {@code whenAnswered} runs after its answer has been sent. */
    Binding(SessionHost host, HostPorts ports, Inbound.Call call, Request.BindResource request, Runnable whenAnswered) {
        this.host = host;
        this.ports = ports;
        this.call = call;
        this.request = request;
        this.whenAnswered = whenAnswered;
        this.id = new SessionId(request.resourceId());
    }

    void run() {
        host.enter(call.connection());
        look();
    }

    void look() {
        Hosted here = host.find(id);
        if (here != null) {
            bindHere(here);
        } else {
            ports.store().find(id, StoredSession.NO_EVENTS).whenComplete((stored, failure) -> {
                if (failure != null) {
                    unreachable();
                } else if (host.find(id) != null) {
                    bindHere(host.find(id));
                } else if (stored.isEmpty() || !isOurs(stored.get().state())) {
                    unknown();
                } else {
                    SessionState state = stored.get().state();
                    bindElsewhere(state.agent(), state.resumeKeyHash());
                }
            });
        }
    }

    // ---- the session is here

    private void bindHere(Hosted here) {
        Session session = here.session();
        if (!session.origin().processor().equals(request.serviceId()) || session.phase() == Phase.ENDED) {
            unknown();
        } else if (!mayBind(session.resumeKeyHash())) {
            alreadyBound();
        } else {
            bindInDirectory(session.origin().agent(), outcome -> {
                if (outcome.after().epoch().equals(session.epoch())) {
                    host.expected().hasBound(id);
                    quieten(here);
                } else {
                    // another node was about to take it over and did not come to an end with it
                    takeOver(outcome);
                }
            });
        }
    }

    private void quieten(Hosted here) {
        if (isGivenUp()) {
            return;
        }
        here.beginBinding(call.connection()).whenComplete((quiet, failure) -> {
            if (failure != null) {
                look();
            } else if (here.session().resumeKeyHash() == null || here.isBoundTo(call.connection())) {
                // nobody has heard anything yet, or this connection has heard all
                complete(here, List.of());
            } else {
                readHere(here);
            }
        });
    }

    private void readHere(Hosted here) {
        ports.store().find(id, eventsAfter()).whenComplete((stored, failure) -> {
            if (here.isDropped()) {
                look();
            } else if (failure != null || stored.isEmpty()) {
                here.abandonBinding();
                unreachable();
            } else {
                complete(here, stored.get().events());
            }
        });
    }

    // ---- the session is, or was, elsewhere

    private void bindElsewhere(AgentKey of, String keyHash) {
        if (!mayBind(keyHash)) {
            alreadyBound();
        } else if (!ports.place().quorum()) {
            unreachable();
        } else {
            bindInDirectory(of, this::takeOver);
        }
    }

    /**
     * The directory decides between clients that bind at once, on whichever nodes.
     *
     * @param then goes on; {@link Expected#hasBound} is due when the session is here, or will not be
     */
    private void bindInDirectory(AgentKey of, Consumer<DirectoryEntry.Outcome> then) {
        if (isGivenUp()) {
            return;
        }
        agent = of;
        if (key == null) {
            key = request.resumeKey() == null ? ports.ids().next() : request.resumeKey();
            hashOfKey = ports.ids().hash(key);
        }
        attempts++;
        host.expected().binds(id);
        ports.directory().bind(agent, id, ports.place().node(), hashOfKey).whenComplete((outcome, failure) -> {
            // what is granted to a node that is cut off the others do not know
            if (failure == null && outcome.granted() && ports.place().quorum()) {
                then.accept(outcome);
                return;
            }
            host.expected().hasBound(id);
            if (failure != null && attempts < ATTEMPTS) {
                // it may have been granted: then only this key binds the session
                bindInDirectory(of, then);
            } else if (failure != null || !ports.place().quorum()) {
                unreachable();
            } else if (outcome.before() != null && id.equals(outcome.before().session())) {
                alreadyBound();
            } else {
                unknown();
                Optional.ofNullable(host.find(id)).ifPresent(Hosted::verify);
            }
        });
    }

    private void takeOver(DirectoryEntry.Outcome granted) {
        // without a key it is the first binding, asked again because its answer was lost
        String boundBefore =
                request.resumeKey() == null ? null : granted.before().keyHash();
        new TakeOver(host, ports, this, id, agent, granted, boundBefore).run();
    }

    // ---- for the take-over

    /** The session is here now, and goes on for this client. */
    void takenOver(Hosted hosted, List<StoredEvent> missed) {
        ports.audit().happened(Ports.Audit.Happening.TAKEN_OVER);
        hosted.suspend();
        complete(hosted, missed);
        if (hosted.session().started()) {
            hosted.attaching().attach();
        }
    }

    /** Another node has the session by now. */
    void overtaken() {
        fail(FailureCode.STALE_EPOCH, "another node took the session over meanwhile; bind it again");
    }

    String connection() {
        return call.connection();
    }

    // ---- the end of all three

    private void complete(Hosted hosted, List<StoredEvent> events) {
        Session session = hosted.session();
        boolean first = session.resumeKeyHash() == null;
        Optional<List<String>> missed = first ? Optional.empty() : missed(hosted, events);
        boolean resumed = missed.isPresent();
        boolean snapshot = !resumed && (!first || request.resumeKey() != null);
        Phase state = session.started() ? Phase.ACTIVE : Phase.BOUND;
        Response.Bound data = new Response.Bound(
                key, session.epoch().value(), resumed, state.name().toLowerCase(Locale.ROOT));
        Response.CoreSuccess answer = new Response.CoreSuccess(request.requestId(), request.command(), data);
        Outbound.Bound bound = new Outbound.Bound(id.value(), answer, missed.orElse(List.of()));
        host.bound(call.connection(), id);
        hosted.completeBinding(call.connection(), hashOfKey, bound, snapshot);
        if (!host.isThere(call.connection())) {
            hosted.detach(call.connection());
        }
        host.leave(call.connection());
        answered();
    }

    /** Returns after which event the client has to be told all. */
    long eventsAfter() {
        return request.lastSequence() == null ? StoredSession.NO_EVENTS : request.lastSequence();
    }

    /** The events after the client's last one, or nothing if they are not all there any more. */
    private Optional<List<String>> missed(Hosted hosted, List<StoredEvent> events) {
        Long last = request.lastSequence();
        long newest = hosted.session().sequence();
        if (last == null || last > newest) {
            return Optional.empty();
        }
        if (hosted.isBoundTo(call.connection())) {
            // what it had not heard when it asked it has heard since: no event comes twice
            return Optional.of(List.of());
        }
        long oldest = events.isEmpty() ? newest + 1 : events.get(0).sequence();
        if (last < oldest - 1) {
            return Optional.empty();
        }
        return Optional.of(events.stream()
                .filter(event -> event.sequence() > last)
                .map(StoredEvent::text)
                .toList());
    }

    /**
     * Whether the connection has gone before this node knows that the session is its own: the client has given it up, and may
     * have the session over a newer one, from which it must not be taken. Should the directory have granted what it did not
     * get to say, the comparison finds it, or whoever binds next.
     */
    boolean isGivenUp() {
        boolean gone = !host.isThere(call.connection()) || !ports.clients().isOpen(call.connection());
        if (gone) {
            answered();
        }
        return gone;
    }

    /** A session that nobody has bound is free; later it takes the resume key. */
    private boolean mayBind(String keyHash) {
        return keyHash == null
                || (request.resumeKey() != null && keyHash.equals(ports.ids().hash(request.resumeKey())));
    }

    private boolean isOurs(SessionState state) {
        return state.processor().equals(request.serviceId())
                && state.agent().domain().equals(ports.domain())
                && state.phase() != Phase.ENDED;
    }

    void unknown() {
        host.leave(call.connection());
        host.unknownResource(call.connection(), request.requestId(), request.serviceId(), id.value());
        answered();
    }

    /** The client has its answer, or needs none. */
    private void answered() {
        if (!isAnswered) {
            isAnswered = true;
            whenAnswered.run();
        }
    }

    private void alreadyBound() {
        fail(
                FailureCode.ALREADY_BOUND,
                "the session is bound by another client; resume it with its resumeKey, or prepare a session with override");
    }

    void unreachable() {
        if (ports.place().quorum()) {
            fail(FailureCode.TIMEOUT, "the cluster did not answer in time; send the request again");
        } else {
            fail(FailureCode.NO_QUORUM, "this node is cut off from the others; connect to another node");
        }
    }

    private void fail(FailureCode code, String message) {
        host.leave(call.connection());
        ports.clients()
                .send(
                        call.connection(),
                        new Outbound.Answer(new Response.CoreFailure(
                                request.requestId(),
                                request.command(),
                                Failure.of(code, message),
                                request.original())));
        answered();
    }
}
