package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Answered;
import io.interactionprocessor.torture.history.Happening.Bound;
import io.interactionprocessor.torture.history.Happening.Closed;
import io.interactionprocessor.torture.history.Happening.Ended;
import io.interactionprocessor.torture.history.Happening.Event;
import io.interactionprocessor.torture.history.Happening.Level;
import io.interactionprocessor.torture.history.Happening.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Every request to a session gets an answer, the same one however often it is sent (protocol 2, 6.2), and the answer comes
 * before every event that the request caused.
 */
public final class Answering {
    /** What the service allows itself for an answer, and half as much again. Microseconds. */
    private static final long LONGEST_ANSWER = 15_000_000;

    /** The first request on every connection. */
    private static final String FIRST = "bindService";

    private Answering() {}

    /** Finds requests first sent in the window that have no answer. A session's end ends its requests too. */
    public static Verdict unanswered(Collection<ClientHistory> clients, Window window) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            Map<String, Sent> open = new HashMap<>();
            boolean over = false;
            for (Happening happening : client.all()) {
                if (happening instanceof Sent sent && sent.level() == Level.SESSION) {
                    if (open.putIfAbsent(sent.requestId(), sent) == null && window.has(sent.at())) {
                        checked++;
                    }
                } else if (happening instanceof Answered answer) {
                    open.remove(answer.requestId());
                } else if (happening instanceof Ended) {
                    over = true;
                }
            }
            if (!over) {
                open.values().stream()
                        .filter(sent -> window.has(sent.at()))
                        .forEach(sent -> wrong.add(new Violation(
                                sent.at(), client.name(), sent.command() + ' ' + sent.requestId() + " has no answer")));
            }
        }
        return new Verdict(checked, "commands", wrong);
    }

    /**
     * Finds requests to the service and the core, first sent in the window, that have no answer although their connection
     * lives: whoever logs in would wait for ever. What was asked on a connection that has been left since owes none; nor, yet,
     * what was asked just now.
     */
    public static Verdict ignored(Collection<ClientHistory> clients, Window window) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            Map<String, Sent> open = new HashMap<>();
            String bound = null;
            for (Happening happening : client.all()) {
                if (happening instanceof Sent sent && sent.level() != Level.SESSION) {
                    if (sent.command().equals(FIRST)) {
                        open.clear();
                    }
                    open.put(sent.requestId(), sent);
                    checked += window.has(sent.at()) ? 1 : 0;
                } else if (happening instanceof Answered answer) {
                    open.remove(answer.requestId());
                } else if (happening instanceof Bound there) {
                    bound = there.url();
                } else if (happening instanceof Closed || happening instanceof Ended) {
                    open.clear();
                    bound = null;
                }
            }
            for (Sent sent : open.values()) {
                // A client that stayed where it was has given up a connection to another node without a word.
                boolean lives = bound == null || bound.equals(sent.url());
                if (lives && window.has(sent.at()) && window.to() - sent.at() > LONGEST_ANSWER) {
                    wrong.add(new Violation(
                            sent.at(), client.name(), sent.command() + ' ' + sent.requestId() + " has no answer"));
                }
            }
        }
        return new Verdict(checked, "requests", wrong);
    }

    /**
     * Finds answers beyond one for each time that their request was sent (protocol 2). What had no answer is sent again over
     * the next connection, and may be answered over both.
     */
    public static Verdict surplus(Collection<ClientHistory> clients, Window window) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            Map<String, Integer> owed = new HashMap<>();
            for (Happening happening : client.all()) {
                if (happening instanceof Sent sent) {
                    owed.merge(sent.requestId(), 1, Integer::sum);
                } else if (happening instanceof Answered answer) {
                    int left = owed.merge(answer.requestId(), -1, Integer::sum);
                    checked += window.has(answer.at()) ? 1 : 0;
                    if (left < 0 && window.has(answer.at())) {
                        wrong.add(new Violation(
                                answer.at(),
                                client.name(),
                                answer.requestId() + " was answered " + shown(answer) + ", one answer too many"));
                    }
                }
            }
        }
        return new Verdict(checked, "answers", wrong);
    }

    /** Finds requests with two answers that differ. */
    public static Verdict contradictions(Collection<ClientHistory> clients, Window window) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            Map<String, Answered> first = new HashMap<>();
            for (Answered answer : client.all(Answered.class)) {
                Answered before = first.putIfAbsent(answer.requestId(), answer);
                if (!window.has(answer.at())) {
                    continue;
                }
                checked++;
                if (before != null
                        && !(before.result().equals(answer.result()) && Objects.equals(before.code(), answer.code()))) {
                    wrong.add(new Violation(
                            answer.at(),
                            client.name(),
                            answer.requestId() + " was answered " + shown(before) + " and then " + shown(answer)));
                }
            }
        }
        return new Verdict(checked, "answers", wrong);
    }

    /**
     * Finds answers that came after an event which carries their request's id.
     *
     * @param repeated whether to look at requests that were sent again after a reconnection, or at the others: what was
     *     missed follows at once after a resume, and the stored answer only when it is asked for
     */
    public static Verdict late(Collection<ClientHistory> clients, Window window, boolean repeated) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            Map<String, Event> caused = new HashMap<>();
            Set<String> answered = new HashSet<>();
            Map<String, Integer> sent = new HashMap<>();
            for (Happening happening : client.all()) {
                if (happening instanceof Sent request) {
                    sent.merge(request.requestId(), 1, Integer::sum);
                } else if (happening instanceof Event event && event.requestId() != null) {
                    caused.putIfAbsent(event.requestId(), event);
                } else if (happening instanceof Answered answer
                        && answered.add(answer.requestId())
                        && repeated == sent.getOrDefault(answer.requestId(), 0) > 1) {
                    Event before = caused.get(answer.requestId());
                    checked += window.has(answer.at()) ? 1 : 0;
                    if (before != null && window.has(answer.at())) {
                        wrong.add(new Violation(
                                answer.at(),
                                client.name(),
                                "the answer to " + answer.requestId() + " came after its " + before.name()));
                    }
                }
            }
        }
        return new Verdict(checked, "answers", wrong);
    }

    /** Finds answers with one of these codes: what the service, not the caller, is to blame for. */
    public static Verdict failures(Collection<ClientHistory> clients, Window window, Set<String> codes) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            Map<String, Sent> sent = new HashMap<>();
            Set<String> answered = new HashSet<>();
            for (Happening happening : client.all()) {
                if (happening instanceof Sent request && request.level() == Level.SESSION) {
                    sent.put(request.requestId(), request);
                } else if (happening instanceof Answered answer
                        && window.has(answer.at())
                        && sent.containsKey(answer.requestId())
                        && answered.add(answer.requestId())) {
                    checked++;
                    if (answer.code() != null && codes.contains(answer.code())) {
                        wrong.add(new Violation(
                                answer.at(),
                                client.name(),
                                sent.get(answer.requestId()).command() + ": " + answer.code()));
                    }
                }
            }
        }
        return new Verdict(checked, "answers", wrong);
    }

    private static String shown(Answered answer) {
        return answer.code() == null ? answer.result() : answer.code();
    }
}
