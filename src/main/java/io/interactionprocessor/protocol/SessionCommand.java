package io.interactionprocessor.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The commands of protocol 7.1 with their data, checked as far as a message can be checked by itself. Texts that a client
 * left out are null unless said otherwise.
 */
public sealed interface SessionCommand {
    /** Returns which command this is. */
    Verb verb();

    /**
     * A known command whose data is not as protocol 7.1 has it; answered with {@code invalidRequest}.
     *
     * @param verb the command
     * @param field JSON Pointer of the offending field in the client's message
     * @param message what is wrong and what to do
     */
    record Invalid(Verb verb, String field, String message) implements SessionCommand {}

    /** {@code session.start}; {@code extension} null: the agent's own. */
    record Start(String extension) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.SESSION_START;
        }
    }

    /** {@code session.logout}; {@code whenIdle}: wait until no interaction is open. */
    record Logout(String reason, boolean whenIdle) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.SESSION_LOGOUT;
        }
    }

    /** {@code session.snapshot}. */
    record Snapshot() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.SESSION_SNAPSHOT;
        }
    }

    /** {@code channelgroup.activateall}. */
    record ActivateAll() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CHANNEL_GROUP_ACTIVATEALL;
        }
    }

    /** {@code channelgroup.deactivateall}. */
    record DeactivateAll() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CHANNEL_GROUP_DEACTIVATEALL;
        }
    }

    /** {@code channelgroup.ready}. */
    record GroupReady() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CHANNEL_GROUP_READY;
        }
    }

    /** {@code channelgroup.notready}; {@code reason} may be null. */
    record GroupNotReady(String reason) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CHANNEL_GROUP_NOTREADY;
        }
    }

    /** {@code channel.activate}; its {@code channeloptions} are accepted and not used by telephony. */
    record Activate() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CHANNEL_ACTIVATE;
        }
    }

    /** {@code channel.deactivate}. */
    record Deactivate() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CHANNEL_DEACTIVATE;
        }
    }

    /** {@code channel.ready}. */
    record Ready() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CHANNEL_READY;
        }
    }

    /** {@code channel.notready}; {@code reason} may be null. */
    record NotReady(String reason) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CHANNEL_NOTREADY;
        }
    }

    /** {@code channel.cancelpending}. */
    record CancelPending() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CHANNEL_CANCELPENDING;
        }
    }

    /** {@code channel.dial}; {@code data} is attached to the call, empty if none. */
    record Dial(String destination, Map<String, Object> data) implements SessionCommand {
        public Dial {
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }

        @Override
        public Verb verb() {
            return Verb.CHANNEL_DIAL;
        }
    }

    /** {@code interaction.accept}. */
    record Accept() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.INTERACTION_ACCEPT;
        }
    }

    /** {@code interaction.reject}. */
    record Reject() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.INTERACTION_REJECT;
        }
    }

    /** {@code interaction.complete}; both may be null. */
    record Complete(String disposition, String notes) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.INTERACTION_COMPLETE;
        }
    }

    /** {@code interaction.setdata}. */
    record SetData(Map<String, Object> set, List<String> remove) implements SessionCommand {
        public SetData {
            set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
            remove = List.copyOf(remove);
        }

        @Override
        public Verb verb() {
            return Verb.INTERACTION_SETDATA;
        }
    }

    /** {@code interaction.consult}. */
    record Consult(String destination) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.INTERACTION_CONSULT;
        }
    }

    /** {@code interaction.alternate}. */
    record Alternate() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.INTERACTION_ALTERNATE;
        }
    }

    /** {@code interaction.reconnect}. */
    record Reconnect() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.INTERACTION_RECONNECT;
        }
    }

    /** {@code interaction.consulttransfer}. */
    record ConsultTransfer() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.INTERACTION_CONSULTTRANSFER;
        }
    }

    /** {@code interaction.consultconference}. */
    record ConsultConference() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.INTERACTION_CONSULTCONFERENCE;
        }
    }

    /** {@code conversation.answer}. */
    record Answer() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_ANSWER;
        }
    }

    /** {@code conversation.release}. */
    record Release() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_RELEASE;
        }
    }

    /** {@code conversation.hold}. */
    record Hold() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_HOLD;
        }
    }

    /** {@code conversation.retrieve}. */
    record Retrieve() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_RETRIEVE;
        }
    }

    /** {@code conversation.mute}. */
    record Mute() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_MUTE;
        }
    }

    /** {@code conversation.unmute}. */
    record Unmute() implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_UNMUTE;
        }
    }

    /** {@code conversation.transfer}. */
    record Transfer(String destination) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_TRANSFER;
        }
    }

    /** {@code conversation.conference}. */
    record Conference(String destination) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_CONFERENCE;
        }
    }

    /** {@code conversation.dropmember}; {@code member} is a member's id. */
    record DropMember(String member) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_DROPMEMBER;
        }
    }

    /** {@code conversation.senddtmf}. */
    record SendDtmf(String digits) implements SessionCommand {
        @Override
        public Verb verb() {
            return Verb.CONVERSATION_SENDDTMF;
        }
    }
}
