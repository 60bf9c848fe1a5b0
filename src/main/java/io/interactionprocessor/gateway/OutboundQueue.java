package io.interactionprocessor.gateway;

/**
 * Counts the bytes that were given to the socket and that the network has not taken yet. The socket itself never refuses
 * to be written to, so this is the only thing between a client that does not read and our memory.
 */
final class OutboundQueue {
    private final long limit;
    private long waiting;
    private long excused;
    private long progressAt;

    OutboundQueue(long limitBytes, long now) {
        this.limit = limitBytes;
        this.progressAt = now;
    }

    /** Takes one frame; false: there is no room, the client must go. A frame that is alone may have any size. */
    boolean take(long bytes, long now) {
        long live = waiting - excused;
        if (live > 0 && live + bytes > limit) {
            return false;
        }
        add(bytes, now);
        return true;
    }

    /**
     * Takes the missed events of a resumed session: they may exceed the limit, being bounded by the replay window, as long
     * as no earlier replay is still under way.
     */
    boolean takeReplay(long bytes, long now) {
        if (excused > 0) {
            return take(bytes, now);
        }
        // What is excused leaves first: the queue is first in, first out, so what waits now counts as replay too.
        add(bytes, now);
        excused = waiting;
        return true;
    }

    /** The network has taken so many bytes. */
    void written(long bytes, long now) {
        waiting -= bytes;
        excused = Math.max(0, excused - bytes);
        progressAt = now;
    }

    /** Returns when bytes will have waited for so long and none has been taken; {@link Agenda#NEVER} if none waits. */
    long stalledAt(long longestMillis) {
        return waiting == 0 ? Agenda.NEVER : progressAt + longestMillis;
    }

    /** Returns since how many milliseconds bytes are waiting and none has been taken; 0 if none waits. */
    long stalledMillis(long now) {
        return waiting == 0 ? 0 : now - progressAt;
    }

    /** Returns when the network has taken something for the last time, or when something began to wait for it. */
    long progressAt() {
        return progressAt;
    }

    long waitingBytes() {
        return waiting;
    }

    private void add(long bytes, long now) {
        if (waiting == 0) {
            progressAt = now;
        }
        waiting += bytes;
    }
}
