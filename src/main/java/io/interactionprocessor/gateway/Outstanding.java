package io.interactionprocessor.gateway;

import io.interactionprocessor.protocol.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The requests of one connection that were passed on and have no answer yet, oldest first: what makes "every request gets
 * exactly one answer" true at the edge. Few at a time, so that a list is the fastest map.
 */
final class Outstanding {
    private static final int GIVEN_UP_KEPT = 256;

    private final int limit;
    private final long timeoutMillis;
    private final List<Entry> entries = new ArrayList<>(1);
    private Set<String> givenUp = Collections.emptySet();

    Outstanding(int limit, long timeoutMillis) {
        this.limit = limit;
        this.timeoutMillis = timeoutMillis;
    }

    boolean full() {
        return entries.size() >= limit;
    }

    int size() {
        return entries.size();
    }

    /**
     * Returns whether a request with this id waits already, so that the answers could not be told apart. Requests to a
     * session are not meant: a session knows a repetition by its id and answers it with the stored answer (protocol 6.2).
     */
    boolean clashes(Request request) {
        for (Entry entry : entries) {
            if (entry.request.requestId().equals(request.requestId())) {
                return !(request instanceof Request.Resource) || !(entry.request instanceof Request.Resource);
            }
        }
        return false;
    }

    void add(Request request, long now) {
        entries.add(new Entry(request, now + timeoutMillis));
    }

    /** The answer to a request has come; empty if it had been given up. */
    Optional<Request> answered(String requestId) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).request.requestId().equals(requestId)) {
                return Optional.of(entries.remove(i).request);
            }
        }
        return Optional.empty();
    }

    /** Removes and returns the requests that have waited too long. */
    List<Request> overdue(long now) {
        if (entries.isEmpty() || entries.get(0).deadline > now) {
            return List.of();
        }
        List<Request> overdue = new ArrayList<>();
        Iterator<Entry> each = entries.iterator();
        while (each.hasNext()) {
            Entry entry = each.next();
            if (entry.deadline > now) {
                break;
            }
            overdue.add(entry.request);
            each.remove();
            remember(entry.request.requestId());
        }
        return overdue;
    }

    /** Returns whether a request was overdue, so that it has an answer already. */
    boolean isGivenUp(String requestId) {
        return givenUp.contains(requestId);
    }

    /** Like {@link #isGivenUp}, but says so once. */
    boolean wasGivenUp(String requestId) {
        return !givenUp.isEmpty() && givenUp.remove(requestId);
    }

    private void remember(String requestId) {
        givenUp = givenUp.isEmpty() ? new LinkedHashSet<>() : givenUp;
        if (givenUp.add(requestId) && givenUp.size() > GIVEN_UP_KEPT) {
            givenUp.remove(givenUp.iterator().next());
        }
    }

    private record Entry(Request request, long deadline) {}
}
