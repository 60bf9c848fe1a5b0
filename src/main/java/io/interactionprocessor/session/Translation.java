package io.interactionprocessor.session;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Role;
import io.interactionprocessor.model.csta.Command;
import io.interactionprocessor.protocol.Failure;
import io.interactionprocessor.protocol.FailureCode;
import io.interactionprocessor.protocol.MessageWriter;
import io.interactionprocessor.protocol.SessionCommand;
import io.interactionprocessor.session.SessionState.OpenConversation;
import io.interactionprocessor.session.SessionState.OpenInteraction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a client's command, already known to be allowed, into the switch's. The outcome is a value: the command, or the
 * failure that the data deserves.
 *
 * @param command for the switch, or null
 * @param failure why not, or null
 */
record Translation(Command command, Failure failure) {
    /**
     * Bytes of JSON that all data of a call may be: it goes with each change of the call to each agent on it, and is stored
     * each time.
     */
    static final int MOST_DATA = 64 * 1024;

    private static final MessageWriter WRITER = new MessageWriter();

    private static Translation to(Command command) {
        return new Translation(command, null);
    }

    private static Translation failed(FailureCode code, String field, String message) {
        return new Translation(null, new Failure(code, message, field, null));
    }

    /** Translates. {@code station} is what {@code session.start} asked for; empty for the agent's own. */
    static Translation of(SessionCommand command, Target target, SessionSettings.Processor processor, String station) {
        if (command instanceof SessionCommand.Activate || command instanceof SessionCommand.ActivateAll) {
            return to(new Command.LogOn(station));
        } else if (command instanceof SessionCommand.Deactivate || command instanceof SessionCommand.DeactivateAll) {
            return to(new Command.LogOff());
        } else if (command instanceof SessionCommand.Ready || command instanceof SessionCommand.GroupReady) {
            return to(new Command.SetState(Availability.READY, null));
        } else if (command instanceof SessionCommand.NotReady notReady) {
            return notReady(notReady.reason(), processor);
        } else if (command instanceof SessionCommand.GroupNotReady notReady) {
            return notReady(notReady.reason(), processor);
        } else if (command instanceof SessionCommand.CancelPending) {
            return to(new Command.CancelPending());
        } else if (command instanceof SessionCommand.Dial dial) {
            return to(new Command.MakeCall(dial.destination(), dial.data()));
        }
        return target.conversation() != null
                ? ofConversation(command, target.conversation())
                : ofInteraction(command, target.interaction(), processor);
    }

    private static Translation notReady(String reason, SessionSettings.Processor processor) {
        if (reason != null && !processor.notReadyReasons().contains(reason)) {
            return failed(
                    FailureCode.UNKNOWN_REASON,
                    "/request/data/reason",
                    "not-ready reason is not configured; use one of " + processor.notReadyReasons());
        }
        return to(new Command.SetState(Availability.NOT_READY, reason));
    }

    private static Translation ofInteraction(
            SessionCommand command, OpenInteraction interaction, SessionSettings.Processor processor) {
        if (command instanceof SessionCommand.Complete complete) {
            List<String> known = processor.dispositions();
            if (complete.disposition() != null && !known.isEmpty() && !known.contains(complete.disposition())) {
                return failed(
                        FailureCode.INVALID_REQUEST,
                        "/request/data/disposition",
                        "disposition is not configured; use one of " + known);
            }
            return to(new Command.Complete(complete.disposition(), complete.notes()));
        }
        String primary = leg(interaction, Role.PRIMARY);
        String consult = leg(interaction, Role.CONSULT);
        if (command instanceof SessionCommand.Accept) {
            return to(new Command.Answer(primary));
        } else if (command instanceof SessionCommand.Reject) {
            return to(new Command.Reject(primary));
        } else if (command instanceof SessionCommand.SetData data) {
            return isTooMuch(interaction.fields().data(), data)
                    ? failed(
                            FailureCode.INVALID_REQUEST,
                            "/request/data/set",
                            "the call would have more than " + MOST_DATA + " bytes of data; remove some first")
                    : to(new Command.SetData(primary, data.set(), data.remove()));
        } else if (command instanceof SessionCommand.Consult wanted) {
            return to(new Command.Consult(primary, wanted.destination()));
        } else if (command instanceof SessionCommand.Alternate) {
            boolean primaryHeld = interaction.conversations().stream()
                    .anyMatch(
                            c -> c.fields().role() == Role.PRIMARY && c.fields().state() == ConversationState.HELD);
            return to(primaryHeld ? new Command.Alternate(primary, consult) : new Command.Alternate(consult, primary));
        } else if (command instanceof SessionCommand.Reconnect) {
            return to(new Command.Reconnect(primary, consult));
        } else if (command instanceof SessionCommand.ConsultTransfer) {
            return to(new Command.Transfer(primary, consult));
        } else if (command instanceof SessionCommand.ConsultConference) {
            return to(new Command.Conference(primary, consult));
        }
        throw new IllegalArgumentException("no command for an interaction: " + command.verb());
    }

    private static boolean isTooMuch(Map<String, Object> present, SessionCommand.SetData change) {
        if (change.set().isEmpty()) {
            return false;
        }
        Map<String, Object> after = new HashMap<>(present);
        after.keySet().removeAll(change.remove());
        after.putAll(change.set());
        return WRITER.attachedData(after).getBytes(StandardCharsets.UTF_8).length > MOST_DATA;
    }

    private static Translation ofConversation(SessionCommand command, OpenConversation conversation) {
        String leg = conversation.leg();
        if (command instanceof SessionCommand.Answer) {
            return to(new Command.Answer(leg));
        } else if (command instanceof SessionCommand.Release) {
            return to(new Command.Release(leg));
        } else if (command instanceof SessionCommand.Hold) {
            return to(new Command.Hold(leg));
        } else if (command instanceof SessionCommand.Retrieve) {
            return to(new Command.Retrieve(leg));
        } else if (command instanceof SessionCommand.Mute) {
            return to(new Command.Mute(leg));
        } else if (command instanceof SessionCommand.Unmute) {
            return to(new Command.Unmute(leg));
        } else if (command instanceof SessionCommand.Transfer transfer) {
            return to(new Command.SingleStepTransfer(leg, transfer.destination()));
        } else if (command instanceof SessionCommand.Conference conference) {
            return to(new Command.SingleStepConference(leg, conference.destination()));
        } else if (command instanceof SessionCommand.SendDtmf dtmf) {
            return to(new Command.SendDtmf(leg, dtmf.digits()));
        } else if (command instanceof SessionCommand.DropMember drop) {
            boolean other = conversation.fields().members().stream()
                    .skip(1)
                    .anyMatch(member -> member.id().equals(drop.member()));
            return other
                    ? to(new Command.DropMember(leg, drop.member()))
                    : failed(
                            FailureCode.INVALID_REQUEST,
                            "/request/data/member",
                            "member is not the id of another member of this conversation");
        }
        throw new IllegalArgumentException("no command for a conversation: " + command.verb());
    }

    private static String leg(OpenInteraction interaction, Role role) {
        for (OpenConversation conversation : interaction.conversations()) {
            if (conversation.fields().role() == role) {
                return conversation.leg();
            }
        }
        return "";
    }
}
