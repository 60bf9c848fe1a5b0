package io.interactionprocessor.torture.history;

import io.interactionprocessor.client.DesktopClient;
import io.interactionprocessor.torture.history.Happening.Answered;
import io.interactionprocessor.torture.history.Happening.Bound;
import io.interactionprocessor.torture.history.Happening.Closed;
import io.interactionprocessor.torture.history.Happening.Ended;
import io.interactionprocessor.torture.history.Happening.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether sessions outlive connections and nodes, and how long their clients are without them. */
public final class Survival {
    private Survival() {}

    /**
     * A time without the session.
     *
     * @param from when the connection ended
     * @param to when the session was bound again
     */
    public record Outage(String client, String left, int code, long from, long to) {
        /** Returns its length in microseconds. */
        public long length() {
            return to - from;
        }

        /** Returns whether the client has left its node itself, for one with fewer clients. */
        public boolean wanted() {
            return code == DesktopClient.MOVED;
        }
    }

    /**
     * Finds sessions that ended although nobody wanted it, and those that are bound to nothing at the end. One that came back
     * with a snapshot instead of its events is lost in part.
     *
     * @param settled whether clients have had the time to come back
     */
    public static Verdict lost(Collection<ClientHistory> clients, Window window, boolean settled) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            boolean bound = false;
            boolean ever = false;
            boolean ended = false;
            long since = 0;
            for (Happening happening : client.all()) {
                if (happening instanceof Bound again) {
                    if (ever && !again.resumed() && window.has(again.at())) {
                        wrong.add(new Violation(
                                again.at(), client.name(), "resumed with a snapshot, not with its events"));
                    }
                    bound = true;
                    ever = true;
                } else if (happening instanceof Closed closed) {
                    bound = false;
                    since = closed.at();
                } else if (happening instanceof Ended end) {
                    ended = true;
                    if (ever && !end.wanted() && window.has(end.at())) {
                        wrong.add(new Violation(end.at(), client.name(), "lost: " + end.why()));
                    }
                }
            }
            checked += ever ? 1 : 0;
            if (settled && ever && !ended && !bound && window.has(since)) {
                wrong.add(new Violation(since, client.name(), "not back at the end"));
            }
        }
        return new Verdict(checked, "sessions", wrong);
    }

    /**
     * Finds sessions that are gone though their clients do not know it, since the connection is still there: of the clients
     * that asked for their session's snapshot in this time, those that did not get it.
     */
    public static Verdict silent(Collection<ClientHistory> clients, Window probe) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            Sent asked = null;
            Answered answer = null;
            for (Happening happening : client.all()) {
                if (happening instanceof Sent sent
                        && asked == null
                        && probe.has(sent.at())
                        && sent.command().equals("session.snapshot")) {
                    asked = sent;
                } else if (happening instanceof Answered answered
                        && asked != null
                        && answer == null
                        && asked.requestId().equals(answered.requestId())) {
                    answer = answered;
                }
            }
            checked += asked == null ? 0 : 1;
            if (asked != null && (answer == null || !answer.success())) {
                String instead = answer == null ? "nothing" : answer.code();
                wrong.add(new Violation(asked.at(), client.name(), "asked for its snapshot it answers " + instead));
            }
        }
        return new Verdict(checked, "sessions", wrong);
    }

    /** Returns every time without the session that began in the window and has ended. */
    public static List<Outage> outages(Collection<ClientHistory> clients, Window window) {
        List<Outage> outages = new ArrayList<>();
        for (ClientHistory client : clients) {
            Closed left = null;
            for (Happening happening : client.all()) {
                if (happening instanceof Closed closed && left == null) {
                    left = closed;
                } else if (happening instanceof Bound bound && left != null) {
                    if (window.has(left.at())) {
                        outages.add(new Outage(client.name(), left.url(), left.code(), left.at(), bound.at()));
                    }
                    left = null;
                } else if (happening instanceof Ended) {
                    left = null;
                }
            }
        }
        return outages;
    }

    /** Returns how many sessions there are at the end. */
    public static long alive(Collection<ClientHistory> clients) {
        return clients.stream()
                .filter(client -> !client.all(Bound.class).isEmpty()
                        && client.all(Ended.class).isEmpty())
                .count();
    }

    /** Returns how often each client came back within the window after it had been sent away or had lost its node. */
    public static Map<String, Integer> returns(Collection<ClientHistory> clients, Window window) {
        Map<String, Integer> counts = new HashMap<>();
        for (Outage outage : outages(clients, window)) {
            if (!outage.wanted()) {
                counts.merge(outage.client(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
