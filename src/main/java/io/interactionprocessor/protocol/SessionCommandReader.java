package io.interactionprocessor.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the {@code data} of a request to a session resource (protocol 7.1). */
final class SessionCommandReader {
    /** Characters of a number to call, a reason, a disposition, an id. */
    private static final int NAME_LENGTH = 128;

    private static final int NOTES_LENGTH = 4096;
    private static final Pattern DIGITS = Pattern.compile("[0-9*#A-D]{1,64}");

    private final ReadLimits limits;

    SessionCommandReader(ReadLimits limits) {
        this.limits = limits;
    }

    /** Reads what {@code verb} needs; {@link SessionCommand.Invalid} if the data is not so. */
    SessionCommand read(Verb verb, JsonNode dataNode) {
        Fields data = Fields.of(dataNode, "/request/data");
        SessionCommand command = command(verb, data);
        Fields.Fault fault = data.fault();
        return fault == null ? command : new SessionCommand.Invalid(verb, fault.field(), fault.message());
    }

    private SessionCommand command(Verb verb, Fields data) {
        return switch (verb) {
            case SESSION_START -> new SessionCommand.Start(extension(data));
            case SESSION_LOGOUT -> new SessionCommand.Logout(data.optional("reason", NAME_LENGTH), whenIdle(data));
            case SESSION_SNAPSHOT -> new SessionCommand.Snapshot();
            case CHANNEL_GROUP_ACTIVATEALL -> new SessionCommand.ActivateAll();
            case CHANNEL_GROUP_DEACTIVATEALL -> new SessionCommand.DeactivateAll();
            case CHANNEL_GROUP_READY -> new SessionCommand.GroupReady();
            case CHANNEL_GROUP_NOTREADY -> new SessionCommand.GroupNotReady(data.optional("reason", NAME_LENGTH));
            case CHANNEL_ACTIVATE -> new SessionCommand.Activate();
            case CHANNEL_DEACTIVATE -> new SessionCommand.Deactivate();
            case CHANNEL_READY -> new SessionCommand.Ready();
            case CHANNEL_NOTREADY -> new SessionCommand.NotReady(data.optional("reason", NAME_LENGTH));
            case CHANNEL_CANCELPENDING -> new SessionCommand.CancelPending();
            case CHANNEL_DIAL -> new SessionCommand.Dial(destination(data), AttachedData.read(data, "data", limits));
            case INTERACTION_ACCEPT -> new SessionCommand.Accept();
            case INTERACTION_REJECT -> new SessionCommand.Reject();
            case INTERACTION_COMPLETE ->
                new SessionCommand.Complete(
                        data.optional("disposition", NAME_LENGTH), data.optional("notes", NOTES_LENGTH));
            case INTERACTION_SETDATA -> setData(data);
            case INTERACTION_CONSULT -> new SessionCommand.Consult(destination(data));
            case INTERACTION_ALTERNATE -> new SessionCommand.Alternate();
            case INTERACTION_RECONNECT -> new SessionCommand.Reconnect();
            case INTERACTION_CONSULTTRANSFER -> new SessionCommand.ConsultTransfer();
            case INTERACTION_CONSULTCONFERENCE -> new SessionCommand.ConsultConference();
            case CONVERSATION_ANSWER -> new SessionCommand.Answer();
            case CONVERSATION_RELEASE -> new SessionCommand.Release();
            case CONVERSATION_HOLD -> new SessionCommand.Hold();
            case CONVERSATION_RETRIEVE -> new SessionCommand.Retrieve();
            case CONVERSATION_MUTE -> new SessionCommand.Mute();
            case CONVERSATION_UNMUTE -> new SessionCommand.Unmute();
            case CONVERSATION_TRANSFER -> new SessionCommand.Transfer(destination(data));
            case CONVERSATION_CONFERENCE -> new SessionCommand.Conference(destination(data));
            case CONVERSATION_DROPMEMBER -> new SessionCommand.DropMember(data.required("member", NAME_LENGTH));
            case CONVERSATION_SENDDTMF -> new SessionCommand.SendDtmf(digits(data));
        };
    }

    private static String destination(Fields data) {
        return data.required("destination", NAME_LENGTH);
    }

    /** A desktop with an empty field means the agent's own station. */
    private static String extension(Fields data) {
        String extension = data.optional("extension", NAME_LENGTH);
        return extension == null || extension.isBlank() ? null : extension;
    }

    private static boolean whenIdle(Fields data) {
        String when = data.optional("when");
        if (when != null && !when.equals("idle")) {
            data.refuse("when", "must be \"idle\", or be left out to log out at once");
        }
        return when != null;
    }

    private static String digits(Fields data) {
        String digits = data.required("digits");
        if (digits != null && !DIGITS.matcher(digits).matches()) {
            data.refuse("digits", "must be 1 to 64 of 0-9 * # A-D");
        }
        return digits;
    }

    private SessionCommand setData(Fields data) {
        if (!data.has("set") && !data.has("remove")) {
            data.refuse("set", "is missing: give the keys to set, the keys to remove, or both");
        }
        Map<String, Object> set = AttachedData.read(data, "set", limits);
        List<String> remove = AttachedData.keys(data, "remove");
        if (remove.stream().anyMatch(set::containsKey)) {
            data.refuse("remove", "names a key that is also to be set");
        }
        return new SessionCommand.SetData(set, remove);
    }
}
