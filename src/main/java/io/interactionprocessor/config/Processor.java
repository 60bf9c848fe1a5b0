package io.interactionprocessor.config;

import io.interactionprocessor.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One interaction processor: a service (protocol 4) with its agents and its link to a switch.
 *
 * @param id the service's id
 * @param name the service's name; the id if not given
 * @param instanceDomain whose agents these are: one session for each agent and instance-domain
 * @param notReadyReasons what an agent may give as reason for being not ready
 * @param dispositions what an agent may give when an interaction is completed; none: anything
 * @param agents agents, one by one
 * @param agentRanges many like agents at once, for demonstrations and load tests
 * @param cti the switch
 */
public record Processor(
        String id,
        @Default("") String name,
        String instanceDomain,
        @Default("break,lunch,meeting,training") List<String> notReadyReasons,
        @Default("") List<String> dispositions,
        List<Agent> agents,
        List<AgentRange> agentRanges,
        Cti cti) {
    public Processor {
        name = name.isEmpty() ? id : name;
        notReadyReasons = List.copyOf(notReadyReasons);
        dispositions = List.copyOf(dispositions);
        agents = List.copyOf(agents);
        agentRanges = List.copyOf(agentRanges);
    }

    /** Returns every agent, the ranges spelt out. */
    public List<Agent> allAgents() {
        List<Agent> all = new ArrayList<>(agents);
        for (AgentRange range : agentRanges) {
            for (int number = range.from(); number < range.from() + range.count(); number++) {
                String id = Integer.toString(number);
                all.add(new Agent(id, "", "", range.queues(), range.password(), range.passwordHash()));
            }
        }
        return all;
    }

    /**
     * An agent.
     *
     * @param name for people; the id if not given
     * @param extension the agent's station; the id if not given
     * @param queues numbers of the queues that the agent serves; none given: all
     * @param password in plain text, in a file for demonstrations only
     * @param passwordHash what {@code hash-password} printed
     */
    public record Agent(
            String id,
            @Default("") String name,
            @Default("") String extension,
            @Default("") List<String> queues,
            Optional<Secret> password,
            Optional<Secret> passwordHash) {
        public Agent {
            name = name.isEmpty() ? id : name;
            extension = extension.isEmpty() ? id : extension;
            queues = List.copyOf(queues);
        }
    }

    /**
     * Agents whose ids are consecutive numbers and whose extensions are their ids.
     *
     * @param from the first id
     * @param count how many
     * @param queues as for one agent
     */
    public record AgentRange(
            @Bounds(min = 1, max = 999_000_000) int from,
            @Bounds(min = 1, max = 100_000) int count,
            @Default("") List<String> queues,
            Optional<Secret> password,
            Optional<Secret> passwordHash) {
        public AgentRange {
            queues = List.copyOf(queues);
        }
    }
}
