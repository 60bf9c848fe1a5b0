package io.interactionprocessor.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A client may send {@code bindResource} and what follows it in one go: what concerns a session whose binding is not
 * answered yet waits for that answer. The edge bounds how many requests of a connection can be under way.
 */
final class Pipeline {
    private final Map<Key, Waiting> waiting = new HashMap<>(2);

    private record Key(String connection, String resource) {}

    private static final class Waiting {
        private final Deque<Runnable> requests = new ArrayDeque<>(1);
        private int bindings;
    }

    /** A binding begins. */
    void begin(String connection, String resource) {
        waiting.computeIfAbsent(new Key(connection, resource), any -> new Waiting()).bindings++;
    }

    /** Keeps a request if a binding is under way; returns whether it did. */
    boolean keep(String connection, String resource, Runnable request) {
        Waiting found = waiting.get(new Key(connection, resource));
        if (found != null) {
            found.requests.addLast(request);
        }
        return found != null;
    }

    /** A binding has been answered: what waited for it goes on, in order. */
    void end(String connection, String resource) {
        Key key = new Key(connection, resource);
        Waiting found = waiting.get(key);
        if (found != null && --found.bindings == 0) {
            waiting.remove(key);
            found.requests.forEach(Runnable::run);
        }
    }
}
