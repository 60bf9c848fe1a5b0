package io.interactionprocessor.client;

import io.interactionprocessor.model.Secret;
import java.time.Duration;
import java.util.List;

/**
 * Who a client is and how patient.
 *
 * @param urls nodes to begin with, for example {@code ws://node1:8080/ws}; a service names all of them once connected
 * @param service the id of the service
 * @param agent the agent's id
 * @param password the agent's password
 * @param model the call model, or null for the default one
 * @param leastLoaded whether to move to the least loaded node before logging in, and to one with fewer clients some time after
 *     a node was lost; false: stay where the connection is
 * @param firstDelay the longest wait before the first attempt to come back; the real one is chosen by chance
 * @param longestDelay what that wait grows to, doubling with each attempt
 * @param giveUp how long to try to come back
 * @param patience how long to wait for an answer before the node is taken for dead; above the service's command timeout
 * @param silence how long to hear nothing, not even an answer to a ping, before the node is taken for dead
 * @param firstLook how long after the loss of a node, at most, to look for the first time whether another one has clearly
 *     fewer clients; half of it at least
 */
public record ClientOptions(
        List<String> urls,
        String service,
        String agent,
        Secret password,
        String model,
        boolean leastLoaded,
        Duration firstDelay,
        Duration longestDelay,
        Duration giveUp,
        Duration patience,
        Duration silence,
        Duration firstLook) {
    public ClientOptions {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a client needs the URL of a node");
        }
    }

    /** Returns the usual patience: back within half a second, then up to 5 s, for two minutes. */
    public static ClientOptions of(List<String> urls, String service, String agent, Secret password) {
        return new ClientOptions(
                urls,
                service,
                agent,
                password,
                null,
                true,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofMinutes(2),
                Duration.ofSeconds(15),
                Duration.ofSeconds(45),
                Duration.ofSeconds(10));
    }

    /** Returns these, with the connection staying at the first node that answers. */
    public ClientOptions staying() {
        return new ClientOptions(
                urls,
                service,
                agent,
                password,
                model,
                false,
                firstDelay,
                longestDelay,
                giveUp,
                patience,
                silence,
                firstLook);
    }

    /** Returns these with other waits between the attempts to come back. */
    public ClientOptions delays(Duration first, Duration longest) {
        return new ClientOptions(
                urls,
                service,
                agent,
                password,
                model,
                leastLoaded,
                first,
                longest,
                giveUp,
                patience,
                silence,
                firstLook);
    }

    /** Returns these with another patience. */
    public ClientOptions patience(Duration newPatience, Duration newSilence, Duration newGiveUp) {
        return new ClientOptions(
                urls,
                service,
                agent,
                password,
                model,
                leastLoaded,
                firstDelay,
                longestDelay,
                newGiveUp,
                newPatience,
                newSilence,
                firstLook);
    }

    /** Returns these with another time until the first look for a node with fewer clients. */
    public ClientOptions looking(Duration first) {
        return new ClientOptions(
                urls,
                service,
                agent,
                password,
                model,
                leastLoaded,
                firstDelay,
                longestDelay,
                giveUp,
                patience,
                silence,
                first);
    }
}
