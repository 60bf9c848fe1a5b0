package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Refusal;
import io.interactionprocessor.model.csta.Reply;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Response;
import io.interactionprocessor.protocol.SessionCommand;
import io.interactionprocessor.protocol.Snapshot;
import io.interactionprocessor.protocol.Verb;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The requests of one session on their way to exactly one answer (protocol 2, 6.2): answered before, waiting for their
 * turn, or with the switch.
 */
final class Operations {
    /** Stands for the session and its channel as the object of an operation: those run one after the other. */
    static final String SERIAL = "serial";

    /** How long an answer waits for the view that shows the command's effect, so that both are told together. */
    private static final long EFFECT_WAIT = 250;

    /**
     * From when on an operation is one that its client's user notices, and is told of (protocol 7.2): most are over within
     * milliseconds, and for these two events each would only be noise.
     */
    static final long LASTS = 200;

    private final SessionSettings settings;
    private final Answers answers;
    private final Map<String, Pending> pending = new LinkedHashMap<>(2);
    /** Until an earlier one on the session or its channel is over. */
    private final Deque<Pending> waiting = new ArrayDeque<>(0);

    Operations(SessionSettings settings, Answers answers) {
        this.settings = settings;
        this.answers = answers;
    }

    /** Deals with a request that came before; returns whether it did. */
    boolean repeated(Request.Resource request, int fingerprint, Step step) {
        Pending running = find(request.requestId());
        String again = running == null ? answers.repeated(request.requestId(), fingerprint) : null;
        if (again != null) {
            step.tell(new Step.Again(request.requestId(), again));
        } else if (running != null && Answers.isRepetition(running.fingerprint, fingerprint)) {
            running.copies++;
        } else if (running != null) {
            String why = "requestId names another request that is not answered yet; use a new one";
            Failure failure = new Failure(FailureCode.INVALID_REQUEST, why, "/requestId", null);
            step.tell(new Step.Answer(failureOf(request, failure), fingerprint, 1));
        } else {
            return false;
        }
        return true;
    }

    private Pending find(String requestId) {
        Pending running = pending.get(requestId);
        return running != null
                ? running
                : waiting.stream()
                        .filter(one -> one.request.requestId().equals(requestId))
                        .findFirst()
                        .orElse(null);
    }

    /** Requests on session, group and channel run one after the other; those on interactions refuse a second one. */
    static boolean isSerial(SessionCommand command) {
        return command != null
                && switch (command.verb().kind()) {
                    case SESSION -> command.verb() != Verb.SESSION_SNAPSHOT;
                    case CHANNEL_GROUP, CHANNEL -> true;
                    default -> false;
                };
    }

    // ---- waiting for their turn

    void await(Pending arrived, Step step) {
        if (waiting.size() < settings.maxQueued()) {
            waiting.addLast(arrived);
        } else {
            fail(arrived, FailureCode.TOO_MANY_REQUESTS, "too many requests wait; send fewer at once", step);
        }
    }

    boolean isIdle() {
        return pending.isEmpty() && waiting.isEmpty();
    }

    boolean someWait() {
        return !waiting.isEmpty();
    }

    Pending next() {
        return waiting.pollFirst();
    }

    // ---- with the switch

    /** Begins an operation; {@code commandId} is null if the switch gets no command for it. */
    Pending begin(Pending arrived, String object, String commandId, long now) {
        arrived.object = object;
        arrived.lastsAt = object.equals(SERIAL) ? Long.MAX_VALUE : now + LASTS;
        arrived.commandId = commandId;
        pending.put(arrived.request.requestId(), arrived);
        return arrived;
    }

    boolean runs(String object) {
        for (Pending operation : pending.values()) {
            if (operation.object.equals(object)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the ids of the interactions with an operation whose client has to know that it goes on. */
    Set<String> lasting() {
        Set<String> objects = Set.of();
        for (Pending operation : pending.values()) {
            if (operation.lasts) {
                objects = objects.isEmpty() ? new HashSet<>() : objects;
                objects.add(operation.object);
            }
        }
        return objects;
    }

    /** Returns the running operation that led to a command, or null. */
    Pending of(String commandId) {
        if (commandId != null) {
            for (Pending operation : pending.values()) {
                if (commandId.equals(operation.commandId)) {
                    return operation;
                }
            }
        }
        return null;
    }

    /** Takes {@code session.start} out, if it is running; else returns null. */
    Pending takeStart() {
        for (Pending operation : pending.values()) {
            if (operation.request.command() instanceof SessionCommand.Start) {
                return take(operation);
            }
        }
        return null;
    }

    /** Returns whether {@code session.start} is running. */
    boolean isStarting() {
        return pending.values().stream()
                .anyMatch(operation -> operation.request.command() instanceof SessionCommand.Start);
    }

    Pending take(Pending operation) {
        pending.remove(operation.request.requestId());
        return operation;
    }

    /**
     * The switch has replied; answers unless the effect is still to be seen in a view after {@code viewVersion}. Returns
     * whether the switch sees the agent's calls otherwise than the session does: an event may have been lost.
     */
    boolean replied(Pending operation, Reply reply, long viewVersion, long now, Step step) {
        operation.reply = reply;
        operation.effectDeadline = now + EFFECT_WAIT;
        if (!reply.accepted() || reply.version() <= viewVersion) {
            complete(operation, step);
        }
        return reply.refusal() == Refusal.INVALID_STATE && operation.otherwise == null;
    }

    /** Answers what has been replied to and is shown by the view of this version; {@code except} may be null. */
    void completeShownBy(long version, Pending except, Step step) {
        for (Pending operation : List.copyOf(pending.values())) {
            if (operation != except && operation.reply != null && operation.reply.version() <= version) {
                complete(operation, step);
            }
        }
    }

    void complete(Pending operation, Step step) {
        if (operation.reply.accepted()) {
            succeed(operation, step);
        } else if (operation.otherwise != null) {
            fail(operation, operation.otherwise, step);
        } else {
            fail(operation, Refusals.failure(operation.reply, operation.request.command()), step);
        }
    }

    void succeed(Pending operation, Step step) {
        answer(take(operation), successOf(operation.request, null), step);
    }

    void fail(Pending operation, Failure failure, Step step) {
        refuse(take(operation), failure, step);
    }

    // ---- all of them

    /** The connection that asked is gone: nobody hears the answers, unless the requests are repeated over a new one. */
    void inherit() {
        pending.values().forEach(operation -> operation.copies = 0);
        waiting.forEach(arrived -> arrived.copies = 0);
    }

    /** Answers what is due; returns whether the outcome of something is now unknown, or has not been seen. */
    boolean tick(long now, Step step) {
        boolean unknown = false;
        for (Pending operation : List.copyOf(pending.values())) {
            if (operation.reply != null && operation.effectDeadline <= now) {
                // the event that shows the effect may have been lost between nodes
                unknown |= operation.reply.accepted();
                complete(operation, step);
            } else if (operation.deadline <= now) {
                String why = "no answer in time: it may have been executed, the object's next event tells";
                fail(operation, Failure.of(FailureCode.TIMEOUT, why), step);
                unknown = true;
            } else if (operation.lastsAt <= now) {
                operation.lasts = true;
                operation.lastsAt = Long.MAX_VALUE;
            }
        }
        while (!waiting.isEmpty() && waiting.peekFirst().deadline <= now) {
            fail(waiting.pollFirst(), FailureCode.TIMEOUT, "its turn did not come in time", step);
        }
        return unknown;
    }

    /** Returns when {@link #tick} has something to do; {@code Long.MAX_VALUE} for never. */
    long deadline() {
        long next = waiting.isEmpty() ? Long.MAX_VALUE : waiting.peekFirst().deadline;
        for (Pending operation : pending.values()) {
            next = Math.min(next, Math.min(operation.deadline, operation.effectDeadline));
            next = Math.min(next, operation.lastsAt);
        }
        return next;
    }

    /** Answers everything: the session is over. Of what the switch has got and not replied to the outcome is unknown. */
    void failAll(FailureCode code, String message, Step step) {
        for (Pending operation : List.copyOf(pending.values())) {
            if (operation.reply != null) {
                complete(operation, step);
            } else if (operation.commandId != null) {
                fail(operation, Failure.of(FailureCode.TIMEOUT, message + ": it may have been executed"), step);
            } else {
                fail(operation, Failure.of(code, message), step);
            }
        }
        while (!waiting.isEmpty()) {
            fail(waiting.pollFirst(), code, message, step);
        }
    }

    // ---- answers at once

    static void answer(Pending arrived, Response response, Step step) {
        step.tell(new Step.Answer(response, arrived.fingerprint, arrived.copies));
    }

    static void fail(Pending arrived, FailureCode code, String message, Step step) {
        refuse(arrived, Failure.of(code, message), step);
    }

    static void refuse(Pending arrived, Failure failure, Step step) {
        answer(arrived, failureOf(arrived.request, failure), step);
    }

    static Response successOf(Request.Resource request, Snapshot snapshot) {
        return new Response.ResourceSuccess(
                request.requestId(),
                request.serviceId(),
                request.resourceId(),
                request.commandName(),
                request.target(),
                snapshot);
    }

    /** An answer to a request that this service could not deal with. */
    static Response faultOf(Request.Resource request, String context) {
        String message = "an error of this service; send the request again, and tell its operator the error id";
        return failureOf(request, new Failure(FailureCode.INTERNAL_ERROR, message, null, context));
    }

    private static Response failureOf(Request.Resource request, Failure failure) {
        return new Response.ResourceFailure(
                request.requestId(),
                request.serviceId(),
                request.resourceId(),
                request.commandName(),
                request.target(),
                failure,
                request.original());
    }
}
