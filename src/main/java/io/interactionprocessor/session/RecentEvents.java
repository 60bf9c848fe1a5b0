package io.interactionprocessor.session;

import io.interactionprocessor.protocol.PackedText;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last events of a session, without a gap, bounded in number and in size. They lie in a few blocks of bytes: each is kept
 * just long enough to be dear to a collector of short-lived objects, and is hardly ever read. As objects of their own the
 * events of 200 busy agents made a collection take 25 to 30 ms, in blocks it takes 16.
 */
public final class RecentEvents {
    /** How many bytes of packed events are kept of one session, beside the limit of their number. */
    public static final int BYTES = 1024 * 1024;

    private static final int LARGEST_BLOCK = 32 * 1024;
    private static final int LENGTH = Integer.BYTES;

    /** Events one behind the other, each with its length before it; between position and limit lie those that are kept. */
    private final Deque<ByteBuffer> blocks = new ArrayDeque<>(1);

    private int count;
    private int bytes;
    private long last;

    /**
     * Adds some; the oldest of what is more than {@code most}, or too large in all, are forgotten. If something is missing
     * before them, all that was before is forgotten: rather a snapshot than a gap.
     */
    public void add(List<StoredEvent> more, int most) {
        List<byte[]> texts = new ArrayList<>(more.size());
        int ahead = 0;
        for (StoredEvent event : more) {
            byte[] text = event.packed().bytes();
            texts.add(text);
            ahead += LENGTH + text.length;
        }
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            long sequence = more.get(i).sequence();
            if (count > 0 && sequence != last + 1) {
                clear();
            }
            while (count >= most || (count >= Recent.LEAST && bytes + text.length > BYTES)) {
                forgetFirst();
            }
            append(text, ahead);
            ahead -= LENGTH + text.length;
            last = sequence;
        }
    }

    /**
     * A new block takes what comes now, or half as much as there is: a session that says little keeps little more than that.
     *
     * @param ahead how many bytes this one and those that follow at once will take
     */
    private void append(byte[] text, int ahead) {
        ByteBuffer block = blocks.peekLast();
        int end = block == null ? 0 : block.limit();
        if (block == null || block.capacity() - end < LENGTH + text.length) {
            int usual = Math.min(LARGEST_BLOCK, Math.max(ahead, bytes / 2));
            block = ByteBuffer.allocate(Math.max(usual, LENGTH + text.length)).limit(0);
            blocks.addLast(block);
            end = 0;
        }
        block.limit(end + LENGTH + text.length);
        block.putInt(end, text.length).put(end + LENGTH, text);
        count++;
        bytes += text.length;
    }

    private void forgetFirst() {
        ByteBuffer block = blocks.getFirst();
        int length = block.getInt();
        block.position(block.position() + length);
        if (!block.hasRemaining()) {
            blocks.removeFirst();
        }
        count--;
        bytes -= length;
    }

    /** Forgets all. */
    public void clear() {
        blocks.clear();
        count = 0;
        bytes = 0;
    }

    /** Returns them, oldest first. */
    public List<StoredEvent> list() {
        return list(0);
    }

    /** Returns those with a higher sequence, oldest first. */
    public List<StoredEvent> list(long after) {
        List<StoredEvent> events = new ArrayList<>();
        if (last <= after) {
            return events;
        }
        long sequence = last - count;
        for (ByteBuffer block : blocks) {
            ByteBuffer reading = block.duplicate();
            while (reading.hasRemaining()) {
                int length = reading.getInt();
                if (++sequence <= after) {
                    reading.position(reading.position() + length);
                } else {
                    byte[] text = new byte[length];
                    reading.get(text);
                    events.add(new StoredEvent(sequence, PackedText.ofBytes(text)));
                }
            }
        }
        return events;
    }
}
