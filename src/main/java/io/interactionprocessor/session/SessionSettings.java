package io.interactionprocessor.session;

import io.interactionprocessor.model.csta.Operation;
import java.util.List;
import java.util.Set;

/**
 * What the sessions of one instance-domain are configured with. Times in milliseconds.
 *
 * @param commandTimeout after which a request is answered {@code timeout} (protocol 2)
 * @param bindTimeout after which a session that nobody binds is destroyed (protocol 4.1)
 * @param notReadyAfter how long after a lost connection the channels go not ready (protocol 6.1)
 * @param endAfter how long after a lost connection the session ends, unless a call is up (protocol 6.1)
 * @param handOverTimeout how long a new owner waits for the old one to let go
 * @param compareEvery how often the directory is compared with what is here
 * @param keepAnswers how many answers can be asked for again (protocol 6.2)
 * @param keepEvents how many events can be replayed (protocol 6.3)
 * @param maxQueued how many requests of one session may wait for their turn; more are {@code tooManyRequests}
 */
public record SessionSettings(
        long commandTimeout,
        long bindTimeout,
        long notReadyAfter,
        long endAfter,
        long handOverTimeout,
        long compareEvery,
        int keepAnswers,
        int keepEvents,
        int maxQueued) {
    /** The protocol's defaults. */
    public static final SessionSettings DEFAULT =
            new SessionSettings(10_000, 30_000, 5_000, 60_000, 1_000, 10_000, 256, 1_000, 128);

    /**
     * One configured interaction processor of the domain.
     *
     * @param id the service id
     * @param models call models by name, the default one first
     * @param notReadyReasons what an agent may give as reason
     * @param operations what the processor's switch can do
     * @param dispositions what an agent may give at {@code interaction.complete}; empty: anything
     */
    public record Processor(
            String id,
            List<String> models,
            List<String> notReadyReasons,
            List<String> dispositions,
            Set<Operation> operations) {
        public Processor {
            models = List.copyOf(models);
            notReadyReasons = List.copyOf(notReadyReasons);
            dispositions = List.copyOf(dispositions);
            operations = Set.copyOf(operations);
        }
    }
}
