package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.csta.CstaCodec;
import io.interactionprocessor.model.csta.DataCodec;
import io.interactionprocessor.model.csta.Reply;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An agent's last replies, so that a repeated command is not executed twice. Kept and written in pieces: a new reply costs
 * what it is, not what is remembered (all 64 at once were nearly half of what a command allocated).
 */
final class Replies {
    /** At least so many are remembered. */
    static final int REMEMBERED = 64;

    private static final int PIECE = 4;

    private record Remembered(String command, Reply reply) {}

    private static final long NOTHING = Long.MAX_VALUE;

    private final Map<String, Reply> byCommand = new HashMap<>(2);
    private final TreeMap<Long, List<Remembered>> pieces = new TreeMap<>();
    /** The first piece that has changed since the last time; all behind it have as well. */
    private long changed = NOTHING;
    /** The first piece whose end has not been told. */
    private long forgotten;

    /** Returns the reply to a command, or null. */
    Reply of(String commandId) {
        return byCommand.get(commandId);
    }

    void remember(String commandId, Reply reply) {
        Map.Entry<Long, List<Remembered>> last = pieces.lastEntry();
        if (last == null || last.getValue().size() == PIECE) {
            pieces.put(last == null ? 0 : last.getKey() + 1, new ArrayList<>(PIECE));
            last = pieces.lastEntry();
        }
        last.getValue().add(new Remembered(commandId, reply));
        byCommand.put(commandId, reply);
        changed = Math.min(changed, last.getKey());
        if (byCommand.size() >= REMEMBERED + PIECE) {
            pieces.pollFirstEntry().getValue().forEach(gone -> byCommand.remove(gone.command()));
        }
    }

    /** What is to be done with pieces. */
    interface Pieces {
        void changed(long piece);

        void forgotten(long piece);
    }

    /** Tells which pieces have changed or gone since the last time. */
    void drain(Pieces to) {
        pieces.tailMap(changed).keySet().forEach(to::changed);
        changed = NOTHING;
        while (!pieces.isEmpty() && forgotten < pieces.firstKey()) {
            to.forgotten(forgotten++);
        }
    }

    void write(DataOutput out, long piece) throws IOException {
        List<Remembered> remembered = pieces.get(piece);
        out.writeLong(piece);
        out.writeInt(remembered.size());
        for (Remembered one : remembered) {
            DataCodec.writeString(out, one.command());
            CstaCodec.writeReply(out, one.reply());
        }
    }

    void read(DataInput in) throws IOException {
        long piece = in.readLong();
        int size = in.readInt();
        List<Remembered> remembered = new ArrayList<>(PIECE);
        for (int i = 0; i < size; i++) {
            Remembered one = new Remembered(DataCodec.readString(in), CstaCodec.readReply(in));
            remembered.add(one);
            byCommand.put(one.command(), one.reply());
        }
        pieces.put(piece, remembered);
        forgotten = pieces.firstKey();
    }
}
