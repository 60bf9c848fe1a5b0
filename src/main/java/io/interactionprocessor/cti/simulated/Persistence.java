package io.interactionprocessor.cti.simulated;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;

/** Which entities there are, under which keys, and which of them have changed. */
final class Persistence {
    private static final int FORMAT = 1;
    private static final String SWITCH = "switch";
    private static final String AGENT = "agent/";
    private static final String REPLIES = "replies/";
    private static final String CALL = "call/";

    private interface Writer {
        void write(DataOutput out) throws IOException;
    }

    private interface Reader {
        void read(DataInput in, State state) throws IOException;
    }

    private Persistence() {}

    /** Moves what has changed since the last time into {@code puts} and {@code removes}. */
    static void drain(State state, Map<String, byte[]> puts, Set<String> removes) {
        for (Call call : state.changedCalls) {
            if (state.calls.get(call.id()) == call) {
                puts.put(CALL + call.id(), bytes(out -> Entities.writeCall(out, call)));
            }
        }
        for (String ended : state.endedCalls) {
            removes.add(CALL + ended);
        }
        for (Agent agent : state.changedAgents) {
            puts.put(AGENT + agent.id, bytes(out -> Entities.writeAgent(out, agent)));
        }
        for (Agent agent : state.changedReplies) {
            drainReplies(agent, puts, removes);
        }
        if (state.changed) {
            puts.put(SWITCH, bytes(out -> Entities.writeSwitch(out, state)));
        }
        state.history.drain(puts, removes);
        state.changedCalls.clear();
        state.endedCalls.clear();
        state.changedAgents.clear();
        state.changedReplies.clear();
        state.changed = false;
    }

    private static void drainReplies(Agent agent, Map<String, byte[]> puts, Set<String> removes) {
        String key = REPLIES + agent.id + '/';
        agent.replies.drain(new Replies.Pieces() {
            @Override
            public void changed(long piece) {
                puts.put(key + piece, bytes(out -> Entities.writeReplies(out, agent, piece)));
            }

            @Override
            public void forgotten(long piece) {
                removes.add(key + piece);
            }
        });
    }

    static void load(State state, Map<String, byte[]> entries) {
        read(entries.get(SWITCH), Entities::readSwitch, state);
        entries.forEach((key, value) -> {
            if (key.startsWith(AGENT)) {
                read(value, Entities::readAgent, state);
            } else if (key.startsWith(REPLIES)) {
                read(value, Entities::readReplies, state);
            } else if (key.startsWith(History.KEY)) {
                state.history.load(key, value);
            }
        });
        // Calls after their agents, and in the order in which they came to be.
        entries.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(CALL))
                .sorted(Comparator.comparingLong(
                        entry -> Long.parseLong(entry.getKey().substring(CALL.length() + 1))))
                .forEach(entry -> read(entry.getValue(), Entities::readCall, state));
        for (Agent agent : state.agents.values()) {
            agent.legs.sort(Comparator.comparingLong(leg -> leg.number));
        }
        state.history.loaded();
    }

    private static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            writer.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void read(byte[] bytes, Reader reader, State state) {
        if (bytes == null) {
            return;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IOException("format " + format + " is not known here: a newer release wrote it");
            }
            reader.read(in, state);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
