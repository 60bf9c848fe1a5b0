package io.interactionprocessor.cti.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the simulated switch is told: its agents, queues and times.
 *
 * @param agents whom it knows; a command of anybody else is refused
 * @param queues the queues, by number
 * @param times how long things take
 * @param seed for the customers that call in by themselves
 * @param historySize how many history entries are kept
 */
public record SimulatedSettings(
        List<AgentLine> agents, List<QueueLine> queues, Times times, long seed, int historySize) {
    /** How many history entries are kept unless said otherwise. */
    public static final int DEFAULT_HISTORY_SIZE = 100_000;

    public SimulatedSettings {
        agents = List.copyOf(agents);
        queues = List.copyOf(queues);
    }

    /**
     * An agent of the switch.
     *
     * @param name for people; the others on a call see it
     * @param extension the station that the agent uses unless logging on names another
     * @param queues numbers of the queues that the agent serves
     */
    public record AgentLine(String id, String name, String extension, Set<String> queues) {
        public AgentLine {
            queues = Set.copyOf(queues);
        }
    }

    /**
     * A queue.
     *
     * @param afterCallWorkMs how long an agent has for after-call work at most; 0: there is none
     * @param ringMs how long an agent has to answer
     */
    public record QueueLine(String number, String name, long afterCallWorkMs, long ringMs) {
        /** Returns a queue with the default times. */
        public static QueueLine of(String number, String name) {
            return new QueueLine(number, name, 0, 15_000);
        }
    }

    /**
     * How long things take, in milliseconds.
     *
     * @param setup from dialling until the far end rings
     * @param answer until a number that answers soon has answered ({@code 55501xx}, {@code 55505xx})
     * @param noAnswer how long a number that never answers rings ({@code 55503xx})
     * @param reject until a number that declines has declined ({@code 55504xx})
     * @param shortTalk how long {@code 55505xx} talks
     * @param slowAnswer until {@code 55507xx} has answered
     * @param agentRing how long an agent's station rings for a direct call
     * @param reofferAfter how long a call is kept from an agent who has rejected it
     * @param failedKept how long a failed leg stays if the agent does not release it
     * @param patience how long a customer who calls in by himself waits
     */
    public record Times(
            long setup,
            long answer,
            long noAnswer,
            long reject,
            long shortTalk,
            long slowAnswer,
            long agentRing,
            long reofferAfter,
            long failedKept,
            long patience) {
        /** The times of the number plan as documented. */
        public static final Times DEFAULT =
                new Times(20, 300, 20_000, 300, 3_000, 3_000, 15_000, 30_000, 30_000, 60_000);
    }

    /** Returns the usual switch: queues 8001 sales and 8002 support, the default times. */
    public static SimulatedSettings of(List<AgentLine> agents, long seed) {
        return new SimulatedSettings(
                agents,
                List.of(QueueLine.of("8001", "sales"), QueueLine.of("8002", "support")),
                Times.DEFAULT,
                seed,
                DEFAULT_HISTORY_SIZE);
    }

    /** Returns {@code count} agents from {@code from} on, extension and name as the id, all in the given queues. */
    public static List<AgentLine> range(int from, int count, Set<String> queues) {
        List<AgentLine> agents = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            String id = Integer.toString(i);
            agents.add(new AgentLine(id, id, id, queues));
        }
        return agents;
    }
}
