package io.interactionprocessor.session.simulation;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.Recent;
import io.interactionprocessor.session.RecentEvents;
import io.interactionprocessor.session.SessionState;
import io.interactionprocessor.session.StoredSession;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@link io.interactionprocessor.session.Ports.SessionStore} promises, in memory and at once. */
public class MemoryStore {
    private static final class Entry {
        Epoch epoch = Epoch.NONE;
        long step;
        SessionState state;
        final Recent<StoredAnswer> answers = Recent.answers();
        final RecentEvents events = new RecentEvents();
    }

    private final Map<SessionId, Entry> stored = new HashMap<>();
    private final Set<SessionId> removed = new HashSet<>();

    /** Appends; false if a newer epoch owns the session, or it was removed. */
    public boolean append(SessionId session, StoredSession.Append append) {
        if (removed.contains(session)) {
            return false;
        }
        Entry entry = stored.computeIfAbsent(session, any -> new Entry());
        boolean old = append.epoch().isOlderThan(entry.epoch);
        if (old && checksEpochs()) {
            return false;
        }
        entry.epoch = old ? entry.epoch : append.epoch();
        if (old || append.step() > entry.step) {
            entry.step = Math.max(entry.step, append.step());
            entry.state = append.state();
            entry.answers.add(append.answers(), append.keepAnswers());
            entry.events.add(append.events(), append.keepEvents());
        }
        return true;
    }

    /** Whether an owner that has been fenced off is refused; if not, whatever it says is taken. */
    protected boolean checksEpochs() {
        return true;
    }

    /** Makes {@code epoch} the session's; empty if there is no such session, or a newer epoch owns it. */
    public Optional<StoredSession> fence(SessionId session, Epoch epoch, long eventsAfter) {
        Entry entry = stored.get(session);
        if (entry == null || epoch.isOlderThan(entry.epoch)) {
            return Optional.empty();
        }
        entry.epoch = epoch;
        return find(session, eventsAfter);
    }

    /** Reads, of the events those with a higher sequence. */
    public Optional<StoredSession> find(SessionId session, long eventsAfter) {
        return Optional.ofNullable(stored.get(session))
                .map(entry -> new StoredSession(
                        entry.epoch, entry.step, entry.state, entry.answers.list(), entry.events.list(eventsAfter)));
    }

    /** Removes for ever, unless a newer epoch owns the session. */
    public void remove(SessionId session, Epoch epoch) {
        Entry entry = stored.get(session);
        if (entry == null || !epoch.isOlderThan(entry.epoch)) {
            stored.remove(session);
            removed.add(session);
        }
    }

    /** Returns the sessions that are stored. */
    public Set<SessionId> sessions() {
        return Set.copyOf(stored.keySet());
    }
}
