package io.interactionprocessor.session;

import io.interactionprocessor.model.AgentKey;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Inbound;
import io.interactionprocessor.protocol.Outbound;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.session.SessionState.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One {@code prepareSession} (protocol 4.1): credentials, then the directory's claim, then the new session. */
final class Preparation {
    /**
     * For so long the directory is asked again while its answers get lost, in ms: long enough for a frozen member to be dropped,
     * which takes 5 s, and less than a client waits.
     */
    private static final long ASKED_FOR = 8_000;

    private static final long ASKED_AGAIN_AFTER = 100;

    private final SessionHost host;
    private final HostPorts ports;
    private final Inbound.Call call;
    private final Request.PrepareSession request;
    private final SessionSettings.Processor processor;
    private final AgentKey agent;
    /** The epoch of the session that has replaced the one that is being claimed, {@link Epoch#NONE} if none has. */
    private Epoch overriddenBy = Epoch.NONE;
    /** A session that this request was granted, and that another login has overridden since, or null. */
    private SessionId overridden;
    /** When the directory is not asked again any more. */
    private long giveUpAt;

    Preparation(SessionHost host, HostPorts ports, Inbound.Call call, Request.PrepareSession request) {
        this.host = host;
        this.ports = ports;
        this.call = call;
        this.request = request;
        this.processor = ports.processors().get(request.serviceId());
        this.agent = new AgentKey(ports.domain(), request.agent());
    }

    void run() {
        host.enter(call.connection());
        ports.credentials()
                .verify(processor.id(), request.agent(), request.password(), call.remote())
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        unknownOutcome();
                    } else {
                        verified(result);
                    }
                });
    }

    private void verified(Ports.Credentials.Result result) {
        String model = request.model() == null ? processor.models().get(0) : request.model();
        if (result.verdict() == Ports.Credentials.Verdict.TOO_MANY_ATTEMPTS) {
            fail(
                    FailureCode.TOO_MANY_ATTEMPTS,
                    "too many failed logins; try again in " + result.retryAfterSeconds() + " s");
        } else if (result.verdict() == Ports.Credentials.Verdict.INVALID) {
            fail(FailureCode.INVALID_CREDENTIALS, "agent id or password is wrong");
        } else if (!processor.models().contains(model)) {
            fail(FailureCode.UNKNOWN_MODEL, "no such call model; use one of " + processor.models());
        } else if (!ports.place().quorum()) {
            fail(FailureCode.NO_QUORUM, "this node is cut off from the others; connect to another node");
        } else if (!ports.place().accepting()) {
            fail(
                    FailureCode.NOT_ACCEPTING_SESSIONS,
                    "this node takes no new sessions: it is draining, or has no room; connect to another node");
        } else {
            ports.calls().available(processor.id()).whenComplete((up, failure) -> {
                if (failure == null && up) {
                    prepare(model);
                } else {
                    fail(FailureCode.CTI_UNAVAILABLE, "no node has a working link to the CTI; try again later");
                }
            });
        }
    }

    private void prepare(String model) {
        giveUpAt = ports.time().now() + ASKED_FOR;
        claim(newId(), model, false);
    }

    /**
     * Also for an override: nearly every agent has no session, and of one that has, what is there has to be read first.
     *
     * @param again whether it was asked before and the answer got lost
     */
    private void claim(SessionId id, String model, boolean again) {
        ask(
                id,
                () -> ports.directory()
                        .claim(agent, id, ports.place().node(), ports.time().now()),
                () -> claim(usable(id), model, true),
                outcome -> {
                    if (outcome.granted()) {
                        granted(id, model, null, outcome.after());
                    } else if (!request.override()) {
                        confirm(model, outcome.before());
                    } else if (again) {
                        // what is there may have overridden the claim whose answer was lost
                        overtaken(model, null, outcome.before());
                    } else {
                        override(id, model, outcome.before(), false);
                    }
                });
    }

    /**
     * Overrides what is there.
     *
     * @param seen what was there
     * @param onlySeen nothing that was granted since; so it is whenever it is asked again, since the answer may have been lost
     */
    private void override(SessionId id, String model, DirectoryEntry seen, boolean onlySeen) {
        ask(
                id,
                () -> ports.directory()
                        .override(
                                agent,
                                DirectoryEntry.epochOf(seen),
                                onlySeen,
                                id,
                                ports.place().node(),
                                ports.time().now()),
                () -> override(usable(id), model, seen, true),
                outcome -> {
                    DirectoryEntry before = outcome.before();
                    if (outcome.granted()) {
                        boolean repeated = before != null && id.equals(before.session());
                        granted(id, model, repeated ? seen : before, outcome.after());
                    } else {
                        overtaken(model, seen, before);
                    }
                });
    }

    /** Asks the directory to grant a session, again if the answer gets lost. */
    private void ask(
            SessionId id,
            Supplier<CompletionStage<DirectoryEntry.Outcome>> change,
            Runnable again,
            Consumer<DirectoryEntry.Outcome> answered) {
        if (!host.isThere(call.connection())) {
            // a client that is gone may have another session by now, which this one would destroy
            host.expected().hasClaimed(id);
            return;
        }
        host.expected().claims(id);
        change.get().whenComplete((outcome, failure) -> {
            // the platform drops one silent node after the other: without a majority it asks no backup, and the others
            // know nothing
            boolean quorum = ports.place().quorum();
            if (failure != null && quorum && ports.time().now() < giveUpAt) {
                ports.timers().after(ASKED_AGAIN_AFTER, again);
                return;
            }
            noteOverride(id);
            if (failure == null && quorum) {
                answered.accept(outcome);
            } else {
                unknownOutcome();
            }
        });
    }

    /** Returns the id to ask with again: what was granted with this one may be over. */
    private SessionId usable(SessionId id) {
        if (host.expected().overriddenBy(id).equals(Epoch.NONE)) {
            return id;
        }
        noteOverride(id);
        return newId();
    }

    private void noteOverride(SessionId id) {
        overriddenBy = host.expected().hasClaimed(id);
        if (!overriddenBy.equals(Epoch.NONE)) {
            overridden = id;
        }
    }

    private SessionId newId() {
        return new SessionId(ports.ids().nextSession());
    }

    /** Takes the place of a session that is over, unless something else has been granted since it was seen to be. */
    private void replaceUnlessOvertaken(String model, DirectoryEntry seen) {
        override(newId(), model, seen, true);
    }

    /**
     * Something was granted since the directory was read. Where this request does not know whether before or after itself, the
     * client has to say whether that is to be destroyed as well.
     */
    private void overtaken(String model, DirectoryEntry seen, DirectoryEntry present) {
        boolean another = present != null
                && present.occupied()
                && (seen == null || !present.session().equals(seen.session()));
        if (!another) {
            replaceUnlessOvertaken(model, present);
            return;
        }
        if (seen != null && seen.occupied()) {
            // if it was overridden by the claim whose answer is lost, nobody has told it yet
            replace(seen, present.epoch());
        }
        if (!request.override()) {
            confirm(model, present);
        } else if (overridden != null) {
            // who has been overridden has been prepared
            prepared(overridden);
        } else {
            unknownOutcome();
        }
    }

    /** The claim may or may not have come about: if it has, the next one is asked to confirm, and can override. */
    private void unknownOutcome() {
        if (ports.place().quorum()) {
            fail(FailureCode.TIMEOUT, "the cluster did not answer in time; send the request again");
        } else {
            fail(FailureCode.NO_QUORUM, "this node is cut off from the others; connect to another node");
        }
    }

    private void granted(SessionId id, String model, DirectoryEntry before, DirectoryEntry after) {
        Epoch epoch = after.epoch();
        boolean replaces = before != null && before.occupied();
        CompletionStage<Void> replaced = replaces ? replace(before, epoch) : CompletableFuture.completedFuture(null);
        SessionState state = new SessionState(
                id,
                processor.id(),
                agent,
                ports.credentials().nameOf(processor.id(), request.agent()).orElse(request.agent()),
                model,
                after.since(),
                Phase.PREPARED,
                false,
                null,
                "",
                0,
                0,
                0,
                0,
                null,
                List.of(),
                null,
                0,
                Set.of());
        Hosted hosted = host.adopt(state, epoch, List.of(), 0, true);
        // it may have been overridden before it was stored: it has been prepared all the same
        hosted.begin()
                .handle((stored, gone) -> replaced)
                .thenCompose(told -> told)
                .whenComplete((done, failure) -> prepared(id));
        // word of an override may have come before this session was there to be told
        host.overridden(id, overriddenBy);
    }

    /** Tells the old session's owner; whether or not it hears it, the old session is over. */
    private CompletionStage<Void> replace(DirectoryEntry before, Epoch epoch) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        host.tellOverridden(before, epoch, call.connection()).whenComplete((ok, failure) -> told.complete(null));
        ports.timers().after(ports.settings().handOverTimeout(), () -> told.complete(null));
        return told.thenAccept(any -> Ownership.remove(ports, before.session(), epoch));
    }

    private void confirm(String model, DirectoryEntry present) {
        ports.store().find(present.session(), StoredSession.NO_EVENTS).whenComplete((stored, failure) -> {
            boolean expected =
                    ports.time().now() < present.since() + ports.settings().bindTimeout();
            if (failure == null && stored.isEmpty() && !expected) {
                // what the directory names has never come to be, or is over: a claim or a release has got lost
                replaceUnlessOvertaken(model, present);
                return;
            }
            Optional<SessionState> state = failure == null
                    ? stored.map(StoredSession::state).map(known -> known.boundBy(present.keyHash()))
                    : Optional.empty();
            Phase phase = state.map(SessionState::phase).orElse(Phase.PREPARED);
            int calls = (int) state.stream()
                    .flatMap(s -> s.open().stream())
                    .filter(interaction -> !interaction.conversations().isEmpty())
                    .count();
            send(new Response.SessionConfirm(
                    request.requestId(),
                    request.serviceId(),
                    "agent " + request.agent() + " is logged in already; send override true to end that session",
                    present.since(),
                    phase.name().toLowerCase(Locale.ROOT),
                    ports.place().nameOf(present.node()),
                    calls,
                    request.original()));
        });
    }

    private void prepared(SessionId id) {
        send(new Response.SessionPrepared(request.requestId(), request.serviceId(), id.value(), request.data()));
    }

    private void fail(FailureCode code, String message) {
        String errorId = ports.ids().next();
        Optional<String> known =
                ports.credentials().nameOf(processor.id(), request.agent()).map(name -> request.agent());
        ports.audit().loginRefused(errorId, code, processor.id(), known, call.remote());
        send(new Response.ServiceFailure(
                request.requestId(),
                request.serviceId(),
                request.command(),
                new Failure(code, message, null, errorId),
                request.original()));
    }

    private void send(Response response) {
        host.leave(call.connection());
        ports.clients().send(call.connection(), new Outbound.Answer(response));
    }
}
