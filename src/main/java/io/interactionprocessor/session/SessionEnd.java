package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.ChannelState;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Event;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.ObjectKind;
import io.interactionprocessor.protocol.SessionEndReason;
import io.interactionprocessor.session.SessionState.LogoutRequest;

/**
 * How a session ends (protocol 6.1): first the agent is logged off the switch, then channel and group are disposed of, then
 * the request is answered, then it is over.
 */
final class SessionEnd {
    private final String root;
    private final ObjectTree tree;
    private final Operations operations;
    private final Presence presence;
    private final CommandIds ids;
    private final SessionSettings settings;
    private Running running;
    private LogoutRequest whenIdle;
    private long retryAt;

    /** The switch has been asked to log the agent off; {@code request} is null if no client asked. */
    private record Running(SessionEndReason reason, Pending request, String commandId, long deadline) {}

    SessionEnd(
            String root,
            ObjectTree tree,
            Operations operations,
            Presence presence,
            CommandIds ids,
            SessionSettings settings,
            LogoutRequest whenIdle) {
        this.root = root;
        this.tree = tree;
        this.operations = operations;
        this.presence = presence;
        this.ids = ids;
        this.settings = settings;
        this.whenIdle = whenIdle;
    }

    boolean isRunning() {
        return running != null;
    }

    /** Returns the request that is to be answered with the end, or null. */
    Pending request() {
        return running == null ? null : running.request();
    }

    boolean waitsForReplyTo(String commandId) {
        return running != null && running.commandId().equals(commandId);
    }

    /** Returns the logout that waits until no interaction is open, or null. */
    LogoutRequest whenIdle() {
        return whenIdle;
    }

    /**
     * Logs out as soon as no interaction is open.
     *
     * @param goesNotReady at once, which is pending until the call ends: else the switch would offer the next call in the
     *     moment in which this one ends, and so on
     */
    void whenIdle(LogoutRequest request, boolean goesNotReady, Step step) {
        whenIdle = request;
        if (goesNotReady) {
            step.order(ids.own(), new Command.SetState(Availability.NOT_READY, null));
        }
    }

    long deadline() {
        if (running != null) {
            return running.deadline();
        }
        return isDue() ? retryAt : Long.MAX_VALUE;
    }

    private boolean isDue() {
        return whenIdle != null && tree.open().isEmpty();
    }

    void begin(SessionEndReason reason, Pending request, long now, Step step) {
        long deadline = request == null ? now + settings.commandTimeout() : request.deadline;
        String commandId = request == null ? ids.own() : request.commandId;
        running = new Running(reason, request, commandId, deadline);
        if (channelIsActive()) {
            step.order(commandId, new Command.LogOff());
        } else {
            finish(step);
        }
    }

    /** A client is there again: an expiry that has not come about yet does not. */
    void clientIsBack() {
        if (running != null && running.reason() == SessionEndReason.EXPIRED) {
            running = null;
        }
    }

    /** The switch has replied to the logging off; its effect completes the end, a refusal abandons it. */
    void replied(Reply reply, long now, Step step) {
        Pending request = running.request();
        if (reply.accepted()) {
            if (request != null) {
                request.reply = reply;
            }
            return;
        }
        if (request != null) {
            operations.fail(request, Refusals.failure(reply, request.request.command()), step);
        }
        failed(now);
    }

    /** The objects have changed: perhaps it can be completed, or begun. */
    void afterChange(long now, Step step) {
        if (running != null) {
            if (!channelIsActive()) {
                finish(step);
            }
        } else if (isDue()) {
            begin(SessionEndReason.LOGOUT, null, now, step);
        }
    }

    void tick(long now, Step step) {
        if (running != null && running.deadline() <= now) {
            failed(now);
        } else if (running == null && isDue() && retryAt <= now) {
            begin(SessionEndReason.LOGOUT, null, now, step);
        }
    }

    /** A logout that waits for idleness and an expiry are tried again later. */
    private void failed(long now) {
        running = null;
        retryAt = now + Presence.RETRY;
        presence.endFailed(now);
    }

    private boolean channelIsActive() {
        return tree.planted() && tree.channel().state() == ChannelState.ACTIVE;
    }

    private void finish(Step step) {
        Pending request = running.request();
        if (tree.planted()) {
            Drafts drafts = new Drafts(step, null, false);
            drafts.draft(tree.channelPath(), actions -> new Event.Disposed(ObjectKind.CHANNEL));
            drafts.draft(tree.groupPath(), actions -> new Event.Disposed(ObjectKind.CHANNEL_GROUP));
        }
        String cause = null;
        if (request != null) {
            operations.succeed(request, step);
            cause = request.request.requestId();
        }
        tell(running.reason(), cause, step);
    }

    /** Tells the client that it is over, after everything that was still to be answered. */
    void tell(SessionEndReason reason, String requestId, Step step) {
        operations.failAll(FailureCode.UNKNOWN_RESOURCE, "the session has ended", step);
        step.tell(new Step.Draft(root, requestId, actions -> new Event.SessionEnded(reason)));
        presence.ended();
        step.end(reason);
    }
}
