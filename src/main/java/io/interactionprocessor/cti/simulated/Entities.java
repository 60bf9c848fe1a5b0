package io.interactionprocessor.cti.simulated;

import static io.interactionprocessor.model.csta.DataCodec.readEnum;
import static io.interactionprocessor.model.csta.DataCodec.readMap;
import static io.interactionprocessor.model.csta.DataCodec.readString;
import static io.interactionprocessor.model.csta.DataCodec.writeEnum;
import static io.interactionprocessor.model.csta.DataCodec.writeMap;
import static io.interactionprocessor.model.csta.DataCodec.writeString;

import io.interactionprocessor.model.Availability;
import io.interactionprocessor.model.Cause;
import io.interactionprocessor.model.ConversationState;
import io.interactionprocessor.model.Direction;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/** The switch's entities as bytes. What can be derived (indexes, legs of agents) is not written. */
final class Entities {
    private Entities() {}

    static void writeCall(DataOutput out, Call call) throws IOException {
        out.writeLong(call.number);
        writeString(out, call.from);
        writeString(out, call.to);
        out.writeLong(call.since);
        writeMap(out, call.data);
        out.writeInt(call.parties.size());
        for (Party party : call.parties) {
            writeParty(out, party);
        }
    }

    /** Reads a call into the state: its parties, their timers, its places in queues. */
    static void readCall(DataInput in, State state) throws IOException {
        Call call = new Call(in.readLong(), readString(in), readString(in), in.readLong());
        call.data.putAll(readMap(in));
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            Party party = readParty(in, state);
            party.call = call;
            call.parties.add(party);
            state.parties.put(party.id(), party);
            if (party.agent != null) {
                party.agent.legs.add(party);
            }
            if (Queues.waits(party)) {
                state.waiting.put(party.place, party);
            }
        }
        state.calls.put(call.id(), call);
    }

    private static void writeParty(DataOutput out, Party party) throws IOException {
        out.writeLong(party.number);
        writeEnum(out, party.kind);
        writeString(out, party.address);
        writeString(out, party.name);
        out.writeLong(party.since);
        writeString(out, party.agent == null ? null : party.agent.id);
        writeEnum(out, party.state);
        writeEnum(out, party.cause);
        out.writeBoolean(party.calling);
        out.writeLong(party.reserved);
        out.writeBoolean(party.answered);
        out.writeBoolean(party.muted);
        writeString(out, party.consultOf);
        writeString(out, party.queue);
        writeEnum(out, party.direction);
        writeString(out, party.from);
        writeString(out, party.to);
        writeString(out, party.offeredBy);
        writeString(out, party.offeredTo);
        out.writeLong(party.place);
        out.writeLong(party.talk);
        out.writeInt(party.keptFrom.size());
        for (Map.Entry<String, Party.Kept> kept : party.keptFrom.entrySet()) {
            writeString(out, kept.getKey());
            out.writeLong(kept.getValue().until());
            out.writeLong(kept.getValue().timesReady());
        }
        writeTimer(out, party);
    }

    private static Party readParty(DataInput in, State state) throws IOException {
        Party party = new Party(
                in.readLong(), readEnum(in, Party.Kind.values()), readString(in), readString(in), in.readLong());
        String agent = readString(in);
        party.agent = agent == null ? null : state.knownAgent(agent);
        party.state = readEnum(in, ConversationState.values());
        party.cause = readEnum(in, Cause.values());
        party.calling = in.readBoolean();
        party.reserved = in.readLong();
        party.answered = in.readBoolean();
        party.muted = in.readBoolean();
        party.consultOf = readString(in);
        party.queue = readString(in);
        party.direction = readEnum(in, Direction.values());
        party.from = readString(in);
        party.to = readString(in);
        party.offeredBy = readString(in);
        party.offeredTo = readString(in);
        party.place = in.readLong();
        party.talk = in.readLong();
        int kept = in.readInt();
        for (int i = 0; i < kept; i++) {
            String from = readString(in);
            party.keptFrom.put(from, new Party.Kept(in.readLong(), in.readLong()));
        }
        readTimer(in, party, state);
        return party;
    }

    static void writeAgent(DataOutput out, Agent agent) throws IOException {
        writeString(out, agent.id);
        out.writeLong(agent.epoch);
        out.writeLong(agent.version);
        out.writeBoolean(agent.loggedOn);
        writeString(out, agent.station);
        writeEnum(out, agent.wanted);
        writeString(out, agent.reason);
        out.writeLong(agent.timesReady);
        writeEnum(out, agent.pending);
        writeString(out, agent.pendingReason);
        out.writeBoolean(agent.afterCallWork);
        out.writeLong(agent.afterCallWorkDue);
        writeEnum(out, agent.availability);
        writeString(out, agent.shownReason);
        out.writeLong(agent.since);
        writeTimer(out, agent);
    }

    static void readAgent(DataInput in, State state) throws IOException {
        Agent agent = state.knownAgent(readString(in));
        agent.epoch = in.readLong();
        agent.version = in.readLong();
        agent.loggedOn = in.readBoolean();
        agent.station = readString(in);
        agent.wanted = readEnum(in, Availability.values());
        agent.reason = readString(in);
        agent.timesReady = in.readLong();
        agent.pending = readEnum(in, Availability.values());
        agent.pendingReason = readString(in);
        agent.afterCallWork = in.readBoolean();
        agent.afterCallWorkDue = in.readLong();
        agent.availability = readEnum(in, Availability.values());
        agent.shownReason = readString(in);
        agent.since = in.readLong();
        readTimer(in, agent, state);
        if (agent.loggedOn) {
            state.stations.put(agent.station, agent);
        }
    }

    static void writeReplies(DataOutput out, Agent agent, long piece) throws IOException {
        writeString(out, agent.id);
        agent.replies.write(out, piece);
    }

    static void readReplies(DataInput in, State state) throws IOException {
        state.knownAgent(readString(in)).replies.read(in);
    }

    static void writeSwitch(DataOutput out, State state) throws IOException {
        out.writeLong(state.counter);
        out.writeBoolean(state.linkUp);
        out.writeInt(state.traffic.callsPerMinute);
        out.writeLong(state.traffic.talk);
        out.writeLong(state.traffic.random);
        writeTimer(out, state.traffic);
    }

    static void readSwitch(DataInput in, State state) throws IOException {
        state.counter = in.readLong();
        state.linkUp = in.readBoolean();
        state.traffic.callsPerMinute = in.readInt();
        state.traffic.talk = in.readLong();
        state.traffic.random = in.readLong();
        readTimer(in, state.traffic, state);
    }

    private static void writeTimer(DataOutput out, Timed owner) throws IOException {
        writeEnum(out, owner.timer);
        out.writeLong(owner.due);
    }

    private static void readTimer(DataInput in, Timed owner, State state) throws IOException {
        Timed.Timer timer = readEnum(in, Timed.Timer.values());
        long due = in.readLong();
        if (timer != null) {
            state.timers.set(owner, timer, due);
        }
    }
}
