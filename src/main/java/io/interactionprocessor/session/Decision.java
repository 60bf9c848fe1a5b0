package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.protocol.Actions;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.ObjectKind;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.SessionCommand;
import io.interactionprocessor.protocol.Verb;

/** What becomes of a request whose turn it is (protocol 7.1, 7.3): a value, so that every refusal is made in one place. */
sealed interface Decision {
    /** It fails and changes nothing. */
    record Refuse(Failure failure) implements Decision {}

    /** Attach to the agent; the view is the answer's content. */
    record Start(String station) implements Decision {}

    /** Log out now. */
    record LogOut() implements Decision {}

    /** Log out when no interaction is open any more. */
    record LogOutWhenIdle(String reason) implements Decision {}

    /** Answer with the tree. */
    record Show() implements Decision {}

    /** Ask the switch; {@code object} is what the operation runs on. */
    record Order(String object, Command command) implements Decision {}

    /** What a decision looks at. */
    record Circumstances(
            String root,
            boolean started,
            String station,
            ObjectTree tree,
            ActionRules rules,
            Operations operations,
            SessionSettings.Processor processor) {}

    /** Decides. */
    static Decision on(Request.Resource request, Circumstances now) {
        SessionCommand command = request.command();
        if (!now.started && (command == null || command.verb() != Verb.SESSION_START)) {
            return refuse(FailureCode.NOT_STARTED, "send session.start first");
        }
        if (command == null) {
            return refuse(FailureCode.UNKNOWN_COMMAND, "no such command; getCapabilities lists them");
        }
        Target target = Target.find(now.root, now.tree, request.target());
        if (target == null || target.kind() != command.verb().kind()) {
            String why = target == null ? "no such object" : "the target is a " + target.kind();
            return refuse(
                    FailureCode.INVALID_TARGET,
                    why + "; the command is for a " + command.verb().kind());
        }
        if (command instanceof SessionCommand.Invalid invalid) {
            return new Refuse(new Failure(FailureCode.INVALID_REQUEST, invalid.message(), invalid.field(), null));
        }
        if (!now.rules.supports(command.verb())) {
            return refuse(FailureCode.NOT_SUPPORTED, "this CTI cannot; getCapabilities lists what it can");
        }
        return target.kind() == ObjectKind.SESSION ? ofSession(command, now) : ofObject(command, target, now);
    }

    private static Decision ofSession(SessionCommand command, Circumstances now) {
        FailureCode why = now.rules.ofSession(now.started).blocked().get(command.verb());
        if (why != null) {
            return refuse(why, "the session is started already");
        } else if (command instanceof SessionCommand.Start start) {
            return new Start(start.extension() == null ? "" : start.extension());
        } else if (command instanceof SessionCommand.Logout logout) {
            if (now.tree.open().isEmpty()) {
                return new LogOut();
            }
            return logout.whenIdle()
                    ? new LogOutWhenIdle(logout.reason())
                    : refuse(
                            FailureCode.INTERACTION_IN_PROGRESS,
                            "end the interaction first, or send data.when \"idle\"");
        }
        return new Show();
    }

    private static Decision ofObject(SessionCommand command, Target target, Circumstances now) {
        String object = target.interaction() == null
                ? Operations.SERIAL
                : target.interaction().fields().id();
        if (target.interaction() != null && now.operations.runs(object)) {
            return refuse(
                    FailureCode.OPERATION_IN_PROGRESS,
                    "another operation on this interaction has not ended; wait for its answer");
        }
        Actions actions = now.tree.actionsAt(target.path());
        FailureCode why = actions.blocked().get(command.verb());
        if (why != null) {
            String of = target.kind() == ObjectKind.CHANNEL_GROUP ? "channel " + ObjectTree.CHANNEL + ": " : "";
            return refuse(why, of + command.verb() + " is not possible now; possible are " + actions.allowed());
        }
        Translation translation = Translation.of(command, target, now.processor, now.station);
        return translation.failure() != null
                ? new Refuse(translation.failure())
                : new Order(object, translation.command());
    }

    private static Decision refuse(FailureCode code, String message) {
        return new Refuse(Failure.of(code, message));
    }
}
