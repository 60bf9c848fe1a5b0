package io.interactionprocessor.session.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.interactionprocessor.protocol.Request;
import io.interactionprocessor.protocol.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one client has said and heard in one session, over all its connections, held to the protocol: every request is
 * answered exactly once on the connection it came over, answers come before their events, events come in sequence.
 */
final class Dialogue {
    /** One request, sent once or several times. */
    static final class Sent {
        final Request.Resource request;
        /** The first answer; every later one is the same. */
        String answer;

        boolean succeeded;
        /** It was refused for good: not executed, and never will be. */
        boolean refused;
        /** Some connection broke before its answer. */
        boolean lost;
        /** How many answered before it. */
        int place;

        Sent(Request.Resource request) {
            this.request = request;
        }
    }

    final ClientTree tree = new ClientTree();
    long sequence;

    private final Checks checks;
    private final String session;
    private final Map<String, List<Sent>> byId = new HashMap<>();
    /** On the present connection: how many answers are owed to each id. */
    private final Map<String, Integer> owed = new LinkedHashMap<>();

    private int answered;
    private boolean snapshotMayFollow;
    private boolean ended;

    Dialogue(Checks checks, String session) {
        this.checks = checks;
        this.session = session;
    }

    boolean ended() {
        return ended;
    }

    String session() {
        return session;
    }

    /** Returns the ids of the requests that the present connection has not had the answers to. */
    List<String> owed() {
        return new ArrayList<>(owed.keySet());
    }

    Sent newest(String requestId) {
        List<Sent> all = byId.get(requestId);
        return all == null ? null : all.get(all.size() - 1);
    }

    /** Returns the requests that were answered among the last {@code window}. */
    List<Sent> answeredLately(int window) {
        List<Sent> lately = new ArrayList<>();
        byId.values().forEach(all -> {
            Sent newest = all.get(all.size() - 1);
            if (newest.answer != null && answered - newest.place < window) {
                lately.add(newest);
            }
        });
        return lately;
    }

    /** Returns the requests whose answer was lost with a connection. */
    List<Sent> lostOnes() {
        List<Sent> lost = new ArrayList<>();
        byId.values().forEach(all -> {
            Sent newest = all.get(all.size() - 1);
            if (newest.lost && newest.answer == null) {
                lost.add(newest);
            }
        });
        return lost;
    }

    // ---- what the client says

    Sent sent(Request.Resource request) {
        Sent newest = newest(request.requestId());
        if (newest == null || !newest.request.equals(request)) {
            newest = new Sent(request);
            byId.computeIfAbsent(request.requestId(), any -> new ArrayList<>(1)).add(newest);
        }
        owed.merge(request.requestId(), 1, Integer::sum);
        return newest;
    }

    /** The connection is gone, and with it the answers it owed. */
    void disconnected() {
        owed.keySet().forEach(id -> newest(id).lost = true);
        owed.clear();
    }

    void bound(boolean resumed) {
        snapshotMayFollow = !resumed;
    }

    // ---- what it hears

    /** An answer; returns the request. */
    Sent answer(String requestId, JsonNode response, String text) {
        Sent sent = newest(requestId);
        if (owed.computeIfPresent(requestId, (id, count) -> count == 1 ? -1 : count - 1) == null) {
            Checks.violated(session + ": an answer that nobody waits for: " + text);
        }
        owed.remove(requestId, -1);
        if (sent.answer == null) {
            sent.answer = text;
            sent.place = answered++;
            first(sent, response);
        } else if (!sent.answer.equals(text)) {
            Checks.violated(session + ": answered differently: " + sent.answer + " then " + text);
        }
        return sent;
    }

    /** A request could not even be asked; returns whether it was one of these. */
    boolean error(String requestId) {
        boolean was = owed.computeIfPresent(requestId, (id, count) -> count == 1 ? -1 : count - 1) != null;
        owed.remove(requestId, -1);
        if (was) {
            newest(requestId).lost = true;
        }
        return was;
    }

    private void first(Sent sent, JsonNode response) {
        sent.succeeded = response.get("result").textValue().equals("success");
        String code = sent.succeeded ? "" : response.get("failure").get("code").textValue();
        sent.refused = !sent.succeeded && !code.equals("timeout") && !code.equals("unknownResource");
        if (!sent.succeeded && (code.equals("internalError") || code.equals("unknownCommand"))) {
            Checks.violated(session + ": " + sent.answer);
        }
        if (isCommand(sent)) {
            executions(sent.request.requestId());
        }
    }

    /** What was executed at the switch is what was said to be: no failure is reported as success, nor the reverse. */
    private void executions(String requestId) {
        int succeeded = 0;
        int refused = 0;
        List<Sent> all = byId.get(requestId);
        for (Sent sent : all) {
            succeeded += isCommand(sent) && sent.succeeded ? 1 : 0;
            // what an owner that is gone may have executed, its successor cannot know
            refused += sent.refused && !sent.lost ? 1 : 0;
        }
        int executed = checks.accepted(session, requestId);
        if (executed < succeeded || executed > all.size() - refused) {
            Checks.violated(session + ": " + executed + " executed of the " + all.size() + " requests " + requestId
                    + ", of which " + succeeded + " succeeded and " + refused + " were refused: "
                    + all.get(all.size() - 1).answer);
        }
    }

    private static boolean isCommand(Sent sent) {
        return sent.request.command() != null
                && sent.request.command().verb() != Verb.SESSION_START
                && sent.request.command().verb() != Verb.SESSION_LOGOUT
                && sent.request.command().verb() != Verb.SESSION_SNAPSHOT;
    }

    void event(JsonNode event) {
        long number = event.get("sequence").longValue();
        String name = event.get("name").textValue();
        boolean snapshot = name.equals("session.snapshot");
        if (snapshot && snapshotMayFollow && number > 0) {
            sequence = number;
        } else if (number == sequence + 1 && !snapshotMayFollow) {
            sequence = number;
        } else if (number == 1 && sequence == 0 && !snapshot) {
            sequence = 1;
        } else {
            Checks.violated(session + ": after event " + sequence
                    + (snapshotMayFollow ? " and a binding that did not resume" : "") + " came " + event);
        }
        snapshotMayFollow = false;
        JsonNode cause = event.get("requestId");
        if (cause != null) {
            caused(cause.textValue(), event);
        }
        tree.apply(event);
        ended |= name.equals("session.ended");
    }

    private void caused(String requestId, JsonNode event) {
        List<Sent> all = byId.get(requestId);
        if (all == null) {
            Checks.violated(session + ": nobody asked for " + event);
        } else if (all.stream().noneMatch(sent -> (sent.answer != null && !sent.refused) || sent.lost)) {
            Checks.violated(session + ": before its answer, or after a refusal (" + all.get(0).answer + "): " + event);
        }
    }
}
