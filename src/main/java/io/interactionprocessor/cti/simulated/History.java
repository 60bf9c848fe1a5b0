package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.csta.DataCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The switch's own truth, against which clients' histories are checked. Kept in chunks, the newest in pieces, so that a write
 * is proportional to neither the whole nor a chunk; a full chunk is compressed, and takes its pieces' place.
 */
final class History {
    static final String KEY = "history/";
    /** Where the pieces of the newest chunk are. */
    static final String PIECE_KEY = "history-piece/";

    private static final int CHUNK = 64;
    private static final int PIECE = 8;

    private final int size;
    private final TreeMap<Long, byte[]> closed = new TreeMap<>();
    private final List<HistoryEntry> open = new ArrayList<>();
    private final Set<Long> dirty = new HashSet<>();
    private final Set<Long> removed = new HashSet<>();
    private final Set<Long> dirtyPieces = new HashSet<>();
    private final Set<Long> removedPieces = new HashSet<>();
    private long next = 1;

    History(int size) {
        this.size = size;
    }

    /** Adds an entry; {@code pairs} are names and values by turns, those without a value are left out. */
    void add(long at, String what, Object... pairs) {
        Map<String, Object> detail = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                detail.put((String) pairs[i], pairs[i + 1]);
            }
        }
        if (open.size() == CHUNK) {
            close();
            trim();
        }
        open.add(new HistoryEntry(next++, at, what, detail));
        dirtyPieces.add(open.get(pieceOf(open.size() - 1)).number());
    }

    private void close() {
        long first = open.get(0).number();
        closed.put(first, encode(open));
        dirty.add(first);
        for (int piece = 0; piece < CHUNK; piece += PIECE) {
            removedPieces.add(open.get(piece).number());
        }
        dirtyPieces.clear();
        open.clear();
    }

    /** Returns where the piece begins that has an entry of the open chunk. */
    private static int pieceOf(int place) {
        return place - place % PIECE;
    }

    private void trim() {
        while (!closed.isEmpty() && next - 1 - closed.firstKey() - CHUNK >= size) {
            long first = closed.pollFirstEntry().getKey();
            dirty.remove(first);
            removed.add(first);
        }
    }

    long last() {
        return next - 1;
    }

    /** Returns up to {@code limit} entries with a number above {@code after}, in order. */
    List<HistoryEntry> after(long after, int limit) {
        List<HistoryEntry> found = new ArrayList<>();
        Long from = closed.floorKey(after + 1);
        for (byte[] chunk : (from == null ? closed : closed.tailMap(from, true)).values()) {
            collect(decode(chunk), after, limit, found);
            if (found.size() == limit) {
                return found;
            }
        }
        collect(open, after, limit, found);
        return found;
    }

    private static void collect(List<HistoryEntry> entries, long after, int limit, List<HistoryEntry> found) {
        for (HistoryEntry entry : entries) {
            if (entry.number() > after && found.size() < limit) {
                found.add(entry);
            }
        }
    }

    void drain(Map<String, byte[]> puts, Set<String> removes) {
        for (long first : dirty) {
            puts.put(KEY + first, closed.get(first));
        }
        for (long first : removed) {
            removes.add(KEY + first);
        }
        for (long first : removedPieces) {
            removes.add(PIECE_KEY + first);
        }
        for (long first : dirtyPieces) {
            int place = (int) (first - open.get(0).number());
            puts.put(PIECE_KEY + first, encode(open.subList(place, Math.min(place + PIECE, open.size()))));
        }
        dirty.clear();
        removed.clear();
        removedPieces.clear();
        dirtyPieces.clear();
    }

    void load(String key, byte[] chunk) {
        if (key.startsWith(PIECE_KEY)) {
            open.addAll(decode(chunk));
        } else {
            closed.put(Long.parseLong(key.substring(KEY.length())), chunk);
        }
    }

    /** To be called once, when every chunk and piece has been loaded. */
    void loaded() {
        open.sort(Comparator.comparingLong(HistoryEntry::number));
        if (open.isEmpty() && !closed.isEmpty()) {
            open.addAll(decode(closed.pollLastEntry().getValue()));
        }
        if (!open.isEmpty()) {
            next = open.get(open.size() - 1).number() + 1;
        }
    }

    private static byte[] encode(List<HistoryEntry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(entries.size() == CHUNK ? 1 : 0);
        try (DataOutputStream out =
                new DataOutputStream(entries.size() == CHUNK ? new DeflaterOutputStream(bytes) : bytes)) {
            out.writeInt(entries.size());
            for (HistoryEntry entry : entries) {
                out.writeLong(entry.number());
                out.writeLong(entry.at());
                DataCodec.writeString(out, entry.what());
                DataCodec.writeMap(out, entry.detail());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static List<HistoryEntry> decode(byte[] chunk) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(chunk);
        boolean compressed = bytes.read() == 1;
        try (DataInputStream in = new DataInputStream(compressed ? new InflaterInputStream(bytes) : bytes)) {
            int count = in.readInt();
            List<HistoryEntry> entries = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                entries.add(new HistoryEntry(
                        in.readLong(), in.readLong(), DataCodec.readString(in), DataCodec.readMap(in)));
            }
            return entries;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
