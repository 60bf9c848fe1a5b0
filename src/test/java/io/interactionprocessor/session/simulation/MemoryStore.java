package io.interactionprocessor.session.simulation;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import io.interactionprocessor.session.StoredSession;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import io.interactionprocessor.session.StoredSession.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@link io.interactionprocessor.session.Ports.SessionStore} promises, in memory and at once. */
public class MemoryStore {
    private final Map<SessionId, StoredSession> sessions = new HashMap<>();
    private final Set<SessionId> removed = new HashSet<>();

    /** Appends; false if a newer epoch owns the session, or it was removed. */
    public boolean append(SessionId session, StoredSession.Append append) {
        if (removed.contains(session)) {
            return false;
        }
        StoredSession old = sessions.get(session);
        if (old == null) {
            old = new StoredSession(append.epoch(), 0, append.state(), List.of(), List.of());
        }
        if (append.epoch().isOlderThan(old.epoch())) {
            return false;
        }
        if (append.step() > old.step()) {
            List<StoredAnswer> answers = joined(old.answers(), append.answers(), append.keepAnswers());
            List<StoredEvent> events = joined(old.events(), append.events(), append.keepEvents());
            sessions.put(session, new StoredSession(append.epoch(), append.step(), append.state(), answers, events));
        }
        return true;
    }

    private static <T> List<T> joined(List<T> old, List<T> added, int keep) {
        List<T> all = new ArrayList<>(old);
        all.addAll(added);
        return all.subList(Math.max(0, all.size() - keep), all.size());
    }

    /** Makes {@code epoch} the session's; empty if there is no such session, or a newer epoch owns it. */
    public Optional<StoredSession> fence(SessionId session, Epoch epoch) {
        StoredSession old = sessions.get(session);
        if (old == null || epoch.isOlderThan(old.epoch())) {
            return Optional.empty();
        }
        sessions.put(session, new StoredSession(epoch, old.step(), old.state(), old.answers(), old.events()));
        return find(session);
    }

    /** Reads. */
    public Optional<StoredSession> find(SessionId session) {
        return Optional.ofNullable(sessions.get(session));
    }

    /** Removes for ever, unless a newer epoch owns the session. */
    public void remove(SessionId session, Epoch epoch) {
        StoredSession old = sessions.get(session);
        if (old == null || !epoch.isOlderThan(old.epoch())) {
            sessions.remove(session);
            removed.add(session);
        }
    }

    /** Returns everything that is stored. */
    public Map<SessionId, StoredSession> all() {
        return sessions;
    }
}
