package io.interactionprocessor.model.csta;

import io.interactionprocessor.model.Availability;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an agent can ask of the switch. Legs are named by {@link CallLeg#id()}, members by
 * {@link io.interactionprocessor.model.Member#id()}.
 */
public sealed interface Command {
    /** Returns the capability that the switch needs for this command. */
    Operation operation();

    /** Logs the agent on with a station; the agent is then not ready. */
    record LogOn(String station) implements Command {
        @Override
        public Operation operation() {
            return Operation.LOG_ON;
        }
    }

    /** Logs the agent off. Refused with {@code INVALID_STATE} while a leg is there. */
    record LogOff() implements Command {
        @Override
        public Operation operation() {
            return Operation.LOG_OFF;
        }
    }

    /**
     * Makes the agent ready or not ready: at once when there is no leg, else when the last one has gone ({@code pending}).
     *
     * @param availability {@code READY} or {@code NOT_READY}
     * @param reason for not ready, or null
     */
    record SetState(Availability availability, String reason) implements Command {
        @Override
        public Operation operation() {
            return Operation.SET_STATE;
        }
    }

    /** Forgets what was to follow the call. */
    record CancelPending() implements Command {
        @Override
        public Operation operation() {
            return Operation.CANCEL_PENDING;
        }
    }

    /** Ends after-call work. {@code disposition} and {@code notes} may be null. */
    record Complete(String disposition, String notes) implements Command {
        @Override
        public Operation operation() {
            return Operation.COMPLETE;
        }
    }

    /** Calls a number from the agent's station. */
    record MakeCall(String destination, Map<String, Object> data) implements Command {
        public MakeCall {
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }

        @Override
        public Operation operation() {
            return Operation.MAKE_CALL;
        }
    }

    /** Answers an alerting leg. */
    record Answer(String leg) implements Command {
        @Override
        public Operation operation() {
            return Operation.ANSWER;
        }
    }

    /** Declines an alerting leg. */
    record Reject(String leg) implements Command {
        @Override
        public Operation operation() {
            return Operation.REJECT;
        }
    }

    /** Hangs up. */
    record Release(String leg) implements Command {
        @Override
        public Operation operation() {
            return Operation.RELEASE;
        }
    }

    /** Puts a connected leg on hold. */
    record Hold(String leg) implements Command {
        @Override
        public Operation operation() {
            return Operation.HOLD;
        }
    }

    /** Takes a held leg back. */
    record Retrieve(String leg) implements Command {
        @Override
        public Operation operation() {
            return Operation.RETRIEVE;
        }
    }

    /** Mutes the agent on a leg. */
    record Mute(String leg) implements Command {
        @Override
        public Operation operation() {
            return Operation.MUTE;
        }
    }

    /** Unmutes the agent on a leg. */
    record Unmute(String leg) implements Command {
        @Override
        public Operation operation() {
            return Operation.UNMUTE;
        }
    }

    /** Sends tones, {@code 0-9*#A-D}, at most 64. */
    record SendDtmf(String leg, String digits) implements Command {
        @Override
        public Operation operation() {
            return Operation.SEND_DTMF;
        }
    }

    /** Passes a connected call on without asking first; the agent is off it at once. */
    record SingleStepTransfer(String leg, String destination) implements Command {
        @Override
        public Operation operation() {
            return Operation.SINGLE_STEP_TRANSFER;
        }
    }

    /** Adds a party to a connected call; it is a member in state ALERTING until it answers. */
    record SingleStepConference(String leg, String destination) implements Command {
        @Override
        public Operation operation() {
            return Operation.SINGLE_STEP_CONFERENCE;
        }
    }

    /** Removes another party from a call of three or more. */
    record DropMember(String leg, String member) implements Command {
        @Override
        public Operation operation() {
            return Operation.DROP_MEMBER;
        }
    }

    /** Holds a connected leg and calls somebody on a second one, whose {@code consultOf} is the first. */
    record Consult(String leg, String destination) implements Command {
        @Override
        public Operation operation() {
            return Operation.CONSULT;
        }
    }

    /** Swaps: {@code active} goes on hold, {@code held} is taken back. */
    record Alternate(String held, String active) implements Command {
        @Override
        public Operation operation() {
            return Operation.ALTERNATE;
        }
    }

    /** Releases {@code consult} (if it is still there) and takes {@code primary} back if it is on hold. */
    record Reconnect(String primary, String consult) implements Command {
        @Override
        public Operation operation() {
            return Operation.RECONNECT;
        }
    }

    /** Connects the parties of both legs and takes the agent off; {@code consult} may still be ALERTING. */
    record Transfer(String primary, String consult) implements Command {
        @Override
        public Operation operation() {
            return Operation.TRANSFER;
        }
    }

    /** Makes both legs one call; {@code primary} stays, {@code consult} ends with cause {@code conferenced}. */
    record Conference(String primary, String consult) implements Command {
        @Override
        public Operation operation() {
            return Operation.CONFERENCE;
        }
    }

    /** Sets and removes attached data of the leg's call; it travels with the call. */
    record SetData(String leg, Map<String, Object> set, List<String> remove) implements Command {
        public SetData {
            set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
            remove = List.copyOf(remove);
        }

        @Override
        public Operation operation() {
            return Operation.SET_DATA;
        }
    }
}
