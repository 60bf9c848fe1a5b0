package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Answered;
import io.interactionprocessor.torture.history.Happening.Granted;
import io.interactionprocessor.torture.history.Happening.Level;
import io.interactionprocessor.torture.history.Happening.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One session for an agent accepts commands, the one that was granted last (protocol 4.1). A grant takes effect somewhere
 * between its request and its answer; so of two grants that do not overlap the later wins, and of two that do, one.
 */
public final class SingleSession {
    private SingleSession() {}

    private record Claim(ClientHistory client, Granted grant, List<Work> work) {
        /** Returns the first command that began after a time and succeeded, or null. */
        Work after(long time) {
            return work.stream()
                    .filter(each -> each.sentAt() > time)
                    .findFirst()
                    .orElse(null);
        }
    }

    private record Work(String command, long sentAt, long at) {}

    /** Checks all sessions of each agent against each other. */
    public static Verdict check(Collection<ClientHistory> clients, Window window) {
        Map<String, List<Claim>> agents = new HashMap<>();
        for (ClientHistory client : clients) {
            for (Granted grant : client.all(Granted.class)) {
                agents.computeIfAbsent(client.agent(), agent -> new ArrayList<>())
                        .add(new Claim(client, grant, successes(client, grant)));
            }
        }
        List<Violation> wrong = new ArrayList<>();
        for (List<Claim> claims : agents.values()) {
            compare(claims, window, wrong);
        }
        return new Verdict(agents.size(), "agents", wrong);
    }

    private static void compare(List<Claim> claims, Window window, List<Violation> wrong) {
        for (Claim one : claims) {
            for (Claim other : claims) {
                if (one.grant().session().equals(other.grant().session())) {
                    continue;
                }
                if (one.grant().at() < other.grant().sentAt()) {
                    add(one.after(other.grant().at()), one, "although a newer session had been granted", window, wrong);
                } else if (one.grant().at() <= other.grant().at()
                        && other.grant().sentAt() <= one.grant().at()) {
                    long both = other.grant().at();
                    if (one.after(both) != null && other.after(both) != null) {
                        add(
                                one.after(both),
                                one,
                                "and so does another session granted at the same time",
                                window,
                                wrong);
                    }
                }
            }
        }
    }

    private static void add(Work work, Claim claim, String why, Window window, List<Violation> wrong) {
        if (work != null && window.has(work.at())) {
            wrong.add(new Violation(
                    work.at(),
                    claim.client().name(),
                    "session " + claim.grant().session() + " executes " + work.command() + ' ' + why));
        }
    }

    private static List<Work> successes(ClientHistory client, Granted grant) {
        Map<String, Sent> sent = new HashMap<>();
        List<Work> work = new ArrayList<>();
        for (Happening happening : client.all()) {
            if (happening instanceof Sent request
                    && request.level() == Level.SESSION
                    && request.target() != null
                    && request.target().startsWith(grant.session())) {
                // The last sending counts: an answer that was stored is given again whoever has the session now, but a
                // session that is over has none.
                sent.put(request.requestId(), request);
            } else if (happening instanceof Answered answer && answer.success()) {
                Sent request = sent.remove(answer.requestId());
                if (request != null) {
                    work.add(new Work(request.command(), request.at(), answer.at()));
                }
            }
        }
        return work;
    }
}
