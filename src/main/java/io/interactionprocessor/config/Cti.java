package io.interactionprocessor.config;

import io.interactionprocessor.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
                new Queue("8001", "sales", Duration.ZERO, Duration.ofSeconds(15), "", "default"),
                new Queue("8002", "support", Duration.ZERO, Duration.ofSeconds(15), "", "default"));

        public Simulated {
            queues = queues.isEmpty() ? USUAL : List.copyOf(queues);
        }
    }

    /**
     * Asterisk 16 or later, {@code type: asterisk}.
     *
     * @param ari where calls are controlled
     * @param ami for members of Asterisk's own queues and for phones that are told to answer
     * @param application the name that the dialplan gives to {@code Stasis()}
     * @param stations agents' phones
     * @param queues the queues that are distributed by the service, and that agents serve
     * @param routes how numbers are reached that are no agent's and no queue's; the first that matches
     * @param callData names of channel variables that are attached data too
     * @param holdMusic the class of music that a held party hears
     * @param waits how long things may take
     */
    @TypeName("asterisk")
    record Asterisk(
            Ari ari,
            Ami ami,
            @Default("cti") String application,
            Stations stations,
            List<Queue> queues,
            List<Route> routes,
            @Default("") List<String> callData,
            @Default("default") String holdMusic,
            Waits waits)
            implements Cti {
        public Asterisk {
            queues = List.copyOf(queues);
            routes = List.copyOf(routes);
            callData = List.copyOf(callData);
        }
    }

    /**
     * Asterisk's REST interface.
     *
     * @param url such as {@code http://pbx:8088/ari}
     */
    record Ari(String url, String user, Secret password) {}

    /**
     * Asterisk's manager interface.
     *
     * @param host empty: it is not used
     */
    record Ami(
            @Default("") String host,

            @Default("5038") @Bounds(min = 1, max = 65_535) int port,

            @Default("") String user,
            Optional<Secret> password) {}

    /**
     * Agents' phones; {@code {number}} stands for the station's number.
     *
     * @param endpoint how a station is called
     * @param member as what an agent is in Asterisk's own queues
     * @param answer how a station takes a call that is accepted on the desktop: {@code auto-answer}, {@code talk} or
     *     {@code manual}
     * @param exceptions stations that differ in one or the other
     */
    record Stations(
            @Default("PJSIP/{number}") String endpoint,
            @Default("Local/{number}@ip-queue-member/n") String member,
            @Default("auto-answer") String answer,
            List<Station> exceptions) {
        public Stations {
            exceptions = List.copyOf(exceptions);
        }
    }

    /**
     * A station that differs.
     *
     * @param answer how it answers; empty: as all do
     * @param endpoint how it is called; empty: as all are
     */
    record Station(
            String number,
            @Default("") String answer,
            @Default("") String endpoint) {}

    /**
     * How numbers are reached.
     *
     * @param number a regular expression
     * @param endpoint as Asterisk's {@code Dial} has it; {@code {number}} stands for the number
     */
    record Route(String number, String endpoint) {}

    /**
     * How long things may take on Asterisk.
     *
     * @param agentRing how long an agent's phone rings for a call that comes from no queue, or before he dials
     * @param noAnswer how long any other number rings
     * @param reofferAfter how long a call is kept from an agent who has rejected it
     * @param failedKept how long a failed call stays if the agent does not release it
     */
    record Waits(
            @Default("20s") @Bounds(min = 1_000, max = 3_600_000)
            Duration agentRing,

            @Default("60s") @Bounds(min = 1_000, max = 3_600_000)
            Duration noAnswer,

            @Default("30s") @Bounds(max = 3_600_000) Duration reofferAfter,

            @Default("30s") @Bounds(min = 1, max = 3_600_000)
            Duration failedKept) {}

    /**
     * A queue.
     *
     * @param name for people; the number if not given
     * @param afterCallWork how long an agent has for after-call work; 0: there is none
     * @param ring how long an agent has to answer
     * @param pbxQueue with Asterisk: the queue of its own whose member an agent of this queue is too; empty: none
     * @param music with Asterisk: the class of music that waiting callers hear
     */
    record Queue(
            String number,
            @Default("") String name,
            @Default("0s") @Bounds(max = 86_400_000) Duration afterCallWork,

            @Default("15s") @Bounds(min = 1, max = 3_600_000)
            Duration ring,

            @Default("") String pbxQueue,
            @Default("default") String music) {
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
