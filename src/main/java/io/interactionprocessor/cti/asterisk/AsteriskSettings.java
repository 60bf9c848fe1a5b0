package io.interactionprocessor.cti.asterisk;

import io.interactionprocessor.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the connector is told of one Asterisk and of the people on it. Times are in milliseconds.
 *
 * @param ari where calls are controlled
 * @param ami for queues' members and for answering ringing phones; none: without both
 * @param app the name that the dialplan's {@code Stasis()} calls
 * @param agents whom it knows; a command of anybody else is refused
 * @param stations how agents' phones are reached
 * @param queues the queues
 * @param routes how all other numbers are reached, the first that matches; a number that none matches is no number
 * @param callData names of channel variables that are attached data too, both ways
 * @param holdMusic the class of music on hold that the far end hears
 * @param times how long things may take
 */
public record AsteriskSettings(
        Ari ari,
        Optional<Ami> ami,
        String app,
        List<AgentLine> agents,
        Stations stations,
        List<QueueLine> queues,
        List<Route> routes,
        List<String> callData,
        String holdMusic,
        Times times) {
    public AsteriskSettings {
        agents = List.copyOf(agents);
        queues = List.copyOf(queues);
        routes = List.copyOf(routes);
        callData = List.copyOf(callData);
    }

    /**
     * Asterisk's REST interface.
     *
     * @param url such as {@code http://pbx:8088/ari}
     */
    public record Ari(String url, String user, Secret password) {}

    /** Asterisk's manager interface. */
    public record Ami(String host, int port, String user, Secret password) {}

    /**
     * An agent.
     *
     * @param extension the station that the agent uses unless logging on names another
     * @param queues numbers of the queues that the agent serves
     */
    public record AgentLine(String id, String name, String extension, Set<String> queues) {
        public AgentLine {
            queues = Set.copyOf(queues);
        }
    }

    /** How a station takes a call that its agent has accepted on the desktop. */
    public enum AnswerMode {
        /** The phone is called only then, with a header that makes it answer at once. */
        AUTO_ANSWER,
        /** The phone rings while the call is offered; a {@code talk} NOTIFY makes it answer (needs AMI). */
        TALK,
        /** The phone rings, and only its user can answer. */
        MANUAL
    }

    /**
     * Agents' phones.
     *
     * @param endpoint how a station is called: {@code PJSIP/{number}}
     * @param member the interface that app_queue calls to offer a call: {@code Local/{number}@queue-stasis/n}
     * @param answer how stations answer unless said otherwise
     * @param exceptions how some stations answer, by number
     * @param endpoints how some stations are called, by number
     */
    public record Stations(
            String endpoint,
            String member,
            AnswerMode answer,
            Map<String, AnswerMode> exceptions,
            Map<String, String> endpoints) {
        public Stations {
            exceptions = Map.copyOf(exceptions);
            endpoints = Map.copyOf(endpoints);
        }

        AnswerMode answer(String station) {
            return exceptions.getOrDefault(station, answer);
        }

        String endpoint(String station) {
            return endpoints.getOrDefault(station, endpoint).replace("{number}", station);
        }

        String member(String station) {
            return member.replace("{number}", station);
        }
    }

    /**
     * A queue: calls that the dialplan hands over for {@code number} are distributed here; if {@code pbxQueue} is given, its
     * agents are members of that queue of Asterisk's own too.
     *
     * @param pbxQueue the name in {@code queues.conf}, or empty
     * @param music the class of music that waiting callers hear
     */
    public record QueueLine(
            String number, String name, String pbxQueue, String music, long afterCallWorkMs, long ringMs) {}

    /**
     * How numbers are reached.
     *
     * @param number what the number looks like
     * @param endpoint such as {@code PJSIP/{number}@trunk} or {@code Local/{number}@outbound/n}
     */
    public record Route(Pattern number, String endpoint) {
        String endpoint(String dialled) {
            return endpoint.replace("{number}", dialled);
        }
    }

    /**
     * Times.
     *
     * @param agentRing how long an agent's station rings for a call that comes from no queue, and when it is called first
     * @param noAnswer how long another number rings
     * @param reofferAfter how long a call is kept from an agent who has rejected it
     * @param failedKept how long a failed call stays if the agent does not release it
     */
    public record Times(long agentRing, long noAnswer, long reofferAfter, long failedKept) {
        /** The usual times. */
        public static final Times DEFAULT = new Times(20_000, 60_000, 30_000, 30_000);
    }
}
