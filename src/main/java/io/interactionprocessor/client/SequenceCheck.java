package io.interactionprocessor.client;

import java.util.Optional;

/** Whether events come as 1, 2, 3 without gap or repeat (protocol 6.2). */
final class SequenceCheck {
    /** Written on the client's context, read from anywhere. */
    private volatile long last;

    private boolean snapshotDue;

    /** Returns the sequence of the last event that was taken. */
    long last() {
        return last;
    }

    /** After a resume that was none: the next event is a snapshot and may have any sequence above the last. */
    void expectSnapshot() {
        snapshotDue = true;
    }

    /** Returns whether an event was there before, to be left out. */
    boolean isRepeat(long sequence) {
        return sequence <= last;
    }

    /** Takes an event and returns what is wrong with its place, if anything. */
    Optional<String> take(long sequence, String name) {
        if (isRepeat(sequence)) {
            return Optional.of("repeat: " + name + " has sequence " + sequence + " after " + last);
        }
        long missing = sequence - last - 1;
        last = sequence;
        if (snapshotDue) {
            snapshotDue = false;
            return name.equals("session.snapshot")
                    ? Optional.empty()
                    : Optional.of("no snapshot: " + name + " came first after a resume that was refused");
        }
        return missing == 0
                ? Optional.empty()
                : Optional.of("gap: " + missing + " missing before " + name + " with sequence " + sequence);
    }
}
