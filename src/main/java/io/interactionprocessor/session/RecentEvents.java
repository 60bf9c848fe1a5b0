package io.interactionprocessor.session;

import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The last events of a session, without a gap, bounded in number and in size. They lie in one ring of bytes: each is kept
 * just long enough to be dear to a collector of short-lived objects, and is hardly ever read. As objects of their own the
 * events of 200 busy agents made each collection take 30 ms.
 */
public final class RecentEvents {
    /** How many bytes of events are kept of one session, beside the limit of their number. */
    public static final int BYTES = 1024 * 1024;

    private static final int SMALLEST = 1024;
    private static final int LENGTH = Integer.BYTES;

    private byte[] ring = new byte[0];
    private int first;
    private int used;
    private int count;
    private long last;

    /**
     * Adds some; the oldest of what is more than {@code most}, or too large in all, are forgotten. If something is missing
     * before them, all that was before is forgotten: rather a snapshot than a gap.
     */
    public void add(List<StoredEvent> more, int most) {
        for (StoredEvent event : more) {
            if (count > 0 && event.sequence() != last + 1) {
                clear();
            }
            byte[] text = event.text().getBytes(StandardCharsets.UTF_8);
            while (count >= most || (count >= Recent.LEAST && used + LENGTH + text.length > BYTES)) {
                forgetFirst();
            }
            append(text);
            last = event.sequence();
        }
    }

    private void append(byte[] text) {
        int needed = used + LENGTH + text.length;
        if (needed > ring.length) {
            byte[] larger = new byte[Math.max(Math.max(SMALLEST, needed), 2 * ring.length)];
            copyOut(first, larger, used);
            ring = larger;
            first = 0;
        }
        copyIn(ByteBuffer.allocate(LENGTH).putInt(text.length).array());
        copyIn(text);
        count++;
    }

    private void forgetFirst() {
        int size = LENGTH + lengthAt(first);
        first = place(first + size);
        used -= size;
        count--;
    }

    /** Forgets all. */
    public void clear() {
        ring = new byte[0];
        first = 0;
        used = 0;
        count = 0;
    }

    /** Returns them, oldest first. */
    public List<StoredEvent> list() {
        List<StoredEvent> events = new ArrayList<>(count);
        int at = first;
        for (long sequence = last - count + 1; sequence <= last; sequence++) {
            byte[] text = new byte[lengthAt(at)];
            copyOut(place(at + LENGTH), text, text.length);
            events.add(new StoredEvent(sequence, new String(text, StandardCharsets.UTF_8)));
            at = place(at + LENGTH + text.length);
        }
        return events;
    }

    private int lengthAt(int at) {
        byte[] length = new byte[LENGTH];
        copyOut(at, length, LENGTH);
        return ByteBuffer.wrap(length).getInt();
    }

    private void copyIn(byte[] from) {
        int at = place(first + used);
        int before = Math.min(from.length, ring.length - at);
        System.arraycopy(from, 0, ring, at, before);
        System.arraycopy(from, before, ring, 0, from.length - before);
        used += from.length;
    }

    private void copyOut(int at, byte[] to, int length) {
        int before = Math.min(length, ring.length - at);
        System.arraycopy(ring, at, to, 0, before);
        System.arraycopy(ring, 0, to, before, length - before);
    }

    private int place(int at) {
        return at < ring.length ? at : at - ring.length;
    }
}
