package io.interactionprocessor.session;

import io.interactionprocessor.model.Epoch;
import io.interactionprocessor.protocol.PackedText;
import java.util.List;
import java.util.Objects;

/**
 * What is stored of a session so that it outlives its owner's node: the newest state, the last answers and the last events
 * (protocol 6.2, 6.3). The store keeps it; {@link Append}s change it.
 *
 * @param epoch the newest epoch that owns the session
 * @param step the number of the last append
 * @param state the session's newest state
 * @param answers the last answers, oldest first
 * @param events the last events, or those that were asked for, oldest first, without gap
 */
public record StoredSession(
        Epoch epoch, long step, SessionState state, List<StoredAnswer> answers, List<StoredEvent> events) {
    /** Asked for events after this one, a store returns none: there may be a thousand, and few need any. */
    public static final long NO_EVENTS = Long.MAX_VALUE;

    public StoredSession {
        Objects.requireNonNull(epoch, "epoch");
        answers = List.copyOf(answers);
        events = List.copyOf(events);
    }

    /**
     * An answer that may be asked for again.
     *
     * @param requestId the request
     * @param fingerprint of the request's text: tells a repetition from another request with the same id
     * @param packed the answer, rendered
     */
    public record StoredAnswer(String requestId, int fingerprint, PackedText packed) {
        /** Packs an answer. */
        public StoredAnswer(String requestId, int fingerprint, String text) {
            this(requestId, fingerprint, PackedText.of(text));
        }

        /** Returns the answer as it is sent. */
        public String text() {
            return packed.text();
        }
    }

    /**
     * An event that may be asked for again.
     *
     * @param packed the event, rendered
     */
    public record StoredEvent(long sequence, PackedText packed) {
        /** Packs an event. */
        public StoredEvent(long sequence, String text) {
            this(sequence, PackedText.of(text));
        }

        /** Returns the event as it is sent. */
        public String text() {
            return packed.text();
        }
    }

    /**
     * What one or several steps of a session add.
     *
     * @param epoch the owner's epoch
     * @param step grows by one with each append
     * @param state the whole state after it
     * @param keepAnswers how many answers to keep
     * @param keepEvents how many events to keep
     */
    public record Append(
            Epoch epoch,
            long step,
            SessionState state,
            List<StoredAnswer> answers,
            List<StoredEvent> events,
            int keepAnswers,
            int keepEvents) {
        public Append {
            answers = List.copyOf(answers);
            events = List.copyOf(events);
        }
    }
}
