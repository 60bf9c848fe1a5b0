package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Answered;
import io.interactionprocessor.torture.history.Happening.Bound;
import io.interactionprocessor.torture.history.Happening.Closed;
import io.interactionprocessor.torture.history.Happening.Ended;
import io.interactionprocessor.torture.history.Happening.Granted;
import io.interactionprocessor.torture.history.Happening.Level;
import io.interactionprocessor.torture.history.Happening.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code prepareSession} without override: {@code confirm} if the agent has a session, else {@code success} (protocol 4.1). Each
 * answer must be right at some moment between the request and the answer.
 */
public final class Confirms {
    private static final int OVERRIDDEN = 4002;

    /** After which a session that nobody binds is destroyed (protocol 4.1), and a little for doing so. Microseconds. */
    private static final long UNBOUND = 35_000_000;

    private static final long NEVER = -1;

    private Confirms() {}

    /**
     * A session's life, as far as its client can tell.
     *
     * @param maybeFrom it may exist from here
     * @param surelyFrom it exists from here
     * @param surelyTo it exists until here
     * @param maybeTo it may exist until here
     * @param left its client has left it by itself
     * @param gently it was asked for without override
     * @param worked when its client asked it last for something that it did
     */
    private record Life(
            ClientHistory client,
            long maybeFrom,
            long surelyFrom,
            long surelyTo,
            long maybeTo,
            long left,
            boolean gently,
            long worked) {
        /** Returns whether this one has taken the other one's place: it was asked for later, or worked when both were granted. */
        boolean replaced(Life other) {
            boolean mayBeLater = client != other.client && surelyFrom >= other.maybeFrom;
            return !gently && mayBeLater && Math.max(maybeFrom, worked) > other.surelyFrom;
        }

        /** Returns the same, over when another one has taken its place: its own client need not have been told. */
        Life among(List<Life> lives) {
            long to = maybeTo;
            for (Life other : lives) {
                if (other.replaced(this)) {
                    to = Math.min(to, Math.max(surelyFrom, other.surelyFrom()));
                }
            }
            return new Life(client, maybeFrom, surelyFrom, surelyTo, to, left, gently, worked);
        }
    }

    /** Checks every answer in the window. */
    public static Verdict check(Collection<ClientHistory> clients, Window window) {
        Map<String, List<Life>> lives = new HashMap<>();
        for (ClientHistory client : clients) {
            life(client)
                    .ifPresent(life -> lives.computeIfAbsent(client.agent(), agent -> new ArrayList<>())
                            .add(life));
        }
        lives.replaceAll(
                (agent, all) -> all.stream().map(life -> life.among(all)).toList());
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            Map<String, Sent> asked = new HashMap<>();
            for (Happening happening : client.all()) {
                if (happening instanceof Sent sent && sent.command().equals("prepareSession")) {
                    asked.put(sent.requestId(), sent);
                } else if (happening instanceof Answered answer && asked.containsKey(answer.requestId())) {
                    if (window.has(answer.at())) {
                        checked++;
                        check(client, asked.get(answer.requestId()), answer, lives, wrong);
                    }
                }
            }
        }
        lives.values().forEach(all -> atOnce(all, window, wrong));
        return new Verdict(checked, "answers", wrong);
    }

    /** Of two that ask at once without override one gets the session, unless its client has left it again meanwhile. */
    private static void atOnce(List<Life> lives, Window window, List<Violation> wrong) {
        for (int i = 0; i < lives.size(); i++) {
            for (int j = i + 1; j < lives.size(); j++) {
                Life one = lives.get(i);
                Life other = lives.get(j);
                boolean overlap = one.maybeFrom() <= other.surelyFrom() && other.maybeFrom() <= one.surelyFrom();
                long both = Math.max(one.surelyFrom(), other.surelyFrom());
                if (overlap
                        && one.gently()
                        && other.gently()
                        && one.left() > both
                        && other.left() > both
                        && window.has(both)) {
                    wrong.add(new Violation(
                            both,
                            one.client().name(),
                            "granted together with " + other.client().name() + ", and neither had asked to override"));
                }
            }
        }
    }

    private static void check(
            ClientHistory client, Sent asked, Answered answer, Map<String, List<Life>> lives, List<Violation> wrong) {
        List<Life> others = lives.getOrDefault(client.agent(), List.of()).stream()
                .filter(life -> life.client() != client)
                .toList();
        if (answer.result().equals("confirm")
                && others.stream().noneMatch(life -> life.maybeFrom() <= answer.at() && life.maybeTo() >= asked.at())) {
            wrong.add(new Violation(answer.at(), client.name(), "confirm, although the agent had no session"));
        } else if (answer.success()
                && others.stream().anyMatch(life -> life.surelyFrom() < asked.at() && life.surelyTo() > answer.at())) {
            wrong.add(new Violation(
                    answer.at(), client.name(), "success without a question, although the agent had a session"));
        }
    }

    /**
     * A session surely lives until its client loses its connection, asks to log out or is told of the end; from the loss of a
     * connection on it may live for as long as it likes, if it was ever bound.
     */
    private static Optional<Life> life(ClientHistory client) {
        Granted grant = null;
        long surelyTo = Long.MAX_VALUE;
        long maybeTo = Math.min(unboundUntil(client), loggedOut(client));
        long left = Long.MAX_VALUE;
        boolean gently = true;
        for (Happening happening : client.all()) {
            if (happening instanceof Granted granted) {
                grant = granted;
            } else if (happening instanceof Closed
                    || (happening instanceof Sent sent && sent.command().equals("session.logout"))) {
                surelyTo = Math.min(surelyTo, happening.at());
                boolean sentAway = happening instanceof Closed closed && closed.code() == OVERRIDDEN;
                left = sentAway ? left : Math.min(left, happening.at());
            } else if (happening instanceof Sent sent && sent.command().startsWith("prepareSession")) {
                gently = sent.command().equals("prepareSession");
            } else if (happening instanceof Ended ended && !ended.why().equals("closed")) {
                surelyTo = Math.min(surelyTo, happening.at());
                maybeTo = Math.min(maybeTo, happening.at());
            }
        }
        long from = grant == null ? 0 : grant.sentAt();
        return grant == null
                ? Optional.empty()
                : Optional.of(new Life(client, from, grant.at(), surelyTo, maybeTo, left, gently, lastWork(client)));
    }

    /** Returns when a session that was never bound has ended by itself, now that its client is gone. */
    private static long unboundUntil(ClientHistory client) {
        Set<String> bindings = new HashSet<>();
        long gone = Long.MAX_VALUE;
        for (Happening happening : client.all()) {
            if (happening instanceof Sent sent && sent.command().equals("bindResource")) {
                bindings.add(sent.requestId());
            } else if (happening instanceof Answered answer && !answer.success()) {
                bindings.remove(answer.requestId());
            } else if (happening instanceof Closed || happening instanceof Ended) {
                gone = Math.min(gone, happening.at());
            }
        }
        boolean never = bindings.isEmpty() && client.all(Bound.class).isEmpty();
        return never && gone < Long.MAX_VALUE ? gone + UNBOUND : Long.MAX_VALUE;
    }

    /** Returns when a session had said that it is logged out; its client has often gone before it is told of the end. */
    private static long loggedOut(ClientHistory client) {
        Set<String> logouts = new HashSet<>();
        for (Happening happening : client.all()) {
            if (happening instanceof Sent sent && sent.command().equals("session.logout")) {
                logouts.add(sent.requestId());
            } else if (happening instanceof Answered answer
                    && answer.success()
                    && logouts.contains(answer.requestId())) {
                return answer.at();
            }
        }
        return Long.MAX_VALUE;
    }

    private static long lastWork(ClientHistory client) {
        Map<String, Sent> asked = new HashMap<>();
        long last = NEVER;
        for (Happening happening : client.all()) {
            if (happening instanceof Sent sent
                    && (sent.level() == Level.SESSION || sent.command().equals("bindResource"))) {
                asked.put(sent.requestId(), sent);
            } else if (happening instanceof Answered answer && answer.success()) {
                Sent sent = asked.remove(answer.requestId());
                last = sent == null ? last : Math.max(last, sent.at());
            }
        }
        return last;
    }
}
