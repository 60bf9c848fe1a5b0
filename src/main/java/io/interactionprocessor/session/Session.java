package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.model.csta.AgentEvent;
import io.interactionprocessor.model.csta.AgentView;
import io.interactionprocessor.model.csta.Attachment;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Event;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.SessionEndReason;
import io.interactionprocessor.protocol.Snapshot;
import io.interactionprocessor.protocol.Verb;
import io.interactionprocessor.session.SessionState.LogoutRequest;
import io.interactionprocessor.session.SessionState.Phase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * One agent's session (protocol 6 and 7): a state machine without I/O, clock or randomness. Each input returns the
 * {@link Step} it led to; {@link SessionHost} carries steps out. Used by one thread.
 */
final class Session {
    private final SessionState origin;
    private final Epoch epoch;
    private final SessionSettings settings;
    private final SessionSettings.Processor processor;
    private final ActionRules rules;
    private final ObjectTree tree;
    private final Answers answers;
    private final Operations operations;
    private final Presence presence;
    private final CommandIds ids;
    private final SessionEnd end;
    private final Inheritance inheritance;

    private boolean started;
    private String station;
    private long sequence;
    private long viewVersion;

    private final Deque<AgentEvent> held = new ArrayDeque<>(0);

    /** Goes on from {@code state}. */
    Session(
            SessionState state,
            Epoch epoch,
            List<StoredSession.StoredAnswer> kept,
            SessionSettings settings,
            SessionSettings.Processor processor,
            ActionRules rules) {
        this.origin = state;
        this.epoch = epoch;
        this.settings = settings;
        this.processor = processor;
        this.rules = rules;
        this.tree = new ObjectTree(state.id().value(), rules);
        this.answers = new Answers(settings.keepAnswers(), kept);
        this.operations = new Operations(settings, answers);
        this.presence = new Presence(settings, state);
        this.ids = new CommandIds(state.id(), epoch);
        this.end = new SessionEnd(state.id().value(), tree, operations, presence, ids, settings, state.logoutRequest());
        this.inheritance = new Inheritance(state.started());
        started = state.started();
        station = state.station();
        sequence = state.sequence();
        viewVersion = state.viewVersion();
        tree.restore(state);
    }

    // ---- what it is

    SessionId id() {
        return origin.id();
    }

    Epoch epoch() {
        return epoch;
    }

    SessionState origin() {
        return origin;
    }

    Phase phase() {
        return presence.phase();
    }

    boolean started() {
        return started;
    }

    String resumeKeyHash() {
        return presence.resumeKeyHash();
    }

    long sequence() {
        return sequence;
    }

    /** Returns since when no connection has it bound, milliseconds since 1970-01-01 UTC; 0 while one has. */
    long detachedAt() {
        return presence.detachedAt();
    }

    /** Returns whether no request waits for anything. */
    boolean isQuiet() {
        return operations.isIdle();
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
                presence.phase(),
                started,
                presence.resumeKeyHash(),
                station,
                sequence,
                viewVersion,
                tree.interactions(),
                tree.conversations(),
                tree.channel(),
                tree.open(),
                end.whenIdle(),
                presence.detachedAt(),
                tree.busy());
    }

    /** Returns the next moment at which {@link #tick} has something to do; {@code Long.MAX_VALUE} for none. */
    long deadline() {
        long next = operations.deadline();
        next = Math.min(next, end.deadline());
        return end.isRunning() ? next : Math.min(next, presence.deadline(tree.takesInteractions(), tree.callIsUp()));
    }

    // ---- the connection

    /** A client has bound the session, over another connection or anew; {@code newKeyHash} is kept if it is the first. */
    void bound(String newKeyHash, boolean sameConnection) {
        presence.bound(newKeyHash, started);
        end.clientIsBack();
        if (!sameConnection) {
            operations.inherit();
        }
    }

    /** The connection is gone. */
    void detached(long now) {
        if (presence.detached(now)) {
            operations.inherit();
        }
    }

    /** The snapshot that replaces events which are no longer there. */
    Step snapshotEvent() {
        Step step = new Step();
        step.tell(new Step.Draft(id().value(), null, actions -> new Event.SessionSnapshot(snapshot(sequence + 1))));
        return step;
    }

    /** Another session of the agent has replaced this one. */
    Step overridden() {
        Step step = new Step();
        end.tell(SessionEndReason.OVERRIDDEN, null, step);
        return step;
    }

    /** An administrator ends the session: the agent is logged off the switch first. Not while an interaction is open. */
    Step endByAdministrator(long now) {
        Step step = new Step();
        if (!end.isRunning()) {
            end.begin(SessionEndReason.ADMINISTRATOR, null, now, step);
        }
        return step;
    }

    Snapshot snapshot(long at) {
        return new Snapshot(
                id().value(),
                origin.agent().agent(),
                origin.agentName(),
                origin.model(),
                phase().name().toLowerCase(java.util.Locale.ROOT),
                origin.since(),
                rules.ofSession(started),
                tree.snapshot(),
                at);
    }

    // ---- requests

    /** A client's request. */
    Step request(Request.Resource request, long now) {
        Step step = new Step();
        int fingerprint = answers.fingerprint(request);
        if (operations.repeated(request, fingerprint, step)) {
            return step;
        }
        Pending arrived = new Pending(request, fingerprint, now + settings.commandTimeout());
        if ((!started || Operations.isSerial(request.command())) && (serialRuns() || operations.someWait())) {
            operations.await(arrived, step);
        } else {
            execute(arrived, now, step);
        }
        return step;
    }

    private boolean serialRuns() {
        return end.isRunning() || operations.runs(Operations.SERIAL);
    }

    private void drainWaiting(long now, Step step) {
        while (operations.someWait() && !serialRuns() && phase() != Phase.ENDED) {
            execute(operations.next(), now, step);
        }
    }

    private void execute(Pending arrived, long now, Step step) {
        Decision decision = inheritance.reconsider(
                Decision.on(
                        arrived.request,
                        new Decision.Circumstances(id().value(), started, station, tree, rules, operations, processor)),
                arrived,
                now);
        if (decision instanceof Decision.Refuse refuse) {
            Operations.refuse(arrived, refuse.failure(), step);
        } else if (decision instanceof Decision.Start start) {
            station = start.station();
            tree.wantStation(station);
            operations.begin(arrived, Operations.SERIAL, null, now);
            step.attach();
        } else if (decision instanceof Decision.LogOut) {
            end.begin(
                    SessionEndReason.LOGOUT,
                    operations.begin(arrived, Operations.SERIAL, ids.of(arrived), now),
                    now,
                    step);
        } else if (decision instanceof Decision.LogOutWhenIdle wanted) {
            Operations.answer(arrived, Operations.successOf(arrived.request, null), step);
            end.whenIdle(
                    new LogoutRequest(arrived.request.requestId(), wanted.reason()),
                    rules.supports(Verb.CHANNEL_NOTREADY),
                    step);
        } else if (decision instanceof Decision.Show) {
            step.tell(new Step.Shown(
                    at -> Operations.successOf(arrived.request, snapshot(at)), arrived.fingerprint, arrived.copies));
        } else if (decision instanceof Decision.Order order) {
            String commandId = ids.of(arrived);
            operations.begin(arrived, order.object(), commandId, now);
            step.order(commandId, order.command());
        }
    }

    // ---- the switch's side

    /** The switch's reply to an {@link Step.Order}. */
    Step replied(String commandId, Reply reply, long now) {
        Step step = new Step();
        Pending operation = operations.of(commandId);
        if (end.waitsForReplyTo(commandId)) {
            end.replied(reply, now, step);
        } else if (operation != null && operations.replied(operation, reply, viewVersion, now, step) && started) {
            step.attach();
        }
        drainHeld(now, step);
        drainWaiting(now, step);
        return step;
    }

    /** The agent has changed on the switch. */
    Step changed(AgentEvent event, long now) {
        Step step = new Step();
        // what happens while session.start runs may be newer than the view that answers it
        if (operations.isStarting() || (started && event.view().version() > viewVersion)) {
            held.addLast(event);
            drainHeld(now, step);
            drainWaiting(now, step);
        }
        return step;
    }

    /** Applies the events that do not have to wait for the reply to the command that caused them. */
    private void drainHeld(long now, Step step) {
        while (started && !held.isEmpty() && phase() != Phase.ENDED) {
            AgentEvent event = held.peekFirst();
            Pending cause = operations.of(event.commandId());
            if (cause != null && cause.reply == null && end.request() != cause) {
                return;
            }
            held.removeFirst();
            long version = event.view().version();
            if (version <= viewVersion) {
                continue;
            }
            operations.completeShownBy(version, end.request(), step);
            viewVersion = version;
            // an answer that has not been told (logout; the node before died) must not come after its events
            String requestId = ids.requestOf(event.commandId());
            boolean answered = requestId != null
                    && (answers.knows(requestId, CommandIds.fingerprintOf(event.commandId()))
                            || step.answers(requestId));
            String told = answered ? requestId : null;
            ViewDiff.apply(tree, event.view(), event.ended(), false, told, step);
            end.afterChange(now, step);
        }
    }

    /** The outcome of attaching to the agent: the answer to {@code session.start}, or a comparison with the truth. */
    Step attached(Attachment attachment, long now) {
        Step step = new Step();
        Pending start = operations.takeStart();
        if (start != null) {
            begin(start, attachment, step);
            drainHeld(now, step);
        } else if (started && attachment.accepted() && attachment.view().version() > viewVersion) {
            operations.completeShownBy(attachment.view().version(), end.request(), step);
            viewVersion = attachment.view().version();
            ViewDiff.apply(tree, attachment.view(), Map.of(), true, null, step);
            end.afterChange(now, step);
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
            operations.fail(start, Refusals.failure(refused, start.request.command()), step);
            held.clear();
            return;
        }
        started = true;
        presence.started();
        AgentView view = attachment.view();
        viewVersion = view.version();
        operations.succeed(start, step);
        String cause = start.request.requestId();
        ViewDiff.showAll(tree, view, new Drafts(step, cause, false));
        step.tell(new Step.Draft(id().value(), cause, actions -> new Event.SessionInitialized()));
    }

    // ---- time and the end

    /** Something is due. */
    Step tick(long now) {
        Step step = new Step();
        if (operations.tick(now, step) && started) {
            step.attach();
        }
        end.tick(now, step);
        if (!end.isRunning()) {
            tickAbsence(now, step);
        }
        drainHeld(now, step);
        drainWaiting(now, step);
        return step;
    }

    private void tickAbsence(long now, Step step) {
        if (presence.goesNotReady(now, tree.takesInteractions())) {
            step.order(ids.own(), new Command.SetState(Availability.NOT_READY, "connectionLost"));
        }
        if (presence.expires(now, tree.callIsUp())) {
            end.begin(SessionEndReason.EXPIRED, null, now, step);
        }
    }

    // ---- telling

    /** What a step says, rendered: frames for the client, and what is to be kept of them. */
    Transcript transcribe(Step step) {
        tree.busy(operations.lasting());
        Transcript transcript = Transcript.of(step, tree, origin.processor(), id().value(), sequence, answers);
        sequence += transcript.newEvents().size();
        return transcript;
    }
}
