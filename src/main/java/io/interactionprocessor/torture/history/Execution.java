package io.interactionprocessor.torture.history;

import io.interactionprocessor.torture.history.Happening.Answered;
import io.interactionprocessor.torture.history.Happening.Bound;
import io.interactionprocessor.torture.history.Happening.Granted;
import io.interactionprocessor.torture.history.Happening.Sent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the switch executed against what clients asked for. */
public final class Execution {
    private Execution() {}

    /**
     * Finds commands that the switch executed more than once: those of one command id, and those whose argument exists only
     * once in the world because the harness invented it.
     */
    public static Verdict twice(List<SwitchEntry> history, Window window) {
        List<Violation> wrong = new ArrayList<>();
        Map<String, SwitchEntry> first = new HashMap<>();
        long checked = 0;
        for (SwitchEntry entry : history) {
            List<String> names = new ArrayList<>();
            if (entry.isExecuted()) {
                names.add("command " + entry.text("commandId"));
                checked += window.has(entry.at()) ? 1 : 0;
            } else if (entry.detail().get("set") instanceof Collection<?> keys) {
                keys.stream().map(Object::toString).filter(Tokens::is).forEach(names::add);
            }
            for (String name : names) {
                SwitchEntry before = first.putIfAbsent(name, entry);
                if (before != null && window.has(entry.at())) {
                    wrong.add(new Violation(
                            entry.at(),
                            name,
                            "executed as entry " + before.number() + " and again as " + entry.number()));
                }
            }
        }
        return new Verdict(checked, "commands", wrong);
    }

    /** Finds commands that were answered with success, and whose effect the switch does not know. */
    public static Verdict never(Collection<ClientHistory> clients, List<SwitchEntry> history, Window window) {
        Map<String, Boolean> known = new HashMap<>();
        for (SwitchEntry entry : history) {
            if (entry.detail().get("set") instanceof Collection<?> keys) {
                keys.forEach(key -> known.put(key.toString(), true));
            }
        }
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (ClientHistory client : clients) {
            Map<String, Sent> sent = new HashMap<>();
            client.all(Sent.class).stream()
                    .filter(request -> request.token() != null)
                    .forEach(request -> sent.put(request.requestId(), request));
            for (Answered answer : client.all(Answered.class)) {
                Sent request = sent.get(answer.requestId());
                if (request == null || !answer.success() || !window.has(answer.at())) {
                    continue;
                }
                checked++;
                if (!known.containsKey(request.token())) {
                    wrong.add(new Violation(
                            answer.at(), client.name(), request.command() + ' ' + request.token() + " had no effect"));
                }
            }
        }
        return new Verdict(checked, "commands", wrong);
    }

    /**
     * Finds commands of a session that the switch executed after the first of a session of the same agent which was granted
     * later: whatever epochs the commands bear. A command's id begins with its session's.
     */
    public static Verdict overridden(Collection<ClientHistory> clients, List<SwitchEntry> history, Window window) {
        Map<String, Granted> grants = new HashMap<>();
        clients.forEach(client -> client.all(Granted.class).forEach(grant -> grants.put(grant.session(), grant)));
        List<Violation> wrong = new ArrayList<>();
        Map<String, Granted> newest = new HashMap<>();
        long checked = 0;
        for (SwitchEntry entry : history) {
            Granted grant = entry.isExecuted() ? grants.get(sessionOf(entry.text("commandId"))) : null;
            if (grant == null) {
                continue;
            }
            checked += window.has(entry.at()) ? 1 : 0;
            Granted before = newest.get(entry.text("agent"));
            if (before != null && grant.at() < before.sentAt()) {
                if (window.has(entry.at())) {
                    wrong.add(new Violation(
                            entry.at(),
                            entry.text("agent"),
                            entry.text("command") + " of session " + grant.session()
                                    + " executed after one of the session that was granted later"));
                }
            } else {
                newest.put(entry.text("agent"), grant);
            }
        }
        return new Verdict(checked, "commands", wrong);
    }

    private static String sessionOf(String commandId) {
        int end = 0;
        while (end < commandId.length() && commandId.charAt(end) != ':' && commandId.charAt(end) != '!') {
            end++;
        }
        return commandId.substring(0, end);
    }

    /** Finds commands of an older epoch that the switch executed after the first of a newer epoch of the same agent. */
    public static Verdict stale(List<SwitchEntry> history, Window window) {
        List<Violation> wrong = new ArrayList<>();
        Map<String, Long> newest = new HashMap<>();
        long checked = 0;
        for (SwitchEntry entry : history) {
            if (!entry.isExecuted()) {
                continue;
            }
            long epoch = entry.number("epoch");
            long before = newest.merge(entry.text("agent"), epoch, Math::max);
            if (window.has(entry.at())) {
                checked++;
                if (epoch < before) {
                    wrong.add(new Violation(
                            entry.at(),
                            entry.text("agent"),
                            entry.text("command") + " of epoch " + epoch + " executed after one of " + before));
                }
            }
        }
        return new Verdict(checked, "commands", wrong);
    }

    /**
     * Finds what a node that was cut off or frozen did after its lease: commands of the epochs that it held, executed by the
     * switch, and successes that it told its clients.
     */
    public static Verdict afterLease(
            Collection<ClientHistory> clients, List<SwitchEntry> history, List<Isolation> isolations) {
        List<Violation> wrong = new ArrayList<>();
        long checked = 0;
        for (Isolation isolation : isolations) {
            Window over = isolation.afterLease();
            Map<String, Long> held = new HashMap<>();
            for (ClientHistory client : clients) {
                boundAt(client, isolation).ifPresent(bound -> held.merge(client.agent(), bound.epoch(), Math::max));
                checked += successes(client, isolation, over, wrong);
            }
            for (SwitchEntry entry : history) {
                Long epoch = held.get(entry.text("agent"));
                if (entry.isExecuted() && epoch != null && over.has(entry.at())) {
                    checked++;
                    if (entry.number("epoch") <= epoch) {
                        wrong.add(new Violation(
                                entry.at(),
                                entry.text("agent"),
                                entry.text("command") + " of epoch " + entry.number("epoch")
                                        + ", which the isolated node held, executed "
                                        + (entry.at() - isolation.from()) / 1000 + " ms after the fault"));
                    }
                }
            }
        }
        return new Verdict(checked, "commands", wrong);
    }

    private static Optional<Bound> boundAt(ClientHistory client, Isolation isolation) {
        Bound last = null;
        for (Bound bound : client.all(Bound.class)) {
            if (bound.at() <= isolation.from()) {
                last = bound;
            }
        }
        return Optional.ofNullable(last).filter(bound -> isolation.urls().contains(bound.url()));
    }

    private static long successes(ClientHistory client, Isolation isolation, Window over, List<Violation> wrong) {
        Map<String, Sent> sent = new HashMap<>();
        long checked = 0;
        for (Happening happening : client.all()) {
            if (happening instanceof Sent request
                    && request.level() == Happening.Level.SESSION
                    && isolation.urls().contains(request.url())
                    && over.has(request.at())) {
                sent.put(request.requestId(), request);
                checked++;
            } else if (happening instanceof Answered answer
                    && answer.success()
                    && isolation.urls().contains(answer.url())
                    && over.has(answer.at())
                    && sent.containsKey(answer.requestId())
                    && !sent.get(answer.requestId()).command().equals("session.snapshot")) {
                wrong.add(new Violation(
                        answer.at(),
                        client.name(),
                        sent.get(answer.requestId()).command() + " was a success on the isolated node "
                                + (answer.at() - isolation.from()) / 1000 + " ms after the fault"));
            }
        }
        return checked;
    }
}
