package io.interactionprocessor.model;

import java.util.Objects;

/**
 * The key of everything that exists once per agent: one agent in one instance-domain. The directory is keyed by it.
 *
 * @param domain the instance-domain
 * @param agent the agent's id, as the agent types it when logging in
 */
public record AgentKey(String domain, String agent) implements Comparable<AgentKey> {
    public AgentKey {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(agent, "agent");
    }

    @Override
    public int compareTo(AgentKey other) {
        int byDomain = domain.compareTo(other.domain);
        return byDomain != 0 ? byDomain : agent.compareTo(other.agent);
    }

    @Override
    public String toString() {
        return domain + '/' + agent;
    }
}
