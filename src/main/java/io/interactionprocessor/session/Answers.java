package io.interactionprocessor.session;

import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last answers of a session, so that a repeated request is answered and not executed again (protocol 6.2). */
final class Answers {
    private final Map<String, StoredAnswer> kept;

    Answers(int keep, List<StoredAnswer> restored) {
        kept = new LinkedHashMap<>(4) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, StoredAnswer> eldest) {
                return size() > keep;
            }
        };
        restored.forEach(this::keep);
    }

    void keep(StoredAnswer answer) {
        // a request with an id used before takes the newest place
        kept.remove(answer.requestId());
        kept.put(answer.requestId(), answer);
    }

    boolean knows(String requestId) {
        return requestId != null && kept.containsKey(requestId);
    }

    /** Returns the answer of the same request, or null. Another request with the same id is not a repetition. */
    String repeated(String requestId, int fingerprint) {
        StoredAnswer answer = kept.get(requestId);
        return answer != null && answer.fingerprint() == fingerprint ? answer.text() : null;
    }

    /** Tells a repetition from another request; the same in every JVM. */
    static int fingerprint(Request.Resource request) {
        return (request.commandName() + ' ' + request.target() + ' ' + request.command()).hashCode();
    }
}
