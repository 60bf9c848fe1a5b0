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

    private final int size;
    private final TreeMap<Long, byte[]> entries = new TreeMap<>();
    /** Up to here entries have been written, and removed. */
    private long written;

    private long removed;

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
        long number = last() + 1;
        entries.put(number, encode(at, what, detail));
        if (entries.size() > size) {
            entries.pollFirstEntry();
        }
    }

    long last() {
        return entries.isEmpty() ? 0 : entries.lastKey();
    }

    /** Returns up to {@code limit} entries with a number above {@code after}, in order. */
    List<HistoryEntry> after(long after, int limit) {
        List<HistoryEntry> found = new ArrayList<>();
        for (Map.Entry<Long, byte[]> entry : entries.tailMap(after, false).entrySet()) {
            if (found.size() == limit) {
                break;
            }
            found.add(decode(entry.getKey(), entry.getValue()));
        }
        return found;
    }

    /** Tells what has come and gone since the last time. */
    void drain(Map<String, byte[]> puts, Set<String> removes) {
        if (entries.isEmpty()) {
            return;
        }
        entries.tailMap(written, false).forEach((number, entry) -> puts.put(KEY + number, entry));
        for (long gone = removed + 1; gone < entries.firstKey(); gone++) {
            if (gone <= written) {
                removes.add(KEY + gone);
            }
        }
        written = last();
        removed = entries.firstKey() - 1;
    }

    void load(String key, byte[] entry) {
        entries.put(Long.parseLong(key.substring(KEY.length())), entry);
    }

    /** To be called once, when every entry has been loaded. */
    void loaded() {
        written = last();
        removed = entries.isEmpty() ? 0 : entries.firstKey() - 1;
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
