package io.interactionprocessor.session;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.model.SessionId;
import java.util.HashMap;
import java.util.Map;

/** What this node has asked the directory for: that may name this node before this node knows. */
final class Expected {
    /** New sessions that are being claimed, and by what they have been overridden meanwhile. */
    private final Map<SessionId, Epoch> claims = new HashMap<>();
    /** How many bindings of a session have asked, and are not done with what the directory says. */
    private final Map<SessionId, Integer> bindings = new HashMap<>();

    /** A claim of a new session begins, or is made again. */
    void claims(SessionId id) {
        claims.putIfAbsent(id, Epoch.NONE);
    }

    /** Another session has taken the place of one that may be being claimed. */
    void overridden(SessionId id, Epoch by) {
        claims.computeIfPresent(id, (claimed, before) -> before.isOlderThan(by) ? by : before);
    }

    /** Returns what has overridden a session that is being claimed, as far as is known; {@link Epoch#NONE} if nothing has. */
    Epoch overriddenBy(SessionId id) {
        return claims.getOrDefault(id, Epoch.NONE);
    }

    /** The claim has been answered, or will not be any more; returns what has overridden it meanwhile, as far as is known. */
    Epoch hasClaimed(SessionId id) {
        return claims.remove(id);
    }

    /** A binding asks the directory for a session. */
    void binds(SessionId id) {
        bindings.merge(id, 1, Integer::sum);
    }

    /** What a binding has asked for is here, or will not be. */
    void hasBound(SessionId id) {
        bindings.computeIfPresent(id, (any, count) -> count == 1 ? null : count - 1);
    }

    /** Returns how many bindings of a session are not done. */
    int bindings(SessionId id) {
        return bindings.getOrDefault(id, 0);
    }

    /** Returns whether something under way explains why the directory says that a session is here. */
    boolean contains(SessionId id) {
        return claims.containsKey(id) || bindings.containsKey(id);
    }
}
