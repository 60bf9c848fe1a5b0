package io.interactionprocessor.model.csta;

import static io.interactionprocessor.model.csta.DataCodec.readMap;
import static io.interactionprocessor.model.csta.DataCodec.readString;
import static io.interactionprocessor.model.csta.DataCodec.readStrings;
import static io.interactionprocessor.model.csta.DataCodec.writeEnum;
import static io.interactionprocessor.model.csta.DataCodec.writeMap;
import static io.interactionprocessor.model.csta.DataCodec.writeString;
import static io.interactionprocessor.model.csta.DataCodec.writeStrings;

import io.interactionprocessor.model.Availability;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Commands as bytes: the {@link Operation}, then the command's fields in the order of its record. */
final class CommandCodec {
    private CommandCodec() {}

    static void write(DataOutput out, Command command) throws IOException {
        writeEnum(out, command.operation());
        if (command instanceof Command.LogOn c) {
            writeString(out, c.station());
        } else if (command instanceof Command.SetState c) {
            writeEnum(out, c.availability());
            writeString(out, c.reason());
        } else if (command instanceof Command.Complete c) {
            writeString(out, c.disposition());
            writeString(out, c.notes());
        } else if (command instanceof Command.MakeCall c) {
            writeString(out, c.destination());
            writeMap(out, c.data());
        } else if (command instanceof Command.Answer c) {
            writeString(out, c.leg());
        } else if (command instanceof Command.Reject c) {
            writeString(out, c.leg());
        } else if (command instanceof Command.Release c) {
            writeString(out, c.leg());
        } else if (command instanceof Command.Hold c) {
            writeString(out, c.leg());
        } else if (command instanceof Command.Retrieve c) {
            writeString(out, c.leg());
        } else if (command instanceof Command.Mute c) {
            writeString(out, c.leg());
        } else if (command instanceof Command.Unmute c) {
            writeString(out, c.leg());
        } else if (command instanceof Command.SendDtmf c) {
            writePair(out, c.leg(), c.digits());
        } else if (command instanceof Command.SingleStepTransfer c) {
            writePair(out, c.leg(), c.destination());
        } else if (command instanceof Command.SingleStepConference c) {
            writePair(out, c.leg(), c.destination());
        } else if (command instanceof Command.DropMember c) {
            writePair(out, c.leg(), c.member());
        } else if (command instanceof Command.Consult c) {
            writePair(out, c.leg(), c.destination());
        } else if (command instanceof Command.Alternate c) {
            writePair(out, c.held(), c.active());
        } else if (command instanceof Command.Reconnect c) {
            writePair(out, c.primary(), c.consult());
        } else if (command instanceof Command.Transfer c) {
            writePair(out, c.primary(), c.consult());
        } else if (command instanceof Command.Conference c) {
            writePair(out, c.primary(), c.consult());
        } else if (command instanceof Command.SetData c) {
            writeString(out, c.leg());
            writeMap(out, c.set());
            writeStrings(out, c.remove());
        }
    }

    private static void writePair(DataOutput out, String first, String second) throws IOException {
        writeString(out, first);
        writeString(out, second);
    }

    static Command read(DataInput in) throws IOException {
        Operation operation = DataCodec.readEnum(in, Operation.values());
        if (operation == null) {
            throw new IOException("a command without an operation");
        }
        return switch (operation) {
            case LOG_ON -> new Command.LogOn(readString(in));
            case LOG_OFF -> new Command.LogOff();
            case SET_STATE -> new Command.SetState(DataCodec.readEnum(in, Availability.values()), readString(in));
            case CANCEL_PENDING -> new Command.CancelPending();
            case COMPLETE -> new Command.Complete(readString(in), readString(in));
            case MAKE_CALL -> new Command.MakeCall(readString(in), readMap(in));
            case ANSWER -> new Command.Answer(readString(in));
            case REJECT -> new Command.Reject(readString(in));
            case RELEASE -> new Command.Release(readString(in));
            case HOLD -> new Command.Hold(readString(in));
            case RETRIEVE -> new Command.Retrieve(readString(in));
            case MUTE -> new Command.Mute(readString(in));
            case UNMUTE -> new Command.Unmute(readString(in));
            case SEND_DTMF -> new Command.SendDtmf(readString(in), readString(in));
            case SINGLE_STEP_TRANSFER -> new Command.SingleStepTransfer(readString(in), readString(in));
            case SINGLE_STEP_CONFERENCE -> new Command.SingleStepConference(readString(in), readString(in));
            case DROP_MEMBER -> new Command.DropMember(readString(in), readString(in));
            case CONSULT -> new Command.Consult(readString(in), readString(in));
            case ALTERNATE -> new Command.Alternate(readString(in), readString(in));
            case RECONNECT -> new Command.Reconnect(readString(in), readString(in));
            case TRANSFER, TRANSFER_ALERTING -> new Command.Transfer(readString(in), readString(in));
            case CONFERENCE -> new Command.Conference(readString(in), readString(in));
            case SET_DATA -> new Command.SetData(readString(in), readMap(in), readStrings(in));
        };
    }
}
