package io.interactionprocessor.session;

import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.session.StoredSession.StoredAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last answers of a session, so that a repeated request is answered and not executed again (protocol 6.2). */
final class Answers {
    private static final int USE_BITS = 8;

    private final int most;
    private final Map<String, StoredAnswer> kept = new LinkedHashMap<>(4);
    private int bytes;

    Answers(int keep, List<StoredAnswer> restored) {
        this.most = keep;
        restored.forEach(this::keep);
    }

    /** The same that the store keeps: {@link Recent}. */
    void keep(StoredAnswer answer) {
        // a request with an id used before takes the newest place
        forget(answer.requestId());
        kept.put(answer.requestId(), answer);
        bytes += answer.packed().bytes().length;
        while (kept.size() > most || (bytes > Recent.ANSWER_BYTES && kept.size() > Recent.LEAST)) {
            forget(kept.keySet().iterator().next());
        }
    }

    private void forget(String requestId) {
        StoredAnswer gone = kept.remove(requestId);
        if (gone != null) {
            bytes -= gone.packed().bytes().length;
        }
    }

    /** Returns whether this very request has been answered. */
    boolean knows(String requestId, int fingerprint) {
        StoredAnswer answer = kept.get(requestId);
        return answer != null && answer.fingerprint() == fingerprint;
    }

    /** Returns the answer of the same request, or null. Another request with the same id is not a repetition. */
    String repeated(String requestId, int fingerprint) {
        StoredAnswer answer = kept.get(requestId);
        return answer != null && isRepetition(answer.fingerprint(), fingerprint) ? answer.text() : null;
    }

    /**
     * Tells a repetition from another request; the same in every JVM. The lower 8 bits count the different requests that
     * have had this id: a client is free to use one again once it is answered, and what it then asks is executed.
     */
    int fingerprint(Request.Resource request) {
        String text = request.commandName() + ' ' + request.target() + ' ' + request.command();
        int fingerprint = text.hashCode() << USE_BITS;
        StoredAnswer before = kept.get(request.requestId());
        if (before == null || isRepetition(before.fingerprint(), fingerprint)) {
            return fingerprint;
        }
        return fingerprint | (before.fingerprint() + 1 & (1 << USE_BITS) - 1);
    }

    static boolean isRepetition(int fingerprint, int of) {
        return fingerprint >> USE_BITS == of >> USE_BITS;
    }
}
