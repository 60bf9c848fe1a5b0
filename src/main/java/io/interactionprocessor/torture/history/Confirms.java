package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Answered;
import io.interactionprocessor.torture.history.Happening.Closed;
import io.interactionprocessor.torture.history.Happening.Ended;
import io.interactionprocessor.torture.history.Happening.Granted;
import io.interactionprocessor.torture.history.Happening.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code prepareSession} without override: {@code confirm} if the agent has a session, else {@code success} (protocol 4.1). Each
 * answer must be right at some moment between the request and the answer.
 */
public final class Confirms {
    private static final int OVERRIDDEN = 4002;

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
     */
    private record Life(
            ClientHistory client,
            long maybeFrom,
            long surelyFrom,
            long surelyTo,
            long maybeTo,
            long left,
            boolean gently) {}

    /** Checks every answer in the window. */
    public static Verdict check(Collection<ClientHistory> clients, Window window) {
        Map<String, List<Life>> lives = new HashMap<>();
        for (ClientHistory client : clients) {
            life(client)
                    .ifPresent(life -> lives.computeIfAbsent(client.agent(), agent -> new ArrayList<>())
                            .add(life));
        }
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
     * connection on it may live for as long as it likes.
     */
    private static Optional<Life> life(ClientHistory client) {
        Granted grant = null;
        long surelyTo = Long.MAX_VALUE;
        long maybeTo = Long.MAX_VALUE;
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
                : Optional.of(new Life(client, from, grant.at(), surelyTo, maybeTo, left, gently));
    }
}
