package io.interactionprocessor.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.session.Recent;
import io.interactionprocessor.session.RecentEvents;
import io.interactionprocessor.session.SessionState;
import io.interactionprocessor.session.StoredSession;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import java.io.IOException;

/**
 * A stored session as it lies in the grid. It is changed in place, so that an append costs what it adds and not what is
 * there. Its partition's thread changes it; when clusters merge another one reads it, therefore the locks.
 */
final class SessionHolder implements GridObject, Ranked {
    private long epoch;
    private long step;
    private boolean removed;
    private SessionState state;
    private final Recent<StoredAnswer> answers = Recent.answers();
    private final RecentEvents events = new RecentEvents();

    /** Adds; false if a newer epoch owns the session or it has been removed. */
    synchronized boolean append(StoredSession.Append append) {
        if (removed || append.epoch().value() < epoch) {
            return false;
        }
        epoch = append.epoch().value();
        if (append.step() <= step) {
            return true;
        }
        step = append.step();
        state = append.state();
        answers.add(append.answers(), append.keepAnswers());
        events.add(append.events(), append.keepEvents());
        return true;
    }

    /** Makes an epoch the owner's; false if a newer one owns the session or it has been removed. */
    synchronized boolean fence(Epoch owner) {
        if (removed || owner.value() < epoch) {
            return false;
        }
        epoch = owner.value();
        return true;
    }

    /** Forgets everything but that it has been removed; false if a newer epoch owns the session. */
    synchronized boolean remove(Epoch owner) {
        if (owner.value() < epoch) {
            return false;
        }
        epoch = owner.value();
        removed = true;
        state = null;
        answers.clear();
        events.clear();
        return true;
    }

    /** Returns what is stored, of the events those with a higher sequence; null if it has been removed. */
    synchronized StoredSession stored(long eventsAfter) {
        return removed
                ? null
                : new StoredSession(new Epoch(epoch), step, state, answers.list(), events.list(eventsAfter));
    }

    @Override
    public synchronized long epoch() {
        return epoch;
    }

    @Override
    public synchronized long rank() {
        return removed ? Long.MAX_VALUE : step;
    }

    @Override
    public GridSerialization.Type type() {
        return GridSerialization.Type.SESSION_HOLDER;
    }

    @Override
    public synchronized void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(epoch);
        out.writeLong(step);
        out.writeBoolean(removed);
        StoredSessionCodec.writeState(out, state);
        StoredSessionCodec.writeAnswers(out, answers.list());
        StoredSessionCodec.writeEvents(out, events.list());
    }

    @Override
    public synchronized void readData(ObjectDataInput in) throws IOException {
        epoch = in.readLong();
        step = in.readLong();
        removed = in.readBoolean();
        state = StoredSessionCodec.readState(in);
        answers.add(StoredSessionCodec.readAnswers(in), Integer.MAX_VALUE);
        events.add(StoredSessionCodec.readEvents(in), Integer.MAX_VALUE);
    }
}
