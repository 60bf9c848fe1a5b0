package io.interactionprocessor.cti.simulated;

import io.interactionprocessor.model.csta.DataCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The switch's own truth, against which clients' histories are checked. Each entry is written once, under a key of its own:
 * compressing chunks of them was 7 % of a node's samples under load.
 */
final class History {
    static final String KEY = "history/";

    private static final int SMALL = 64;

    private final int size;
    /** Entry {@code n} is at {@code n} modulo the length. */
    private byte[][] ring;

    private int count;
    /** The number of the newest entry. */
    private long last;
    /** What is being loaded, in any order. */
    private final TreeMap<Long, byte[]> loading = new TreeMap<>();
    /** Up to here entries have been written, and removed. */
    private long written;

    private long removed;

    History(int size) {
        this.size = Math.max(1, size);
        ring = new byte[Math.min(SMALL, this.size)][];
    }

    /** Adds an entry; {@code pairs} are names and values by turns, those without a value are left out. */
    void add(long at, String what, Object... pairs) {
        Map<String, Object> detail = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                detail.put((String) pairs[i], pairs[i + 1]);
            }
        }
        append(encode(at, what, detail));
    }

    private void append(byte[] entry) {
        if (count == ring.length && count < size) {
            byte[][] larger = new byte[Math.min(size, 2 * count)][];
            for (long number = first(); number <= last; number++) {
                larger[place(number, larger)] = ring[place(number, ring)];
            }
            ring = larger;
        }
        last++;
        ring[place(last, ring)] = entry;
        count = Math.min(count + 1, size);
    }

    private static int place(long number, byte[][] in) {
        return (int) (number % in.length);
    }

    long last() {
        return last;
    }

    private long first() {
        return last - count + 1;
    }

    /** Returns up to {@code limit} entries with a number above {@code after}, in order. */
    List<HistoryEntry> after(long after, int limit) {
        List<HistoryEntry> found = new ArrayList<>();
        for (long number = Math.max(first(), after + 1); number <= last && found.size() < limit; number++) {
            byte[] entry = ring[place(number, ring)];
            if (entry != null) {
                found.add(decode(number, entry));
            }
        }
        return found;
    }

    /** Tells what has come and gone since the last time. */
    void drain(Map<String, byte[]> puts, Set<String> removes) {
        for (long number = Math.max(first(), written + 1); number <= last; number++) {
            puts.put(KEY + number, ring[place(number, ring)]);
        }
        for (long gone = removed + 1; gone < first() && gone <= written; gone++) {
            removes.add(KEY + gone);
        }
        written = last;
        removed = first() - 1;
    }

    void load(String key, byte[] entry) {
        loading.put(Long.parseLong(key.substring(KEY.length())), entry);
    }

    /** To be called once, when every entry has been loaded. */
    void loaded() {
        if (!loading.isEmpty()) {
            last = Math.max(loading.firstKey(), loading.lastKey() - size + 1) - 1;
            // one that is lost leaves its place empty
            for (long number = last + 1; number <= loading.lastKey(); number++) {
                append(loading.get(number));
            }
            loading.clear();
        }
        written = last;
        removed = first() - 1;
    }

    private static byte[] encode(long at, String what, Map<String, Object> detail) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(at);
            DataCodec.writeString(out, what);
            DataCodec.writeMap(out, detail);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static HistoryEntry decode(long number, byte[] entry) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry))) {
            return new HistoryEntry(number, in.readLong(), DataCodec.readString(in), DataCodec.readMap(in));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
