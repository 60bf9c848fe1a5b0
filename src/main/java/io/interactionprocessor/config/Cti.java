package io.interactionprocessor.config;

import java.time.Duration;
import java.util.List;

/** A switch and its settings; {@code type} says which kind. */
public sealed interface Cti {
    /**
     * The embedded simulated switch, {@code type: simulated}.
     *
     * @param queues its queues; none given: 8001 sales and 8002 support
     * @param times how long things take
     * @param seed of the customers who call in by themselves
     * @param historySize how many entries of its history it keeps
     */
    @TypeName("simulated")
    record Simulated(
            List<Queue> queues,
            Times times,
            @Default("1") long seed,

            @Default("100000") @Bounds(min = 1, max = 10_000_000)
            int historySize)
            implements Cti {
        private static final List<Queue> USUAL = List.of(
                new Queue("8001", "sales", Duration.ZERO, Duration.ofSeconds(15)),
                new Queue("8002", "support", Duration.ZERO, Duration.ofSeconds(15)));

        public Simulated {
            queues = queues.isEmpty() ? USUAL : List.copyOf(queues);
        }
    }

    /**
     * A queue of the simulated switch.
     *
     * @param name for people; the number if not given
     * @param afterCallWork how long an agent has for after-call work; 0: there is none
     * @param ring how long an agent has to answer
     */
    record Queue(
            String number,
            @Default("") String name,
            @Default("0s") @Bounds(max = 86_400_000) Duration afterCallWork,

            @Default("15s") @Bounds(min = 1, max = 3_600_000)
            Duration ring) {
        public Queue {
            name = name.isEmpty() ? number : name;
        }
    }

    /**
     * How long things take on the simulated switch.
     *
     * @param setup from dialling until the far end rings
     * @param answer until {@code 55501xx} and {@code 55505xx} have answered
     * @param noAnswer how long {@code 55503xx} rings
     * @param reject until {@code 55504xx} has declined
     * @param shortTalk how long {@code 55505xx} talks
     * @param slowAnswer until {@code 55507xx} has answered
     * @param agentRing how long an agent's station rings for a call that comes from no queue
     * @param reofferAfter how long a call is kept from an agent who has rejected it
     * @param failedKept how long a failed call stays if the agent does not release it
     * @param patience how long a customer who calls in by himself waits
     */
    record Times(
            @Default("20ms") @Bounds(max = 60_000) Duration setup,
            @Default("300ms") @Bounds(max = 3_600_000) Duration answer,

            @Default("20s") @Bounds(min = 1, max = 3_600_000)
            Duration noAnswer,

            @Default("300ms") @Bounds(max = 3_600_000) Duration reject,
            @Default("3s") @Bounds(min = 1, max = 3_600_000) Duration shortTalk,
            @Default("3s") @Bounds(max = 3_600_000) Duration slowAnswer,

            @Default("15s") @Bounds(min = 1, max = 3_600_000)
            Duration agentRing,

            @Default("30s") @Bounds(max = 3_600_000) Duration reofferAfter,

            @Default("30s") @Bounds(min = 1, max = 3_600_000)
            Duration failedKept,

            @Default("60s") @Bounds(min = 1, max = 3_600_000)
            Duration patience) {}
}
