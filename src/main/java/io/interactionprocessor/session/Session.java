package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Actions;
import io.interactionprocessor.protocol.Event;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.ObjectKind;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.protocol.SessionCommand;
import io.interactionprocessor.protocol.SessionEndReason;
import io.interactionprocessor.protocol.Snapshot;
import io.interactionprocessor.protocol.Verb;
import io.interactionprocessor.session.SessionState.LogoutRequest;
import io.interactionprocessor.session.SessionState.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One agent's session (protocol 6 and 7): a state machine without I/O, clock or randomness. Each input returns the
 * {@link Step} it led to; {@link SessionHost} carries steps out. Used by one thread.
 */
final class Session {
    /** How long an answer waits for the view that shows the command's effect, so that both are told together. */
    private static final long EFFECT_WAIT = 250;
    /** How soon an end that the switch refused is tried again. */
    private static final long END_RETRY = 5_000;

    private static final String SERIAL = "serial";

    private final SessionState origin;
    private final Epoch epoch;
    private final SessionSettings settings;
    private final SessionSettings.Processor processor;
    private final ActionRules rules;
    private final ObjectTree tree;
    private final Answers answers;

    private Phase phase;
    private boolean started;
    private String resumeKeyHash;
    private String station;
    private long sequence;
    private long viewVersion;
    private LogoutRequest logoutRequest;
    private long detachedAt;

    private final Map<String, Pending> pending = new LinkedHashMap<>(2);
    private final Deque<Waiting> waiting = new ArrayDeque<>(0);
    private final Deque<AgentEvent> held = new ArrayDeque<>(0);
    private boolean notReadySent;
    private Ending ending;
    private long retryEndAt;
    private long ownCommands;

    /** A request that waits until an earlier one on the session or its channel is over. */
    private record Waiting(Request.Resource request, int fingerprint, long deadline) {}

    /** The session is being ended: the switch has been asked to log the agent off. */
    private record Ending(SessionEndReason reason, Pending request, String commandId, long deadline) {}

    /** Goes on from {@code state}. */
    Session(
            SessionState state,
            Epoch epoch,
            List<StoredSession.StoredAnswer> kept,
            SessionSettings settings,
            SessionSettings.Processor processor) {
        this.origin = state;
        this.epoch = epoch;
        this.settings = settings;
        this.processor = processor;
        this.rules = new ActionRules(processor.operations());
        this.tree = new ObjectTree(state.id().value(), rules);
        this.answers = new Answers(settings.keepAnswers(), kept);
        phase = state.phase();
        started = state.started();
        resumeKeyHash = state.resumeKeyHash();
        station = state.station();
        sequence = state.sequence();
        viewVersion = state.viewVersion();
        logoutRequest = state.logoutRequest();
        detachedAt = state.detachedAt();
        tree.restore(state);
    }

    // ---- what it is

    SessionId id() {
        return origin.id();
    }

    Epoch epoch() {
        return epoch;
    }

    String processorId() {
        return origin.processor();
    }

    SessionState origin() {
        return origin;
    }

    Phase phase() {
        return phase;
    }

    boolean started() {
        return started;
    }

    String resumeKeyHash() {
        return resumeKeyHash;
    }

    long sequence() {
        return sequence;
    }

    int openInteractions() {
        return tree.open().size();
    }

    /** Returns everything another node needs to go on. */
    SessionState state() {
        return new SessionState(
                origin.id(),
                origin.processor(),
                origin.agent(),
                origin.agentName(),
                origin.model(),
                origin.since(),
                phase,
                started,
                resumeKeyHash,
                station,
                sequence,
                viewVersion,
                tree.interactions(),
                tree.conversations(),
                tree.channel(),
                tree.open(),
                logoutRequest,
                detachedAt);
    }

    /** Returns the next moment at which {@link #tick} has something to do; {@code Long.MAX_VALUE} for none. */
    long deadline() {
        long next = Long.MAX_VALUE;
        for (Pending operation : pending.values()) {
            next = Math.min(next, Math.min(operation.deadline, operation.effectDeadline));
        }
        if (!waiting.isEmpty()) {
            next = Math.min(next, waiting.peekFirst().deadline());
        }
        if (ending != null) {
            return Math.min(next, ending.deadline());
        }
        if (phase == Phase.PREPARED) {
            next = Math.min(next, origin.since() + settings.bindTimeout());
        } else if (phase == Phase.DETACHED) {
            if (!notReadySent && started) {
                next = Math.min(next, detachedAt + settings.notReadyAfter());
            }
            if (!tree.callIsUp()) {
                next = Math.min(next, Math.max(retryEndAt, detachedAt + settings.endAfter()));
            }
        }
        return next;
    }

    // ---- the connection

    /** A client has bound the session; {@code newKeyHash} is kept if it is the first. */
    void bound(String newKeyHash) {
        if (resumeKeyHash == null) {
            resumeKeyHash = newKeyHash;
        }
        phase = started ? Phase.ACTIVE : Phase.BOUND;
        detachedAt = 0;
        notReadySent = false;
        pending.values().forEach(Pending::inherit);
    }

    /** The connection is gone. */
    void detached(long now) {
        if (phase == Phase.BOUND || phase == Phase.ACTIVE) {
            phase = Phase.DETACHED;
            detachedAt = now;
            pending.values().forEach(Pending::inherit);
        }
    }

    /** The snapshot that replaces events which are no longer there. */
    Step snapshotEvent() {
        Step step = new Step();
        step.tell(new Step.Draft(
                id().value(), null, actions -> new Event.SessionSnapshot(snapshot(sequence))));
        return step;
    }

    /** Another session of the agent has replaced this one. */
    Step overridden() {
        Step step = new Step();
        tellEnded(step, SessionEndReason.OVERRIDDEN, null);
        return step;
    }

    Snapshot snapshot(long at) {
        return new Snapshot(
                id().value(),
                origin.agent().agent(),
                origin.agentName(),
                origin.model(),
                phase.name().toLowerCase(java.util.Locale.ROOT),
                origin.since(),
                rules.ofSession(started),
                tree.snapshot(),
                at);
    }

    // ---- requests

    /** A client's request. */
    Step request(Request.Resource request, long now) {
        Step step = new Step();
        int fingerprint = Answers.fingerprint(request);
        String again = answers.repeated(request.requestId(), fingerprint);
        if (again != null) {
            step.tell(new Step.Again(again));
            return step;
        }
        Pending running = pending.get(request.requestId());
        if (running != null && running.fingerprint == fingerprint) {
            running.repeated();
            return step;
        }
        if (running != null) {
            Failure failure = new Failure(
                    FailureCode.INVALID_REQUEST,
                    "requestId names another request that is not answered yet; use a new one",
                    "/requestId",
                    null);
            step.tell(new Step.Answer(failureOf(request, failure), fingerprint, 1));
            return step;
        }
        admit(new Waiting(request, fingerprint, now + settings.commandTimeout()), now, step);
        return step;
    }

    private void admit(Waiting arrived, long now, Step step) {
        boolean mustWait = isSerial(arrived.request()) && (serialRuns() || !waiting.isEmpty());
        if (!mustWait) {
            execute(arrived, now, step);
        } else if (waiting.size() < settings.maxQueued()) {
            waiting.addLast(arrived);
        } else {
            fail(arrived, FailureCode.TOO_MANY_REQUESTS, "too many requests wait; send fewer at once", step);
        }
    }

    /** Requests on session, group and channel run one after the other; those on interactions refuse a second one. */
    private boolean isSerial(Request.Resource request) {
        if (!started) {
            return true;
        }
        SessionCommand command = request.command();
        return command != null
                && switch (command.verb().kind()) {
                    case SESSION -> command.verb() != Verb.SESSION_SNAPSHOT;
                    case CHANNEL_GROUP, CHANNEL -> true;
                    default -> false;
                };
    }

    private boolean serialRuns() {
        return ending != null || runs(SERIAL);
    }

    private boolean runs(String object) {
        for (Pending operation : pending.values()) {
            if (operation.object.equals(object)) {
                return true;
            }
        }
        return false;
    }

    private void drainWaiting(long now, Step step) {
        while (!waiting.isEmpty() && !serialRuns() && phase != Phase.ENDED) {
            execute(waiting.pollFirst(), now, step);
        }
    }

    private void execute(Waiting arrived, long now, Step step) {
        Request.Resource request = arrived.request();
        SessionCommand command = request.command();
        if (!started && (command == null || command.verb() != Verb.SESSION_START)) {
            fail(arrived, FailureCode.NOT_STARTED, "send session.start first", step);
            return;
        }
        if (command == null) {
            fail(arrived, FailureCode.UNKNOWN_COMMAND, "no such command; getCapabilities lists them", step);
            return;
        }
        Target target = Target.find(id().value(), tree, request.target());
        if (target == null || target.kind() != command.verb().kind()) {
            String why = target == null ? "no such object" : "the target is a " + target.kind();
            fail(arrived, FailureCode.INVALID_TARGET, why + "; the command is for a " + command.verb().kind(), step);
        } else if (command instanceof SessionCommand.Invalid invalid) {
            Failure failure = new Failure(FailureCode.INVALID_REQUEST, invalid.message(), invalid.field(), null);
            answer(arrived, failureOf(request, failure), step);
        } else if (!rules.supports(command.verb())) {
            fail(arrived, FailureCode.NOT_SUPPORTED, "this CTI cannot; getCapabilities lists what it can", step);
        } else if (target.kind() == ObjectKind.SESSION) {
            ofSession(arrived, command, now, step);
        } else {
            ofObject(arrived, command, target, now, step);
        }
    }

    private void ofSession(Waiting arrived, SessionCommand command, long now, Step step) {
        FailureCode why = rules.ofSession(started).blocked().get(command.verb());
        if (why != null) {
            fail(arrived, why, "the session is started already", step);
        } else if (command instanceof SessionCommand.Start start) {
            station = start.extension() == null ? "" : start.extension();
            remember(arrived, SERIAL);
            step.attach();
        } else if (command instanceof SessionCommand.Logout logout) {
            logout(arrived, logout, now, step);
        } else {
            Response.ResourceSuccess success = successOf(arrived.request(), snapshot(sequence));
            answer(arrived, success, step);
        }
    }

    private void logout(Waiting arrived, SessionCommand.Logout logout, long now, Step step) {
        if (!tree.open().isEmpty()) {
            if (logout.whenIdle()) {
                logoutRequest = new LogoutRequest(arrived.request().requestId(), logout.reason());
                answer(arrived, successOf(arrived.request(), null), step);
            } else {
                fail(
                        arrived,
                        FailureCode.INTERACTION_IN_PROGRESS,
                        "end the interaction first, or send data.when \"idle\"",
                        step);
            }
            return;
        }
        end(SessionEndReason.LOGOUT, remember(arrived, SERIAL), now, step);
    }

    private void ofObject(Waiting arrived, SessionCommand command, Target target, long now, Step step) {
        String object = target.interaction() == null
                ? SERIAL
                : target.interaction().fields().id();
        if (target.interaction() != null && runs(object)) {
            fail(
                    arrived,
                    FailureCode.OPERATION_IN_PROGRESS,
                    "another operation on this interaction has not ended; wait for its answer",
                    step);
            return;
        }
        Actions actions = tree.actionsAt(target.path());
        FailureCode why = actions.blocked().get(command.verb());
        if (why != null) {
            fail(arrived, why, command.verb() + " is not possible now; possible are " + actions.allowed(), step);
            return;
        }
        Translation translation = Translation.of(command, target, processor, station);
        if (translation.failure() != null) {
            answer(arrived, failureOf(arrived.request(), translation.failure()), step);
            return;
        }
        Pending operation = remember(arrived, object);
        step.order(commandId(operation.request.requestId()), translation.command());
    }

    private Pending remember(Waiting arrived, String object) {
        Pending operation = new Pending(object, arrived.request(), arrived.fingerprint(), arrived.deadline());
        pending.put(arrived.request().requestId(), operation);
        return operation;
    }

    // ---- the switch's side

    /** The switch's reply to an {@link Step.Order}. */
    Step replied(String commandId, Reply reply, long now) {
        Step step = new Step();
        String requestId = requestOf(commandId);
        Pending operation = requestId == null ? null : pending.get(requestId);
        if (ending != null && commandId.equals(ending.commandId())) {
            endReplied(reply, now, step);
        } else if (operation != null) {
            operation.reply = reply;
            operation.effectDeadline = now + EFFECT_WAIT;
            if (!reply.accepted() || reply.version() <= viewVersion) {
                complete(operation, step);
            }
        }
        drainHeld(now, step);
        drainWaiting(now, step);
        return step;
    }

    private void complete(Pending operation, Step step) {
        pending.remove(operation.request.requestId());
        Response response = operation.reply.accepted()
                ? successOf(operation.request, null)
                : failureOf(operation.request, Refusals.failure(operation.reply));
        step.tell(new Step.Answer(response, operation.fingerprint, operation.copies));
    }

    /** The agent has changed on the switch. */
    Step changed(AgentEvent event, long now) {
        Step step = new Step();
        if (started && event.view().version() > viewVersion) {
            held.addLast(event);
            drainHeld(now, step);
            drainWaiting(now, step);
        }
        return step;
    }

    /** Applies the events that do not have to wait for the reply to the command that caused them. */
    private void drainHeld(long now, Step step) {
        while (!held.isEmpty() && phase != Phase.ENDED) {
            AgentEvent event = held.peekFirst();
            String requestId = event.commandId() == null ? null : requestOf(event.commandId());
            Pending cause = requestId == null ? null : pending.get(requestId);
            if (cause != null && cause.reply == null && (ending == null || ending.request() != cause)) {
                return;
            }
            held.removeFirst();
            long version = event.view().version();
            if (version <= viewVersion) {
                continue;
            }
            for (Pending operation : List.copyOf(pending.values())) {
                boolean ends = ending != null && ending.request() == operation;
                if (!ends && operation.reply != null && operation.reply.version() <= version) {
                    complete(operation, step);
                }
            }
            viewVersion = version;
            // an answer that has not been told (logout; the node before died) must not come after its events
            String told = answers.knows(requestId) || toldIn(step, requestId) ? requestId : null;
            ViewDiff.apply(tree, event.view(), event.ended(), false, told, step);
            afterChange(now, step);
        }
    }

    private static boolean toldIn(Step step, String requestId) {
        return requestId != null
                && step.outputs().stream()
                        .anyMatch(output -> output instanceof Step.Answer answer
                                && requestId.equals(answer.response().requestId()));
    }

    private void afterChange(long now, Step step) {
        if (ending != null) {
            finishEnd(step);
        } else if (logoutRequest != null && tree.open().isEmpty()) {
            end(SessionEndReason.LOGOUT, null, now, step);
        }
    }

    /** The outcome of attaching to the agent: the answer to {@code session.start}, or a comparison with the truth. */
    Step attached(Attachment attachment, long now) {
        Step step = new Step();
        Pending start = pending.values().stream()
                .filter(p -> p.request.command() instanceof SessionCommand.Start)
                .findFirst()
                .orElse(null);
        if (start != null) {
            pending.remove(start.request.requestId());
            begin(start, attachment, step);
        } else if (started && attachment.accepted() && attachment.view().version() > viewVersion) {
            viewVersion = attachment.view().version();
            ViewDiff.apply(tree, attachment.view(), Map.of(), true, null, step);
            afterChange(now, step);
            drainHeld(now, step);
        }
        drainWaiting(now, step);
        return step;
    }

    /** The link has come up anew: the next view counts, whatever its version. */
    void linkUp() {
        if (started) {
            viewVersion = 0;
        }
    }

    private void begin(Pending start, Attachment attachment, Step step) {
        if (!attachment.accepted()) {
            Reply refused = Reply.refused(attachment.refusal(), attachment.message());
            Response failure = failureOf(start.request, Refusals.failure(refused));
            step.tell(new Step.Answer(failure, start.fingerprint, start.copies));
            return;
        }
        started = true;
        phase = phase == Phase.BOUND ? Phase.ACTIVE : phase;
        AgentView view = attachment.view();
        viewVersion = view.version();
        tree.plant(view);
        step.tell(new Step.Answer(successOf(start.request, null), start.fingerprint, start.copies));
        String cause = start.request.requestId();
        draft(step, tree.groupPath(), cause, new Event.Created(tree.group(), Actions.NONE));
        draft(step, tree.channelPath(), cause, new Event.Created(tree.channel(), Actions.NONE));
        ViewDiff.apply(tree, view, Map.of(), false, cause, step);
        draft(step, tree.channelPath(), cause, new Event.Initialized(ObjectKind.CHANNEL));
        draft(step, tree.groupPath(), cause, new Event.Initialized(ObjectKind.CHANNEL_GROUP));
        draft(step, id().value(), cause, new Event.SessionInitialized());
    }

    // ---- time and the end

    /** Something is due. */
    Step tick(long now) {
        Step step = new Step();
        for (Pending operation : List.copyOf(pending.values())) {
            if (operation.reply != null && operation.effectDeadline <= now) {
                complete(operation, step);
            } else if (operation.deadline <= now) {
                timedOut(operation, step);
            }
        }
        while (!waiting.isEmpty() && waiting.peekFirst().deadline() <= now) {
            fail(waiting.pollFirst(), FailureCode.TIMEOUT, "its turn did not come in time", step);
        }
        if (ending != null && ending.deadline() <= now) {
            endFailed(now);
        }
        if (ending == null) {
            tickDetached(now, step);
        }
        drainHeld(now, step);
        drainWaiting(now, step);
        return step;
    }

    private void timedOut(Pending operation, Step step) {
        pending.remove(operation.request.requestId());
        Failure failure = Failure.of(
                FailureCode.TIMEOUT, "no answer in time: it may have been executed, the next event of the object tells");
        step.tell(new Step.Answer(failureOf(operation.request, failure), operation.fingerprint, operation.copies));
        if (started) {
            step.attach();
        }
    }

    private void tickDetached(long now, Step step) {
        if (phase == Phase.PREPARED && now >= origin.since() + settings.bindTimeout()) {
            end(SessionEndReason.EXPIRED, null, now, step);
        }
        if (phase != Phase.DETACHED) {
            return;
        }
        if (started && !notReadySent && now >= detachedAt + settings.notReadyAfter()) {
            notReadySent = true;
            if (tree.channel().state() == ChannelState.ACTIVE
                    && tree.channel().availability() != Availability.NOT_READY) {
                step.order(ownCommandId(), new Command.SetState(Availability.NOT_READY, "connectionLost"));
            }
        }
        if (now >= Math.max(retryEndAt, detachedAt + settings.endAfter()) && !tree.callIsUp()) {
            end(SessionEndReason.EXPIRED, null, now, step);
        }
    }

    /** Ends the session: first the agent is logged off, then it is told, then it is over (protocol 6.1). */
    private void end(SessionEndReason reason, Pending request, long now, Step step) {
        logoutRequest = null;
        String commandId = request == null ? ownCommandId() : commandId(request.request.requestId());
        ending = new Ending(reason, request, commandId, now + settings.commandTimeout());
        if (tree.planted() && tree.channel().state() == ChannelState.ACTIVE) {
            step.order(commandId, new Command.LogOff());
        } else {
            finishEnd(step);
        }
    }

    private void endReplied(Reply reply, long now, Step step) {
        if (reply.accepted()) {
            if (ending.request() != null) {
                ending.request().reply = reply;
            }
            return;
        }
        Pending request = ending.request();
        if (request != null) {
            request.reply = reply;
            complete(request, step);
        }
        endFailed(now);
    }

    private void endFailed(long now) {
        ending = null;
        retryEndAt = now + END_RETRY;
    }

    /** Completes the end once the channel is inactive. */
    private void finishEnd(Step step) {
        if (tree.planted() && tree.channel().state() == ChannelState.ACTIVE) {
            return;
        }
        Pending request = ending.request();
        if (tree.planted()) {
            draft(step, tree.channelPath(), null, new Event.Disposed(ObjectKind.CHANNEL));
            draft(step, tree.groupPath(), null, new Event.Disposed(ObjectKind.CHANNEL_GROUP));
        }
        String cause = null;
        if (request != null) {
            pending.remove(request.request.requestId());
            step.tell(new Step.Answer(successOf(request.request, null), request.fingerprint, request.copies));
            cause = request.request.requestId();
        }
        tellEnded(step, ending.reason(), cause);
    }

    private void tellEnded(Step step, SessionEndReason reason, String requestId) {
        for (Pending operation : List.copyOf(pending.values())) {
            Failure failure = Failure.of(FailureCode.UNKNOWN_RESOURCE, "the session has ended");
            step.tell(new Step.Answer(failureOf(operation.request, failure), operation.fingerprint, operation.copies));
        }
        while (!waiting.isEmpty()) {
            fail(waiting.pollFirst(), FailureCode.UNKNOWN_RESOURCE, "the session has ended", step);
        }
        pending.clear();
        draft(step, id().value(), requestId, new Event.SessionEnded(reason));
        phase = Phase.ENDED;
        step.end(reason);
    }

    // ---- telling

    /** What a step says, rendered: frames for the client, and what is to be kept of them. */
    Transcript transcribe(Step step) {
        Map<String, Actions> now = tree.actionsByPath();
        Map<String, Actions> before = tree.announce(now);
        Transcript transcript = new Transcript(origin.processor(), id().value(), answers);
        List<String> carried = new ArrayList<>();
        for (Step.Output output : step.outputs()) {
            if (output instanceof Step.Draft draft) {
                Actions actions = now.getOrDefault(draft.target(), Actions.NONE);
                sequence++;
                if (transcript.event(draft, sequence, actions)) {
                    carried.add(draft.target());
                }
            } else {
                transcript.answer(output);
            }
        }
        String requestId = transcript.lastCause();
        now.forEach((path, actions) -> {
            if (!Objects.equals(before.get(path), actions) && !carried.contains(path)) {
                sequence++;
                transcript.event(
                        new Step.Draft(path, requestId, Event.ActionsUpdated::new), sequence, actions);
            }
        });
        return transcript;
    }

    private static void draft(Step step, String target, String requestId, Event.Body body) {
        step.tell(new Step.Draft(target, requestId, actions -> {
            if (body instanceof Event.Created created) {
                return new Event.Created(created.fields(), actions);
            }
            return body;
        }));
    }

    private void answer(Waiting arrived, Response response, Step step) {
        step.tell(new Step.Answer(response, arrived.fingerprint(), 1));
    }

    private void fail(Waiting arrived, FailureCode code, String message, Step step) {
        answer(arrived, failureOf(arrived.request(), Failure.of(code, message)), step);
    }

    private static Response.ResourceSuccess successOf(Request.Resource request, Snapshot snapshot) {
        return new Response.ResourceSuccess(
                request.requestId(),
                request.serviceId(),
                request.resourceId(),
                request.commandName(),
                request.target(),
                snapshot);
    }

    private static Response.ResourceFailure failureOf(Request.Resource request, Failure failure) {
        return new Response.ResourceFailure(
                request.requestId(),
                request.serviceId(),
                request.resourceId(),
                request.commandName(),
                request.target(),
                failure,
                request.original());
    }

    private String commandId(String requestId) {
        return id().value() + ':' + requestId;
    }

    private String ownCommandId() {
        return id().value() + '!' + epoch + '.' + ++ownCommands;
    }

    private String requestOf(String commandId) {
        String prefix = id().value() + ':';
        return commandId.startsWith(prefix) ? commandId.substring(prefix.length()) : null;
    }

}
